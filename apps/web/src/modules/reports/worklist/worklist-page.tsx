import { countWorklist, listWorklist, type WorklistRow } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowUp } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routeKey, useFilters, useInfinitePages, useNow, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DataTable, EmptyState, FilterBar, Page, PageHeader, useSelection } from '../../../ui/index.ts'
import { useDraftOwner } from '../entry/use-draft.ts'
import { worklistFilters } from '../filters.ts'
import { useWorklistDrop } from '../files/worklist-drop.tsx'
import { useThrottledLive } from '../use-throttled-live.ts'
import { useScanToOpen } from '../scan/use-scan-to-open.ts'
import { BulkActions } from './bulk-actions.tsx'
import { Alarms, StatusTabs } from './status-tabs.tsx'
import { useFilterFields } from './use-filter-fields.ts'
import { useBusy, useSteadyRows } from './use-steady-rows.ts'
import { lastReport, walk } from './walk.ts'
import classes from './worklist.module.css'
import { isOverdue, useWorklistColumns } from './worklist-columns.tsx'

const keyOf = ({ reportId }: WorklistRow) => reportId

/** All open work of the lab, live. What is chosen stands in the address. */
export function WorklistPage() {
  const { t } = useTranslation('reports')
  const { can } = useSession()
  useDraftOwner()
  const now = useNow()
  const filters = useFilters(worklistFilters)
  const { status, ...countFilters } = filters.values
  const listed = useInfinitePages(listWorklist, { query: filters.values })
  const counts = useRouteQuery(countWorklist, { query: countFilters }, { keepPrevious: true })
  useThrottledLive(['report', 'accession', 'specimen', 'patient'], [routeKey(listWorklist), routeKey(countWorklist)])
  useScanToOpen()

  const selection = useSelection()
  const { busy, handlers } = useBusy()
  const { source, gone, waiting, release } = useSteadyRows(listed, keyOf, busy || selection.keys.size > 0)
  const narrow = useMediaQuery('(max-width: 1000px)') ?? false
  const { dragging, rowDrop, handlers: dropHandlers, dialogs } = useWorklistDrop(source.rows)
  const columns = useWorklistColumns(now, gone, narrow)
  const fields = useFilterFields()
  const [startAt] = useState(lastReport.get)
  const selected = source.rows.filter((row) => selection.keys.has(keyOf(row)))
  const chosen = JSON.stringify(filters.values)
  const { clear } = selection
  useEffect(() => clear(), [chosen, clear])
  useEffect(() => walk.remember(source.rows.map(keyOf), location.pathname + location.search), [source.rows])

  return (
    <Page layout="fill" {...dropHandlers}>
      <PageHeader title={t('worklist.title')} subtitle={t('worklist.about')} actions={<Alarms counts={counts.data} filters={filters} />} />
      <div className={classes.controls}>
        <StatusTabs counts={counts.data} filters={filters} chosen={status ?? []} />
        <FilterBar filters={filters} search={{ name: 'q', placeholder: t('worklist.search') }} fields={fields} />
      </div>
      <div className={classes.list} {...handlers}>
        {waiting > 0 && (
          <Button className={classes.waiting} size="xs" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={release}>
            {t('worklist.waiting', { count: waiting })}
          </Button>
        )}
        <DataTable
          primary tall={narrow} label={t('worklist.title')} columns={columns} source={source} rowKey={keyOf}
          href={({ reportId }) => `/reports/${reportId}`} startAt={startAt}
          rowDrop={rowDrop}
          rowTone={(row) => (gone.has(row.reportId) ? null : row.flags.unacknowledgedCritical ? 'red' : isOverdue(row, now) ? 'orange' : null)}
          {...(can('reports.verify') || can('reports.sign') || can('reports.print') ? { selection, selectionBar: <BulkActions rows={selected} selection={selection} /> } : {})}
          empty={<Nothing filtered={Object.keys(filters.values).length > 0} onClear={filters.clear} />}
        />
        {dragging && <div className={classes.dropping} role="status">{t('file.drop_on_row')}</div>}
      </div>
      {dialogs}
    </Page>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('reports')
  if (!filtered) return <EmptyState title={t('worklist.all_done')} text={t('worklist.all_done_text')} />
  return (
    <EmptyState title={t('worklist.empty')} text={t('worklist.empty_text')}>
      <Button variant="default" onClick={onClear}>{t('worklist.show_all')}</Button>
    </EmptyState>
  )
}
