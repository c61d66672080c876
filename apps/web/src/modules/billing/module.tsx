import { IconReceipt2, IconReceipt, IconShieldHeart } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { focusSearch } from '../../platform/url-state.ts'
import { billFilters, billSearch, claimFilters, newBillSearch, printSearch } from './filters.ts'

const pages = () => import('./pages.ts')
const viewing = requirePermission('billing.view')

const billsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/bills', beforeLoad: viewing, validateSearch: billFilters.parse,
  component: lazyRouteComponent(pages, 'BillsPage'),
})

const newBillRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/bills/new', beforeLoad: requirePermission('billing.create'), validateSearch: newBillSearch.parse,
  component: lazyRouteComponent(pages, 'NewBillPage'),
})

const billRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/bills/$billId', beforeLoad: viewing, validateSearch: billSearch.parse,
  component: lazyRouteComponent(pages, 'BillPage'),
})

const editBillRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/bills/$billId/edit', beforeLoad: requirePermission('billing.update'),
  validateSearch: focusSearch.parse,
  component: lazyRouteComponent(pages, 'EditBillPage'),
})

const printBillRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/bills/$billId/print', beforeLoad: viewing, validateSearch: printSearch.parse,
  component: lazyRouteComponent(pages, 'PrintBillPage'),
})

const claimsRoute = createRoute({
  getParentRoute: () => frameRoute, path: '/claims', beforeLoad: viewing, validateSearch: claimFilters.parse,
  component: lazyRouteComponent(pages, 'ClaimsPage'),
})

export const billing = defineModule({
  name: 'billing',
  routes: [billsRoute, newBillRoute, billRoute, editBillRoute, printBillRoute, claimsRoute],
  navigation: [
    { to: '/bills', label: 'billing:title', icon: IconReceipt, section: 'work', order: 20, permission: 'billing.view', keys: 'g b' },
    { to: '/claims', label: 'billing:claims.title', icon: IconShieldHeart, section: 'work', order: 25, permission: 'billing.manage_claims', keys: 'g c' },
  ],
  commands: [
    { id: 'billing.new', label: 'billing:new.command', icon: IconReceipt2, to: '/bills/new', permission: 'billing.create', keys: 'g i', quick: true },
  ],
})
