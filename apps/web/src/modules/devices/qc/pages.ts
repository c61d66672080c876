export { ChartPage } from './chart-page.tsx'
export { LotsPage } from './lots-page.tsx'
