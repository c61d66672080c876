import { IconDna2, IconGridDots, IconListDetails, IconTable } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { antibiogramRoute } from './antibiogram/routes.ts'
import { LazyMolecularEntry } from './entry/lazy-entry.tsx'
import { panelRoute, panelsRoute } from './entry/routes.tsx'
import { codeFilters, masterFilters, matrixFilters } from './filters.ts'

const pages = () => import('./pages.ts')
const page = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('molecular.view') } as const

const indexRoute = createRoute({
  ...page, path: '/molecular',
  beforeLoad: () => {
    throw redirect({ to: '/molecular/genes' })
  },
})

/** The lists stay on screen; the record opens beside them. */
const genesRoute = createRoute({
  ...page, path: '/molecular/genes', validateSearch: masterFilters.parse, component: lazyRouteComponent(pages, 'GenesPage'),
})
const geneRoute = createRoute({ getParentRoute: () => genesRoute, path: '$recordId' })
const antibioticsRoute = createRoute({
  ...page, path: '/molecular/antibiotics', validateSearch: masterFilters.parse, component: lazyRouteComponent(pages, 'AntibioticsPage'),
})
const antibioticRoute = createRoute({ getParentRoute: () => antibioticsRoute, path: '$recordId' })
const organismsRoute = createRoute({
  ...page, path: '/molecular/organisms', validateSearch: masterFilters.parse, component: lazyRouteComponent(pages, 'OrganismsPage'),
})
const organismRoute = createRoute({ getParentRoute: () => organismsRoute, path: '$recordId' })
const matrixRoute = createRoute({
  ...page, path: '/molecular/matrix', validateSearch: matrixFilters.parse, component: lazyRouteComponent(pages, 'MatrixPage'),
})
const codesRoute = createRoute({
  ...page, path: '/molecular/codes', validateSearch: codeFilters.parse, component: lazyRouteComponent(pages, 'CodesPage'),
})

export const molecular = defineModule({
  name: 'molecular',
  routes: [
    indexRoute, genesRoute.addChildren([geneRoute]), antibioticsRoute.addChildren([antibioticRoute]), organismsRoute.addChildren([organismRoute]),
    matrixRoute, codesRoute, panelsRoute, panelRoute, antibiogramRoute,
  ],
  navigation: [
    { to: '/molecular', label: 'molecular:title', icon: IconDna2, section: 'manage', order: 30, permission: 'molecular.view', keys: 'g y' },
    { to: '/antibiogram', label: 'antibiogram:title', icon: IconGridDots, section: 'work', order: 70, permission: 'molecular.view', keys: 'g k' },
  ],
  commands: [
    { id: 'molecular.matrix', label: 'molecular:matrix.command', icon: IconTable, to: '/molecular/matrix', permission: 'molecular.view' },
    { id: 'molecular.panels', label: 'molecularEntry:panels.title', icon: IconListDetails, to: '/molecular/panels', permission: 'molecular.view' },
  ],
  sectionsEntry: LazyMolecularEntry,
})
