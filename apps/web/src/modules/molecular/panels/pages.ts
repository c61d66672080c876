export { PanelPage } from './panel-page.tsx'
export { PanelsPage } from './panels-page.tsx'
