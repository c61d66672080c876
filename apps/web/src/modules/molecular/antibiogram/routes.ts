import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requirePermission } from '../../../platform/index.ts'
import { frameRoute } from '../../../shell/routes.ts'
import { antibiogramFilters } from './filters.ts'

export const antibiogramRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/antibiogram', beforeLoad: requirePermission('molecular.view'), validateSearch: antibiogramFilters.parse,
  component: lazyRouteComponent(() => import('./antibiogram-page.tsx'), 'AntibiogramPage'),
})
