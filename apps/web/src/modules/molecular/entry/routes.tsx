import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requirePermission } from '../../../platform/index.ts'
import { frameRoute } from '../../../shell/routes.ts'

const pages = () => import('../panels/pages.ts')
const page = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('molecular.view') } as const

export const panelsRoute = createRoute({ ...page, path: '/molecular/panels', component: lazyRouteComponent(pages, 'PanelsPage') })
export const panelRoute = createRoute({ ...page, path: '/molecular/panels/$testId', component: lazyRouteComponent(pages, 'PanelPage') })
