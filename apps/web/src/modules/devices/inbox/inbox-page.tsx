import { listInstruments, listMessages, MessageKind, MessageState, type MessageEntry } from '@aliquot/contracts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useSession } from '../../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, useSelection, type Column } from '../../../ui/index.ts'
import { DeviceTabs } from '../device-tabs.tsx'
import { messageFilters } from '../filters.ts'
import { MessageMark } from '../state-marks.tsx'
import { useAllPages } from '../use-all-pages.ts'
import classes from '../devices.module.css'
import { MessageActions } from './message-actions.tsx'

/** Everything that instruments sent, understood or not. */
export function InboxPage() {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const filters = useFilters(messageFilters)
  const source = useInfinitePages(listMessages, { query: filters.values }, { live: ['message'] })
  const instruments = useAllPages(listInstruments, { query: { limit: 200 } }, { live: ['instrument'] })
  const selection = useSelection()
  const chosen = JSON.stringify(filters.values)
  const { clear } = selection
  useEffect(() => clear(), [chosen, clear])
  const selected = source.rows.filter(({ id }) => selection.keys.has(id))
  const filtered = Object.keys(filters.values).length > 0
  return (
    <Page layout="fill">
      <PageHeader title={t('inbox.title')} subtitle={t('inbox.about')} />
      <DeviceTabs />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('inbox.search') }}
        fields={[
          {
            kind: 'many', name: 'state', label: t('inbox.state'),
            options: MessageState.enum.map((value) => ({ value, label: t(`message_state.${value}`) })),
          },
          {
            kind: 'many', name: 'kind', label: t('inbox.kind'),
            options: MessageKind.enum.map((value) => ({ value, label: t(`message_kind.${value}`) })),
          },
          {
            kind: 'one', name: 'instrumentId', label: t('instrument.one'),
            options: instruments.rows.map(({ id, name }) => ({ value: id, label: name })),
          },
          { kind: 'days', from: 'from', to: 'to', label: t('inbox.received') },
        ]}
      />
      <DataTable
        primary tall label={t('inbox.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/instruments/messages/${id}`}
        rowTone={({ state }) => (state === 'held' ? 'amber' : state === 'rejected' ? 'red' : state === 'incomplete' ? 'orange' : null)}
        {...(can('devices.manage') ? { selection, selectionBar: <MessageActions messages={selected} onDone={clear} /> } : {})}
        empty={<EmptyState title={t(filtered ? 'inbox.none' : 'inbox.empty')} text={t(filtered ? 'inbox.none_text' : 'inbox.empty_text')} />}
      />
    </Page>
  )
}

function useColumns(): Column<MessageEntry>[] {
  const { t } = useTranslation('devices')
  const { bytes, number } = useFormat()
  return [
    { key: 'at', header: t('inbox.received'), width: 120, cell: ({ receivedAt }) => <DateTime at={receivedAt} /> },
    {
      key: 'from', header: t('instrument.one'), least: 150, title: ({ instrument, peer, port }) => `${instrument?.name ?? ''} ${peer} → ${port}`,
      cell: ({ instrument, peer, port }) => <>{instrument?.name ?? t('inbox.unknown_instrument')}<br /><span className={classes.quiet}>{peer} → {port}</span></>,
    },
    {
      key: 'kind', header: t('inbox.kind'), width: 100,
      cell: ({ kind, protocol }) => <>{t(`message_kind.${kind}`)}<br /><span className={classes.quiet}>{t(`protocol_short.${protocol}`)}</span></>,
    },
    {
      key: 'state', header: t('inbox.state'), least: 190,
      title: ({ reason, detail }) => [reason && t(`reason.${reason}`), detail].filter(Boolean).join(': '),
      cell: ({ state, reason, detail }) => <><MessageMark state={state} />{(reason ?? detail) && <><br /><span className={classes.quiet}>{reason ? t(`reason.${reason}`) : detail}</span></>}</>,
    },
    {
      key: 'samples', header: t('inbox.samples'), least: 130, title: ({ sampleIds }) => sampleIds.join(', '),
      cell: ({ sampleIds }) => <span className={classes.code}>{sampleIds.join(', ')}</span>,
    },
    {
      key: 'results', header: t('inbox.results'), width: 86, align: 'right',
      cell: ({ results, held }) => <>{number(results)}{held > 0 && <><br /><span className={classes.quiet}>{t('inbox.held', { count: held })}</span></>}</>,
    },
    {
      key: 'size', header: t('inbox.size'), width: 84, align: 'right', minScreen: 1150,
      cell: ({ size, copies }) => <>{bytes(size)}{copies > 1 && <><br /><span className={classes.quiet}>{t('inbox.copies', { count: copies })}</span></>}</>,
    },
  ]
}
