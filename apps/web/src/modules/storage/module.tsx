import { IconDatabase } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { defineModule, requirePermission } from '../../platform/index.ts'
import { frameRoute } from '../../shell/routes.ts'
import { parseStorageSearch } from './filters.ts'

const storageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/storage',
  beforeLoad: requirePermission('storage.manage'),
  validateSearch: parseStorageSearch,
  component: lazyRouteComponent(() => import('./storage-page.tsx'), 'StoragePage'),
})

export const storage = defineModule({
  name: 'storage',
  routes: [storageRoute],
  navigation: [
    { to: '/storage', label: 'storage:title', icon: IconDatabase, section: 'manage', order: 80, permission: 'storage.manage', keys: 'g f' },
  ],
})
