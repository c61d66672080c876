import { IconAddressBook, IconSettings, IconUserPlus, IconUsersGroup } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { departmentFilters, doctorFilters, domainFilters, insuranceGroupFilters, organisationFilters, outsourceLabFilters, staffFilters } from './filters.ts'

const directory = () => import('./directory/pages.ts')
const people = () => import('./staff/pages.ts')
const seeing = requirePermission('labs.view_directory')
const seeingStaff = requirePermission('labs.view_staff')

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/lab', beforeLoad: requirePermission('labs.manage_settings'),
  component: lazyRouteComponent(() => import('./settings/lab-settings-page.tsx'), 'LabSettingsPage'),
})

const staffRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/staff', beforeLoad: seeingStaff, validateSearch: staffFilters.parse, component: lazyRouteComponent(people, 'StaffPage'),
})
const newAccountRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/staff/new', beforeLoad: requirePermission('labs.manage_staff'), component: lazyRouteComponent(people, 'NewAccountPage'),
})
const accountRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/staff/$accountId', beforeLoad: seeingStaff, component: lazyRouteComponent(people, 'AccountPage'),
})
const rolesRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/staff/roles', beforeLoad: seeingStaff, component: lazyRouteComponent(() => import('./roles/roles-page.tsx'), 'RolesPage'),
})

const directoryRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory', beforeLoad: () => {
    throw redirect({ href: '/directory/organisations' })
  },
})
const organisationsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/organisations', beforeLoad: seeing, validateSearch: organisationFilters.parse,
  component: lazyRouteComponent(directory, 'OrganisationsPage'),
})
const doctorsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/doctors', beforeLoad: seeing, validateSearch: doctorFilters.parse, component: lazyRouteComponent(directory, 'DoctorsPage'),
})
const departmentsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/departments', beforeLoad: seeing, validateSearch: departmentFilters.parse,
  component: lazyRouteComponent(directory, 'DepartmentsPage'),
})
const outsourceLabsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/outsource-labs', beforeLoad: seeing, validateSearch: outsourceLabFilters.parse,
  component: lazyRouteComponent(directory, 'OutsourceLabsPage'),
})
const insuranceGroupsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/insurance-groups', beforeLoad: seeing, validateSearch: insuranceGroupFilters.parse,
  component: lazyRouteComponent(directory, 'InsuranceGroupsPage'),
})
const domainsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/directory/domains', beforeLoad: seeing, validateSearch: domainFilters.parse, component: lazyRouteComponent(directory, 'DomainsPage'),
})

/** The record that is open beside its list. */
const opened = { path: '$recordId' } as const

/** Addresses that search documents carry. */
const shortAddress = (kind: 'organisations' | 'doctors' | 'outsource-labs' | 'insurance-groups' | 'domains') =>
  createRoute({
    getParentRoute: () => frameRoute, path: `/${kind}/$recordId`,
    beforeLoad: ({ params }: { params: { recordId: string } }) => {
      throw redirect({ href: `/directory/${kind}/${params.recordId}` })
    },
  })

export const labs = defineModule({
  name: 'labs',
  routes: [
    settingsRoute, staffRoute, newAccountRoute, accountRoute, rolesRoute, directoryRoute,
    organisationsRoute.addChildren([createRoute({ getParentRoute: () => organisationsRoute, ...opened })]),
    doctorsRoute.addChildren([createRoute({ getParentRoute: () => doctorsRoute, ...opened })]),
    departmentsRoute.addChildren([createRoute({ getParentRoute: () => departmentsRoute, ...opened })]),
    outsourceLabsRoute.addChildren([createRoute({ getParentRoute: () => outsourceLabsRoute, ...opened })]),
    insuranceGroupsRoute.addChildren([createRoute({ getParentRoute: () => insuranceGroupsRoute, ...opened })]),
    domainsRoute.addChildren([createRoute({ getParentRoute: () => domainsRoute, ...opened })]),
    shortAddress('organisations'), shortAddress('doctors'), shortAddress('outsource-labs'), shortAddress('insurance-groups'), shortAddress('domains'),
  ],
  navigation: [
    { to: '/directory', label: 'labs:directory.title', icon: IconAddressBook, section: 'manage', order: 30, permission: 'labs.view_directory', keys: 'g o' },
    { to: '/staff', label: 'labs:staff.title', icon: IconUsersGroup, section: 'manage', order: 40, permission: 'labs.view_staff', keys: 'g u' },
    { to: '/lab', label: 'labs:settings.title', icon: IconSettings, section: 'manage', order: 50, permission: 'labs.manage_settings' },
  ],
  commands: [{ id: 'labs.new_account', label: 'labs:staff.new', icon: IconUserPlus, to: '/staff/new', permission: 'labs.manage_staff' }],
})
