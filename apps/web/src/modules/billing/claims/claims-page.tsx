import { ClaimStatus, exportClaims, listClaims, listInsuranceGroups, urlOf, type Claim } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { IconDownload, IconShieldHeart } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../../i18n/index.ts'
import { useFilters, useInfinitePages, useRouteQuery, useSession } from '../../../platform/index.ts'
import {
  DataTable, DateTime, EmptyState, FilterBar, Money, Page, PageHeader, StatusBadge, useSelection, type Column,
} from '../../../ui/index.ts'
import { claimFilters } from '../filters.ts'
import { ClaimFacts } from './claim-facts.tsx'
import { SubmitSelected } from './submit-selected.tsx'

/** What insurers are asked to pay: what is to be sent, what waits for an answer, what is to be paid. */
export function ClaimsPage() {
  const { t } = useTranslation('billing')
  const word = useWords()
  const { can } = useSession()
  const filters = useFilters(claimFilters)
  const source = useInfinitePages(listClaims, { query: filters.values }, { live: ['claim'] })
  const groups = useRouteQuery(listInsuranceGroups, { query: { limit: 200 } }, { enabled: can('labs.view_directory'), live: ['insurance_group'] })
  const insurers = groups.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const selection = useSelection()
  const selected = source.rows.filter(({ id }) => selection.keys.has(id))
  const [opened, setOpened] = useState<number | null>(null)
  const claim = source.rows.find(({ id }) => id === opened)
  const filtered = Object.keys(filters.values).length > 0
  const manages = can('billing.manage_claims')
  return (
    <Page layout="fill">
      <PageHeader
        title={t('claims.title')}
        actions={manages && (
          <Button component="a" href={urlOf(exportClaims, { query: filters.values })} download variant="default" leftSection={<IconDownload size={16} />}>
            {t('claims.export')}
          </Button>
        )}
      />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t('claims.search') }}
        fields={[
          { kind: 'days', from: 'from', to: 'to', label: t('list.days') },
          {
            kind: 'many', name: 'status', label: t('list.status'),
            options: ClaimStatus.enum.map((value) => ({ value, label: word(`ui:status.${value}`) })),
          },
          ...(insurers.length > 0 ? [{ kind: 'one', name: 'insuranceGroupId', label: t('claims.group'), options: insurers } as const] : []),
        ]}
      />
      <DataTable
        primary label={t('claims.title')} columns={useClaimColumns()} source={source} rowKey={({ id }) => id} onOpen={({ id }) => setOpened(id)}
        rowTone={({ status }) => (status === 'rejected' ? 'red' : null)}
        {...(manages ? { selection, selectionBar: <SubmitSelected claims={selected} onDone={selection.clear} /> } : {})}
        empty={
          <EmptyState
            icon={IconShieldHeart} title={filtered ? t('claims.nothing') : t('claims.none')}
            text={filtered ? t('list.nothing_text') : t('claims.none_text')}
          >
            {filtered && <Button variant="default" onClick={filters.clear}>{word('ui:filter.clear')}</Button>}
          </EmptyState>
        }
      />
      <Modal opened={claim !== undefined} onClose={() => setOpened(null)} title={claim && t('claims.one', { number: claim.number })} size="lg">
        {claim && <ClaimFacts claim={claim} linked />}
      </Modal>
    </Page>
  )
}

function useClaimColumns(): Column<Claim>[] {
  const { t } = useTranslation('billing')
  const paid = ({ settled, approved }: Claim) => settled ?? approved
  return [
    { key: 'number', header: t('claims.number'), width: 108, cell: ({ number }) => number },
    { key: 'at', header: t('list.date'), width: 120, minScreen: 900, cell: ({ createdAt }) => <DateTime at={createdAt} /> },
    {
      key: 'patient', header: t('list.patient'), least: 150, cell: ({ patient }) => patient.fullName,
      title: ({ patient }) => `${patient.fullName} · ${patient.number}`,
    },
    {
      key: 'group', header: t('claims.group'), least: 150, cell: ({ insuranceGroup }) => insuranceGroup.name,
      title: ({ insuranceGroup }) => insuranceGroup.name,
    },
    {
      key: 'policy', header: t('claims.policy'), width: 140, minScreen: 1500, cell: ({ policyNumber }) => policyNumber,
      title: ({ policyNumber }) => policyNumber,
    },
    {
      key: 'amount', header: t('claims.amount'), width: 108, align: 'right',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      key: 'paid', header: t('claims.answered'), width: 108, align: 'right', minScreen: 1000,
      cell: (claim) => (paid(claim) === null ? '–' : <Money amount={paid(claim) ?? 0} currency={claim.currency} />),
    },
    {
      key: 'sent', header: t('claims.submitted'), width: 120, minScreen: 1400,
      cell: ({ submittedAt }) => (submittedAt ? <DateTime at={submittedAt} /> : '–'),
    },
    { key: 'status', header: t('list.status'), width: 128, cell: ({ status }) => <StatusBadge status={status} /> },
  ]
}
