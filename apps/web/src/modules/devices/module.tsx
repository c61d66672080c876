import { IconCpu, IconInbox, IconPlus, IconTestPipe2 } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { chartFilters, instrumentFilters, lotFilters, messageFilters, queueFilters } from './filters.ts'
import { LazyInstruments } from './home/lazy-instruments.tsx'

const instrumentPages = () => import('./instruments/pages.ts')
const profilePages = () => import('./profiles/pages.ts')
const inboxPages = () => import('./inbox/pages.ts')
const controlPages = () => import('./qc/pages.ts')
const viewing = requirePermission('devices.view')
const managing = requirePermission('devices.manage')

const page = { getParentRoute: () => frameRoute, beforeLoad: viewing }

const instrumentsRoute = createRoute({
  ...page, path: '/instruments', validateSearch: instrumentFilters.parse, component: lazyRouteComponent(instrumentPages, 'InstrumentsPage'),
})

const newInstrumentRoute = createRoute({
  ...page, path: '/instruments/new', beforeLoad: managing, component: lazyRouteComponent(instrumentPages, 'NewInstrumentPage'),
})

const instrumentRoute = createRoute({ ...page, path: '/instruments/$instrumentId', component: lazyRouteComponent(instrumentPages, 'InstrumentPage') })

const mappingRoute = createRoute({ ...page, path: '/instruments/$instrumentId/codes', component: lazyRouteComponent(() => import('./mapping/mapping-page.tsx'), 'MappingPage') })

const resultsRoute = createRoute({
  ...page, path: '/instruments/results', validateSearch: queueFilters.parse,
  component: lazyRouteComponent(() => import('./queue/queue-page.tsx'), 'QueuePage'),
})

const messagesRoute = createRoute({
  ...page, path: '/instruments/messages', validateSearch: messageFilters.parse, component: lazyRouteComponent(inboxPages, 'InboxPage'),
})

const messageRoute = createRoute({ ...page, path: '/instruments/messages/$messageId', component: lazyRouteComponent(inboxPages, 'MessagePage') })

const lotsRoute = createRoute({
  ...page, path: '/instruments/qc', validateSearch: lotFilters.parse, component: lazyRouteComponent(controlPages, 'LotsPage'),
})

/** The list stays on screen; a lot is added and changed beside it. */
const lotFormRoute = createRoute({ getParentRoute: () => lotsRoute, path: '$recordId' })

const chartRoute = createRoute({
  ...page, path: '/instruments/qc/chart/$lotId', validateSearch: chartFilters.parse, component: lazyRouteComponent(controlPages, 'ChartPage'),
})

const profilesRoute = createRoute({ ...page, path: '/instruments/profiles', component: lazyRouteComponent(profilePages, 'ProfilesPage') })

const newProfileRoute = createRoute({
  ...page, path: '/instruments/profiles/new', beforeLoad: managing, component: lazyRouteComponent(profilePages, 'NewProfilePage'),
})

const profileRoute = createRoute({ ...page, path: '/instruments/profiles/$profileId', component: lazyRouteComponent(profilePages, 'ProfilePage') })

export const devices = defineModule({
  name: 'devices',
  routes: [
    instrumentsRoute, newInstrumentRoute, instrumentRoute, mappingRoute, resultsRoute, messagesRoute, messageRoute, lotsRoute.addChildren([lotFormRoute]), chartRoute,
    profilesRoute, newProfileRoute, profileRoute,
  ],
  navigation: [{ to: '/instruments', label: 'devices:title', icon: IconCpu, section: 'work', order: 60, permission: 'devices.view', keys: 'g e' }],
  commands: [
    {
      id: 'devices.results', label: 'devices:queue.command', icon: IconTestPipe2, to: '/instruments/results', permission: 'devices.view', keys: 'g r',
    },
    { id: 'devices.messages', label: 'devices:inbox.title', icon: IconInbox, to: '/instruments/messages', permission: 'devices.view', keys: 'g m' },
    { id: 'devices.new', label: 'devices:instrument.new', icon: IconPlus, to: '/instruments/new', permission: 'devices.manage' },
  ],
  homeWidgets: [{ id: 'devices.instruments', span: 12, order: 20, permission: 'devices.view', component: LazyInstruments }],
})
