import { listAntibiotics, listGenes, updateGene, type Antibiotic, type Gene } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { toastDone, useFilters, useRouteMutation, useRouteQuery, useSession } from '../../../platform/index.ts'
import { EmptyState, FilterBar, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import { matrixFilters } from '../filters.ts'
import { refreshMasters } from '../masters/master-page.tsx'
import { MasterTabs } from '../tabs.tsx'
import { MatrixTable } from './matrix-table.tsx'

const live = ['gene', 'antibiotic', 'organism'] as const
const inUse = { query: { is_disabled: 0 } }

/** Which gene makes which antibiotic fail, all at once. */
export function MatrixPage() {
  const { t } = useTranslation('molecular')
  const editable = useSession().can('molecular.manage')
  const filters = useFilters(matrixFilters)
  const { q = '', all = false } = filters.values
  const genes = useRouteQuery(listGenes, { query: { ...inUse.query, q } }, { live, keepPrevious: true })
  const antibiotics = useRouteQuery(listAntibiotics, inUse, { live })
  const change = useRouteMutation(updateGene, { onSuccess: () => void refreshMasters() })

  const toggle = (gene: Gene, antibiotic: Antibiotic) => {
    if (!editable || change.isPending) return
    const had = gene.antibiotics.some(({ id }) => id === antibiotic.id)
    const kept = gene.antibiotics.flatMap(({ id }) => (id === antibiotic.id ? [] : [id]))
    const body = { version: gene.version, antibiotics: had ? kept : [...kept, antibiotic.id] }
    change.mutate({ params: { geneId: gene.id }, body }, {
      onSuccess: () => toastDone(t('matrix.changed', { gene: gene.name, antibiotic: antibiotic.name, what: t(had ? 'matrix.works' : 'matrix.fails') })),
    })
  }
  return (
    <Page layout="fill">
      <PageHeader title={t('matrix.title')} subtitle={t('matrix.about')} />
      <MasterTabs />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('matrix.search') }} fields={[{ kind: 'flag', name: 'all', label: t('matrix.all') }]}
      />
      <Loaded query={antibiotics}>
        {({ items: drugs }) => (
          <Loaded query={genes}>
            {({ items }) => (items.length === 0 ? <EmptyState title={t('matrix.none')} /> : (
              <MatrixTable genes={items} antibiotics={all ? drugs : drugs.filter(({ genes: those }) => those.length > 0)} editable={editable} onToggle={toggle} />
            ))}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}
