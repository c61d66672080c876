import { IconDental, IconPhotoExclamation } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { asideFilters, cardFilters, clinicFilters, galleryFilters, viewerSearch } from './filters.ts'

const pages = () => import('./pages.ts')
const managePages = () => import('./manage/pages.ts')
const page = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('imaging.view') }
const managing = { getParentRoute: () => frameRoute, beforeLoad: requirePermission('imaging.manage') }

const galleryRoute = createRoute({ ...page, path: '/patients/$patientId/images', validateSearch: galleryFilters.parse, component: lazyRouteComponent(pages, 'GalleryPage') })
const viewerRoute = createRoute({
  ...page, path: '/patients/$patientId/images/$imageId', validateSearch: viewerSearch.parse, component: lazyRouteComponent(pages, 'ViewerPage'),
})
const asideRoute = createRoute({ ...managing, path: '/imaging/set-aside', validateSearch: asideFilters.parse, component: lazyRouteComponent(managePages, 'SetAsidePage') })
const clinicsRoute = createRoute({ ...managing, path: '/imaging/clinics', validateSearch: clinicFilters.parse, component: lazyRouteComponent(managePages, 'ClinicsPage') })
/** The list stays on screen; a clinic is added and changed beside it. */
const clinicFormRoute = createRoute({ getParentRoute: () => clinicsRoute, path: '$recordId' })
const cardsRoute = createRoute({ ...managing, path: '/imaging/cards', validateSearch: cardFilters.parse, component: lazyRouteComponent(managePages, 'CardsPage') })

export const imaging = defineModule({
  name: 'imaging',
  routes: [galleryRoute, viewerRoute, asideRoute, clinicsRoute.addChildren([clinicFormRoute]), cardsRoute],
  navigation: [{ to: '/imaging/set-aside', label: 'imaging:title', icon: IconDental, section: 'work', order: 70, permission: 'imaging.manage', keys: 'g x' }],
  commands: [{ id: 'imaging.aside', label: 'imaging:aside.command', icon: IconPhotoExclamation, to: '/imaging/set-aside', permission: 'imaging.manage' }],
})
