import { getStorageSummary, listObjects, type LedgerEntry } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useRouteQuery } from '../../platform/index.ts'
import type { Tone } from '../../theme/tones.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, type Column } from '../../ui/index.ts'
import { CleanUpButton } from './clean-up-dialog.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { openedObject, storageFilters } from './filters.ts'
import { StateBadge } from './object-state.tsx'
import { StorageSummary } from './storage-summary.tsx'
import { useStorageFields } from './use-storage-fields.ts'

const live = ['object']

/** The ledger of stored files, for those who look after it. */
export function StoragePage() {
  const { t } = useTranslation('storage')
  const filters = useFilters(storageFilters)
  const opened = useFilters(openedObject)
  const query = filters.values
  const object = opened.values.object ?? null
  const source = useInfinitePages(listObjects, { query }, { live })
  const summary = useRouteQuery(getStorageSummary, {}, { live })
  const fields = useStorageFields()
  return (
    <Page layout="fill">
      <PageHeader title={t('title')} subtitle={t('about')} actions={<CleanUpButton />} />
      <StorageSummary query={summary} onState={(state) => filters.set({ state: [state] })} />
      <FilterBar filters={filters} search={{ name: 'q', placeholder: t('search') }} fields={fields} />
      <DataTable
        primary label={t('title')} columns={useLedgerColumns()} source={source} rowKey={({ id }) => id} startAt={object}
        onOpen={({ id }) => opened.set({ object: id })} rowTone={toneOf}
        empty={<EmptyState title={t('empty')} text={t(Object.keys(query).length > 0 ? 'empty_filtered' : 'empty_text')} />}
      />
      <EntryDrawer objectId={object} rows={source.rows} onClose={() => opened.set({ object: null })} />
    </Page>
  )
}

/** An upload that needs somebody. */
function toneOf({ state, refusedBecause, checkTrouble }: LedgerEntry): Tone | null {
  if (state !== 'uploaded') return null
  return refusedBecause !== null ? 'red' : checkTrouble !== null ? 'amber' : null
}

function useLedgerColumns(): Column<LedgerEntry>[] {
  const { t } = useTranslation('storage')
  const { bytes } = useFormat()
  return [
    { key: 'name', header: t('name'), least: 220, cell: ({ fileName }) => fileName, title: ({ fileName, path }) => `${fileName}\n${path}` },
    { key: 'state', header: t('state_title'), width: 136, cell: (entry) => <StateBadge entry={entry} /> },
    { key: 'category', header: t('category_title'), width: 132, minScreen: 1000, cell: ({ category }) => t(`category.${category}`) },
    { key: 'size', header: t('size'), width: 92, align: 'right', cell: ({ size }) => bytes(size) },
    { key: 'pages', header: t('pages'), width: 68, align: 'right', minScreen: 1350, cell: ({ pages }) => pages ?? '–' },
    { key: 'by', header: t('by'), width: 160, minScreen: 820, cell: ({ createdBy }) => createdBy.name, title: ({ createdBy }) => createdBy.name },
    { key: 'at', header: t('at'), width: 122, cell: ({ createdAt }) => <DateTime at={createdAt} /> },
  ]
}
