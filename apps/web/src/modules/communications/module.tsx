import { IconMessages } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute, rootRoute } from '../../shell/routes.ts'
import { LazyMessagesOf } from './beside/lazy-messages-of.tsx'
import { deliveryFilters } from './filters.ts'
import { LazyMessages } from './home/lazy-messages.tsx'

const logPages = () => import('./log/pages.ts')
const setupPages = () => import('./setup/pages.ts')
const viewing = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('communications.view') }
const managing = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('communications.manage') }

const logRoute = createRoute({ ...viewing, path: '/messages', validateSearch: deliveryFilters.parse, component: lazyRouteComponent(logPages, 'MessagesPage') })
const undeliveredRoute = createRoute({
  ...viewing, path: '/messages/undelivered', validateSearch: deliveryFilters.parse, component: lazyRouteComponent(logPages, 'UndeliveredPage'),
})
const messageRoute = createRoute({ ...viewing, path: '/messages/$deliveryId', component: lazyRouteComponent(logPages, 'MessagePage') })

/** The lists stay on screen; a record is added and changed beside them. */
const triggersRoute = createRoute({ ...viewing, path: '/messages/triggers', component: lazyRouteComponent(setupPages, 'TriggersPage') })
const triggerRoute = createRoute({ getParentRoute: () => triggersRoute, path: '$recordId' })
const templatesRoute = createRoute({ ...viewing, path: '/messages/templates', component: lazyRouteComponent(setupPages, 'TemplatesPage') })
const templateRoute = createRoute({ getParentRoute: () => templatesRoute, path: '$recordId' })
const providersRoute = createRoute({ ...managing, path: '/messages/providers', component: lazyRouteComponent(setupPages, 'ProvidersPage') })
const providerRoute = createRoute({ getParentRoute: () => providersRoute, path: '$recordId' })
const rulesRoute = createRoute({ ...managing, path: '/messages/rules', component: lazyRouteComponent(setupPages, 'RulesPage') })

/** Where a link in a message leads. */
const linkRoute = createRoute({
  getParentRoute: () => rootRoute, path: '/r/$token', component: lazyRouteComponent(() => import('./link/link-page.tsx'), 'LinkPage'),
})

export const communications = defineModule({
  name: 'communications',
  routes: [
    logRoute, undeliveredRoute, messageRoute, triggersRoute.addChildren([triggerRoute]), templatesRoute.addChildren([templateRoute]),
    providersRoute.addChildren([providerRoute]), rulesRoute,
  ],
  publicRoutes: [linkRoute],
  navigation: [{ to: '/messages', label: 'communications:title', icon: IconMessages, section: 'work', order: 70, permission: 'communications.view', keys: 'g t' }],
  homeWidgets: [{ id: 'communications.messages', span: 12, order: 40, permission: 'communications.view', component: LazyMessages }],
  beside: [{ permission: 'communications.view', component: LazyMessagesOf }],
})
