import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { focusSearch } from '../../platform/url-state.ts'
import { mergeSearch, patientFilters, patientSearch, registrationSearch } from './filters.ts'

const pages = () => import('./pages.ts')
const viewing = requirePermission('patients.view')

const patientsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/patients', beforeLoad: viewing, validateSearch: patientFilters.parse,
  component: lazyRouteComponent(pages, 'PatientsPage'),
})

const registerRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/patients/new', beforeLoad: requirePermission('patients.register'),
  validateSearch: registrationSearch.parse,
  component: lazyRouteComponent(pages, 'RegisterPage'),
})

const patientRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/patients/$patientId', beforeLoad: viewing, validateSearch: patientSearch.parse,
  component: lazyRouteComponent(pages, 'PatientPage'),
})

const editRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/patients/$patientId/edit', beforeLoad: requirePermission('patients.update'),
  validateSearch: focusSearch.parse,
  component: lazyRouteComponent(pages, 'EditPatientPage'),
})

const mergeRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/patients/$patientId/merge', beforeLoad: requirePermission('patients.merge'),
  validateSearch: mergeSearch.parse, component: lazyRouteComponent(pages, 'MergePage'),
})

export const patients = defineModule({
  name: 'patients',
  routes: [patientsRoute, registerRoute, patientRoute, editRoute, mergeRoute],
  navigation: [{ to: '/patients', label: 'patients:title', icon: IconUsers, section: 'work', order: 10, permission: 'patients.view', keys: 'g p' }],
  commands: [
    {
      id: 'patients.register', label: 'patients:register.command', icon: IconUserPlus, to: '/patients/new', permission: 'patients.register',
      keys: 'g n', quick: true,
    },
  ],
})
