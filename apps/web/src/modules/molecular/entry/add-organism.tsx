import { listOrganisms, type Organism } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import { RemoteSelect } from '../../../ui/index.ts'
import type { Entry } from './use-molecular-entry.ts'
import classes from './entry.module.css'

/** A few letters and Enter add an organism; the same one again is a second isolate. */
export function AddOrganism({ entry }: { entry: Entry }) {
  const { t } = useTranslation('molecularEntry')
  const { can } = useSession()
  if (!can('molecular.view')) return null
  return (
    <RemoteSelect
      route={listOrganisms} input={(text) => ({ query: { limit: 20, ...(text ? { q: text } : {}) } })} items={({ items }) => items}
      choice={(item: Organism) => ({ id: item.id, label: item.name, hint: item.category })} value={null} className={classes.add ?? ''}
      placeholder={t('add_organism')} aria-label={t('add_organism')} onChange={(choice) => choice && entry.addOrganism(choice.id, choice.label)}
    />
  )
}
