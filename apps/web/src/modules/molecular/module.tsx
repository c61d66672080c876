import { IconListDetails } from '@tabler/icons-react'
import { defineModule } from '../../platform/index.ts'
import { LazyMolecularEntry } from './entry/lazy-entry.tsx'
import { panelRoute, panelsRoute } from './entry/routes.tsx'

export const molecular = defineModule({
  name: 'molecular',
  routes: [panelsRoute, panelRoute],
  commands: [{ id: 'molecular.panels', label: 'molecularEntry:panels.title', icon: IconListDetails, to: '/molecular/panels', permission: 'molecular.view' }],
  sectionsEntry: LazyMolecularEntry,
})
