import { IconForms } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { detailFilters } from './filters.ts'
import { LazyGaps } from './home/lazy-gaps.tsx'

const listRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/missing-details', beforeLoad: requirePermission('missing_details.view'),
  validateSearch: detailFilters.parse,
  component: lazyRouteComponent(() => import('./list/details-page.tsx'), 'DetailsPage'),
})

const fieldsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/missing-details/fields', beforeLoad: requirePermission('missing_details.configure'),
  component: lazyRouteComponent(() => import('./fields/fields-page.tsx'), 'FieldsPage'),
})

export const missingDetails = defineModule({
  name: 'missing-details',
  routes: [listRoute, fieldsRoute],
  navigation: [{
    to: '/missing-details', label: 'missing-details:title', icon: IconForms, section: 'work', order: 15,
    permission: 'missing_details.view', keys: 'g d',
  }],
  homeWidgets: [{ id: 'missing-details.gaps', span: 6, order: 30, permission: 'missing_details.view', component: LazyGaps }],
})
