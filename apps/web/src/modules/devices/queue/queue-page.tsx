import { countDeviceResults, listDeviceResults, listInstruments, type DeviceResult } from '@aliquot/contracts'
import { Button, Loader } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useInfinitePages, useRouteQuery, useSession } from '../../../platform/index.ts'
import { EmptyState, FilterBar, Page, PageHeader, useSelection } from '../../../ui/index.ts'
import { DeviceTabs } from '../device-tabs.tsx'
import { queueFilters } from '../filters.ts'
import { useAllPages } from '../use-all-pages.ts'
import { QueueList } from './queue-list.tsx'
import { QueueTabs } from './queue-tabs.tsx'
import classes from './queue.module.css'
import { groupResults } from './result-groups.ts'
import { useBusy, useHeldRows } from './use-held-rows.ts'
import { useQueueActions } from './use-queue-actions.tsx'

/** What instruments measured and nobody has let into the reports yet, and what is held and why. */
export function QueuePage() {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const filters = useFilters(queueFilters)
  const { state = 'waiting', reason, q, instrumentId } = filters.values
  const listed = useInfinitePages(listDeviceResults, { query: { q, instrumentId, state: [state], ...(reason ? { reason: [reason] } : {}), limit: 100 } }, { live: ['result'] })
  const counts = useRouteQuery(countDeviceResults, {}, { live: ['result'] })
  const instruments = useAllPages(listInstruments, { query: { limit: 200 } }, { live: ['instrument'] })
  const selection = useSelection()
  const { busy, handlers } = useBusy()
  const { rows, gone, waiting, release } = useHeldRows(listed.rows, busy || selection.keys.size > 0)
  const [current, setCurrent] = useState<number | null>(null)
  const [wanted, setWanted] = useState<number | null>(null)

  const chosen = JSON.stringify(filters.values)
  const { clear } = selection
  useEffect(() => clear(), [chosen, clear])

  const groups = groupResults(rows, state === 'held' ? 'reason' : 'report')
  const inOrder = groups.flatMap(({ results }) => results)
  const onCurrent = useCallback((id: number | null) => setCurrent(id), [])
  /** The cursor goes on to the next row that is still to be done. */
  const onDone = (done: ReadonlySet<number>) => {
    const open = (result: DeviceResult) => !done.has(result.id) && !gone.has(result.id)
    const last = inOrder.findLastIndex(({ id }) => done.has(id))
    setWanted((inOrder.slice(last + 1).find(open) ?? inOrder.find(open))?.id ?? null)
  }
  const acting = can('devices.release') && (state === 'waiting' || state === 'held')
  const selected = inOrder.filter(({ id }) => selection.keys.has(id) && !gone.has(id))
  const targets = selected.length > 0 ? selected : inOrder.filter(({ id }) => id === current && !gone.has(id))
  const actions = useQueueActions({
    held: state === 'held', enabled: acting, targets, all: inOrder.filter(({ id }) => !gone.has(id)),
    onSettled: (done, refused) => {
      selection.set(refused)
      onDone(done)
    },
  })

  return (
    <Page layout="fill">
      <PageHeader title={t('queue.title')} subtitle={t('queue.about')} />
      <DeviceTabs />
      <QueueTabs counts={counts.data} state={state} reason={reason} onChange={filters.set} />
      <div className={classes.bar}>
        <FilterBar
          filters={filters} search={{ name: 'q', placeholder: t('queue.search') }}
          fields={[{ kind: 'one', name: 'instrumentId', label: t('instrument.one'), options: instruments.rows.map(({ id, name }) => ({ value: id, label: name })) }]}
        />
        {actions.bar}
      </div>
      <div className={classes.list} {...handlers}>
        {waiting > 0 && (
          <Button className={classes.waiting} size="xs" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={release}>
            {t('queue.new', { count: waiting })}
          </Button>
        )}
        {listed.status === 'loading' ? <Loader m="xl" aria-label={t('loading')} />
        : listed.status === 'ready' && rows.length === 0 ? <EmptyState title={t(`queue.empty.${state}`)} text={t(`queue.empty_text.${state}`)}>{(q ?? instrumentId ?? reason) !== undefined && <Button variant="default" onClick={filters.clear}>{t('form.show_all')}</Button>}</EmptyState>
        : (
          <QueueList
            groups={groups} source={listed} gone={gone} byReason={state === 'held'} selection={acting ? selection : undefined} wanted={wanted}
            onCurrent={onCurrent}
            onEnter={actions.releaseTargets} onMatch={(results) => actions.ask('match', results)}
          />
        )}
      </div>
      {actions.dialogs}
    </Page>
  )
}
