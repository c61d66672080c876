import { DeliveryState, listDeliveries, MessageChannel, MessageEvent, type DeliveryEntry } from '@aliquot/contracts'
import { IconMessages } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useInfinitePages, useSession } from '../../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, useSelection, type Column } from '../../../ui/index.ts'
import { deliveryFilters } from '../filters.ts'
import { ChannelMark, StateMark } from '../looks.tsx'
import { MessageTabs } from '../message-tabs.tsx'
import classes from '../messages.module.css'
import { AgainButton } from './again-button.tsx'
import { DaysChart } from './days-chart.tsx'

/** Everything that was sent, waits or did not go out; live. */
export const MessagesPage = () => <Log />

/** What nobody received: sent again from here, one or many. */
export const UndeliveredPage = () => <Log undelivered />

function Log({ undelivered = false }: { undelivered?: boolean }) {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const filters = useFilters(deliveryFilters)
  const query = undelivered ? { ...filters.values, state: filters.values.state ?? (['failed', 'dead'] as const) } : filters.values
  const source = useInfinitePages(listDeliveries, { query: query as typeof filters.values }, { live: ['delivery'] })
  const selection = useSelection()
  const chosen = JSON.stringify(query)
  const { clear } = selection
  useEffect(() => clear(), [chosen, clear])
  const filtered = Object.keys(filters.values).length > 0
  const empty = filtered ? 'no_match' : undelivered ? 'all_delivered' : 'none'
  const states = undelivered ? (['failed', 'dead', 'skipped'] as const) : DeliveryState.enum
  return (
    <Page layout="fill">
      <PageHeader title={t('title')} subtitle={t('about')} />
      <MessageTabs />
      {!undelivered && <DaysChart />}
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('search') }}
        fields={[
          { kind: 'many', name: 'state', label: t('column.state'), options: states.map((value) => ({ value, label: t(`state.${value}`) })) },
          { kind: 'many', name: 'channel', label: t('column.channel'), options: MessageChannel.enum.map((value) => ({ value, label: t(`channel.${value}`) })) },
          { kind: 'many', name: 'event', label: t('column.event'), options: MessageEvent.enum.map((value) => ({ value, label: t(`event.${value}`) })) },
          { kind: 'days', from: 'from', to: 'to', label: t('column.at') },
        ]}
      />
      <DataTable
        primary tall label={t('title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/messages/${id}`}
        rowTone={({ state }) => (state === 'failed' || state === 'dead' ? 'red' : null)}
        {...(can('communications.send') ? { selection, selectionBar: <AgainButton deliveries={source.rows.filter(({ id }) => selection.keys.has(id))} onDone={clear} /> } : {})}
        empty={<EmptyState icon={IconMessages} title={t(empty)} text={t(`${empty}_text`)} />}
      />
    </Page>
  )
}

function useColumns(): Column<DeliveryEntry>[] {
  const { t } = useTranslation('communications')
  return [
    { key: 'at', header: t('column.at'), width: 112, cell: ({ at }) => <DateTime at={at} /> },
    {
      key: 'recipient', header: t('column.recipient'), least: 160, title: ({ recipient }) => `${recipient.name} ${recipient.address ?? ''}`,
      cell: ({ recipient }) => <>{recipient.name}<br /><span className={classes.quiet}>{recipient.address ?? t('no_address')}</span></>,
    },
    {
      key: 'message', header: t('column.message'), least: 220, title: ({ beginning }) => beginning,
      cell: ({ beginning, event, channel }) => <>{beginning}<br /><span className={classes.quiet}><ChannelMark channel={channel} /> · {event ? t(`event.${event}`) : t('by_hand')}</span></>,
    },
    {
      key: 'patient', header: t('column.patient'), width: 170, minScreen: 1150, title: ({ patient }) => patient?.name ?? '',
      cell: ({ patient }) => patient && <>{patient.name}<br /><span className={classes.quiet}>{patient.number}</span></>,
    },
    {
      key: 'state', header: t('column.state'), width: 190, title: ({ reason }) => (reason ? t(`reason.${reason}`) : ''),
      cell: ({ state, reason, nextAt }) => (
        <><StateMark state={state} />{(reason ?? nextAt) && <><br /><span className={classes.quiet}>{reason ? t(`reason.${reason}`) : nextAt && <DateTime at={nextAt} />}</span></>}</>
      ),
    },
  ]
}
