export { CardsPage } from './cards-page.tsx'
export { ClinicsPage } from './clinics-page.tsx'
export { SetAsidePage } from './set-aside-page.tsx'
