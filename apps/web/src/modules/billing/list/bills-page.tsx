import { listBills, listOrganisations, PaymentStatus, type BillSummary } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconReceipt, IconReceipt2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../../i18n/index.ts'
import { useFilters, useFormat, useInfinitePages, useRouteQuery, useSession } from '../../../platform/index.ts'
import {
  DataTable, DateTime, EmptyState, FilterBar, KeyHint, Money, Page, PageHeader, PatientLine, StatusBadge, type Column,
} from '../../../ui/index.ts'
import { billFilters } from '../filters.ts'
import { ListTotals } from './list-totals.tsx'

export function BillsPage() {
  const { t } = useTranslation('billing')
  const word = useWords()
  const { can } = useSession()
  const filters = useFilters(billFilters)
  const source = useInfinitePages(listBills, { query: filters.values }, { live: ['bill', 'payment'] })
  const organisations = useRouteQuery(listOrganisations, { query: { limit: 200 } }, { enabled: can('labs.view_directory'), live: ['organisation'] })
  const payers = organisations.data?.items.map(({ id, name }) => ({ value: id, label: name }))
  const filtered = Object.keys(filters.values).length > 0
  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')}
        actions={can('billing.create') && (
          <Button component={Link} to="/bills/new" leftSection={<IconReceipt2 size={16} />} rightSection={<KeyHint keys="g i" />}>
            {t('new.command')}
          </Button>
        )}
      />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('list.search') }}
        fields={[
          { kind: 'days', from: 'from', to: 'to', label: t('list.days') },
          ...(payers && payers.length > 0 ? [{ kind: 'one', name: 'organisationId', label: t('order.organisation'), options: payers } as const] : []),
          {
            kind: 'many', name: 'paymentStatus', label: t('list.payment'),
            options: PaymentStatus.enum.map((value) => ({ value, label: word(`ui:status.${value}`) })),
          },
          {
            kind: 'one', name: 'status', label: t('list.status'),
            options: (['open', 'cancelled'] as const).map((value) => ({ value, label: t(`list.state.${value}`) })),
          },
          { kind: 'flag', name: 'dueOnly', label: t('list.due_only') },
        ]}
      />
      <DataTable
        primary label={t('title')} columns={useBillColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/bills/${id}`}
        rowTone={({ hasMissingFields, status }) => (hasMissingFields && status === 'open' ? 'amber' : null)}
        empty={
          <EmptyState
            icon={IconReceipt} title={filtered ? t('list.nothing') : t('list.none')}
            text={filtered ? t('list.nothing_text') : t('list.none_text')}
          >
            {filtered && <Button variant="default" onClick={filters.clear}>{word('ui:filter.clear')}</Button>}
          </EmptyState>
        }
      />
      <ListTotals bills={source.rows} hasMore={source.hasMore} onMore={source.loadMore} busy={source.isLoadingMore} />
    </Page>
  )
}

function useBillColumns(): Column<BillSummary>[] {
  const { t } = useTranslation('billing')
  const { money } = useFormat()
  const items = ({ items: all }: BillSummary) => all.filter(({ removed }) => !removed).map(({ name }) => name).join(', ')
  const from = ({ organisation, doctor }: BillSummary) => organisation?.name ?? doctor?.name ?? '–'
  return [
    {
      key: 'number', header: t('list.number'), width: 92, cell: ({ number }) => number,
      title: ({ number, invoiceNumber }) => [number, invoiceNumber].filter(Boolean).join(' · '),
    },
    { key: 'at', header: t('list.date'), width: 102, cell: ({ orderedAt }) => <DateTime at={orderedAt} /> },
    {
      key: 'patient', header: t('list.patient'), least: 206, cell: ({ patient }) => <PatientLine patient={patient} />,
      title: ({ patient }) => `${patient.fullName} · ${patient.number}`,
    },
    { key: 'items', header: t('list.items'), least: 140, minScreen: 1000, cell: items, title: items },
    { key: 'from', header: t('list.from'), width: 160, minScreen: 1400, cell: from, title: from },
    { key: 'invoice', header: t('list.invoice'), width: 110, minScreen: 1500, cell: ({ invoiceNumber }) => invoiceNumber ?? '–' },
    {
      key: 'total', header: t('list.total'), width: 106, align: 'right',
      cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
    },
    {
      key: 'due', header: t('list.due'), width: 100, align: 'right',
      cell: ({ due, patientDue, currency, status }) => (status === 'cancelled' || due === 0 ? '–' : <Money amount={due} currency={currency} due={patientDue > 0} />),
      title: ({ insured, currency }) => (insured > 0 ? t('list.due_insured', { amount: money(insured, currency) }) : ''),
    },
    {
      key: 'status', header: t('list.payment'), width: 130,
      cell: ({ status, paymentStatus }) => <StatusBadge status={status === 'cancelled' ? 'cancelled' : paymentStatus} />,
    },
  ]
}
