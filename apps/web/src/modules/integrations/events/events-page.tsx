import { PartnerEventState, IntegrationEvent, listPartnerEvents, listPartners, type PartnerEvent } from '@aliquot/contracts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, useSelection, type Column } from '../../../ui/index.ts'
import { deliveryFilters } from '../filters.ts'
import classes from '../integrations.module.css'
import { DeliveryMark } from '../marks.tsx'
import { IntegrationTabs } from '../tabs.tsx'
import { EventActions } from './event-actions.tsx'

/** What partners were told, and what waits or failed. */
export function EventsPage() {
  const { t } = useTranslation('integrations')
  const { can } = useSession()
  const filters = useFilters(deliveryFilters)
  const source = useInfinitePages(listPartnerEvents, { query: filters.values }, { live: ['partner_event', 'partner'] })
  const partners = useRouteQuery(listPartners, { query: { limit: 200 } }, { live: ['partner'] })
  const selection = useSelection()
  const chosen = JSON.stringify(filters.values)
  const { clear } = selection
  useEffect(() => clear(), [chosen, clear])
  const filtered = Object.keys(filters.values).length > 0
  return (
    <Page layout="fill">
      <PageHeader title={t('events.title')} subtitle={t('events.about')} />
      <IntegrationTabs />
      <FilterBar
        filters={filters}
        fields={[
          { kind: 'one', name: 'partnerId', label: t('partner.one'), options: (partners.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })) },
          { kind: 'one', name: 'state', label: t('events.state'), options: PartnerEventState.enum.map((value) => ({ value, label: t(`state.${value}`) })) },
          {
            kind: 'one', name: 'action', label: t('events.event'),
            options: IntegrationEvent.enum.map((value) => ({ value, label: t(`action.${value.replace('.', '_') as 'reports_signed'}`) })),
          },
          { kind: 'days', from: 'from', to: 'to', label: t('events.happened') },
        ]}
      />
      <DataTable
        primary tall label={t('events.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/integrations/events/${id}`}
        rowTone={({ state }) => (state === 'failed' ? 'red' : null)}
        {...(can('integrations.replay') ? { selection, selectionBar: <EventActions ids={[...selection.keys].map(Number)} onDone={clear} /> } : {})}
        empty={<EmptyState title={t(filtered ? 'events.none' : 'events.empty')} text={t(filtered ? 'events.none_text' : 'events.empty_text')} />}
      />
    </Page>
  )
}

function useColumns(): Column<PartnerEvent>[] {
  const { t } = useTranslation('integrations')
  const { number } = useFormat()
  return [
    { key: 'at', header: t('events.happened'), width: 120, cell: ({ happenedAt }) => <DateTime at={happenedAt} /> },
    {
      key: 'message', header: t('events.event'), least: 260, title: ({ message }) => message,
      cell: ({ message, action }) => <>{message}<br /><span className={classes.quiet}>{t(`action.${action.replace('.', '_') as 'reports_signed'}`)}</span></>,
    },
    { key: 'partner', header: t('partner.one'), least: 130, title: ({ partner }) => partner.name, cell: ({ partner }) => partner.name },
    {
      key: 'state', header: t('events.state'), width: 170, title: ({ trouble }) => trouble ?? '',
      cell: ({ state, trouble }) => <><DeliveryMark state={state} />{trouble && <><br /><span className={classes.quiet}>{trouble}</span></>}</>,
    },
    { key: 'tries', header: t('events.tries'), width: 70, align: 'right', cell: ({ attempts }) => number(attempts) },
    {
      key: 'when', header: t('events.sent'), width: 180, minScreen: 1000,
      cell: ({ deliveredAt, dueAt }) => (deliveredAt ? <DateTime at={deliveredAt} show="relative" /> : dueAt && <span className={classes.quiet}>{t('events.next')} <DateTime at={dueAt} show="relative" /></span>),
    },
  ]
}
