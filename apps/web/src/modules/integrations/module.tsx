import { IconListDetails, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { deliveryFilters, partnerFilters, requestFilters } from './filters.ts'
import { LazyPartnerTrouble } from './home/lazy-partner-trouble.tsx'

const page = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('integrations.view') }
const pages = () => import('./pages.ts')

const partnersRoute = createRoute({ ...page, path: '/integrations', validateSearch: partnerFilters.parse, component: lazyRouteComponent(pages, 'PartnersPage') })
/** The list stays on screen; a partner is added and changed beside it. */
const partnerFormRoute = createRoute({ getParentRoute: () => partnersRoute, path: '$recordId' })
const eventsRoute = createRoute({
  ...page, path: '/integrations/events', validateSearch: deliveryFilters.parse, component: lazyRouteComponent(pages, 'EventsPage'),
})
const eventRoute = createRoute({ ...page, path: '/integrations/events/$deliveryId', component: lazyRouteComponent(pages, 'EventPage') })
const endpointsRoute = createRoute({ ...page, path: '/integrations/inbound', component: lazyRouteComponent(pages, 'EndpointsPage') })
const endpointFormRoute = createRoute({ getParentRoute: () => endpointsRoute, path: '$recordId' })
const requestsRoute = createRoute({
  ...page, path: '/integrations/requests', validateSearch: requestFilters.parse, component: lazyRouteComponent(pages, 'RequestsPage'),
})

export const integrations = defineModule({
  name: 'integrations',
  routes: [partnersRoute.addChildren([partnerFormRoute]), eventsRoute, eventRoute, endpointsRoute.addChildren([endpointFormRoute]), requestsRoute],
  navigation: [
    { to: '/integrations', label: 'integrations:title', icon: IconPlugConnected, section: 'manage', order: 70, permission: 'integrations.view', keys: 'g z' },
  ],
  commands: [
    { id: 'integrations.events', label: 'integrations:events.title', icon: IconListDetails, to: '/integrations/events', permission: 'integrations.view' },
    { id: 'integrations.new', label: 'integrations:partner.new', icon: IconPlus, to: '/integrations/new', permission: 'integrations.manage' },
  ],
  homeWidgets: [{ id: 'integrations.trouble', span: 12, order: 60, permission: 'integrations.view', component: LazyPartnerTrouble }],
})
