import { listEndpoints, listRequests, type InboundRequest } from '@aliquot/contracts'
import { Drawer } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFilters, useInfinitePages, useRouteQuery } from '../../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, Page, PageHeader, ToneBadge, type Column } from '../../../ui/index.ts'
import { requestFilters } from '../filters.ts'
import classes from '../integrations.module.css'
import { Said } from '../said.tsx'
import { IntegrationTabs } from '../tabs.tsx'

/** What partners told the lab, and what was answered. */
export function RequestsPage() {
  const { t } = useTranslation('integrations')
  const filters = useFilters(requestFilters)
  const source = useInfinitePages(listRequests, { query: filters.values }, { live: ['endpoint'] })
  const endpoints = useRouteQuery(listEndpoints, { query: { limit: 200 } }, { live: ['endpoint'] })
  const [openedId, setOpened] = useState<number | null>(null)
  const opened = source.rows.find(({ id }) => id === openedId)
  const filtered = Object.keys(filters.values).length > 0
  return (
    <Page layout="fill">
      <PageHeader title={t('requests.title')} subtitle={t('requests.about')} />
      <IntegrationTabs />
      <FilterBar
        filters={filters}
        fields={[
          { kind: 'one', name: 'endpointId', label: t('endpoint.one'), options: (endpoints.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })) },
          { kind: 'flag', name: 'refused', label: t('requests.only_refused') },
          { kind: 'days', from: 'from', to: 'to', label: t('requests.came') },
        ]}
      />
      <DataTable
        primary label={t('requests.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} onOpen={({ id }) => setOpened(id)}
        rowTone={({ status }) => (status >= 300 ? 'red' : null)}
        empty={<EmptyState title={t(filtered ? 'events.none' : 'requests.empty')} text={t(filtered ? 'events.none_text' : 'requests.empty_text')} />}
      />
      <Drawer opened={opened !== undefined} onClose={() => setOpened(null)} position="right" size={620} title={t('requests.one')}>
        {opened && (
          <>
            <Said title={t('requests.said')} headers={opened.headers} body={opened.body} />
            <br />
            <Said title={t('requests.answered', { status: opened.status })} headers={{}} body={JSON.stringify(opened.answer)} />
          </>
        )}
      </Drawer>
    </Page>
  )
}

function useColumns(): Column<InboundRequest>[] {
  const { t } = useTranslation('integrations')
  return [
    { key: 'at', header: t('requests.came'), width: 130, cell: ({ at }) => <DateTime at={at} /> },
    { key: 'endpoint', header: t('endpoint.one'), least: 150, title: ({ endpoint }) => endpoint.name, cell: ({ endpoint }) => endpoint.name },
    {
      key: 'operation', header: t('requests.operation'), least: 150,
      cell: ({ operation }) => (operation ? t(`operation.${operation as 'order_tests'}`) : <span className={classes.quiet}>–</span>),
    },
    {
      key: 'status', header: t('events.state'), least: 200,
      cell: ({ status, answer }) => (status < 300 ? <ToneBadge tone="green">{t('requests.done')}</ToneBadge> : <><ToneBadge tone="red">{status}</ToneBadge> {(answer as { title?: string }).title}</>),
    },
    { key: 'key', header: t('requests.key'), least: 120, minScreen: 1100, cell: ({ key }) => <span className={classes.code}>{key}</span> },
  ]
}
