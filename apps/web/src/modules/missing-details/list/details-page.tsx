import { listMissingDetails, listMissingDetailsConfig, listOrganisations, summariseMissingDetails, type MissingDetail } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconChecks, IconForms } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFilters, useInfinitePages, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DataTable, EmptyState, FilterBar, Page, PageHeader, useSelection } from '../../../ui/index.ts'
import { GapCharts } from '../chart/gap-charts.tsx'
import { detailFilters } from '../filters.ts'
import { MissingTabs } from '../missing-tabs.tsx'
import { ResolveBar } from './resolve-bar.tsx'
import { useDetailColumns } from './use-detail-columns.tsx'

/** Every detail that is missing, with the field one click away. */
export function DetailsPage() {
  const { t } = useTranslation('missing-details')
  const { can, user } = useSession()
  const filters = useFilters(detailFilters)
  const { state = 'open', ...narrowing } = filters.values
  const source = useInfinitePages(listMissingDetails, { query: { ...narrowing, state, limit: 100 } }, { live: ['missing_detail', 'missing_field'] })
  const summary = useRouteQuery(summariseMissingDetails, {}, { live: ['missing_detail', 'missing_field'] })
  const fields = useRouteQuery(listMissingDetailsConfig, {}, { live: ['missing_field'] })
  const inside = user.organisationId === null && user.doctorId === null
  const directory = can('labs.view_directory') && inside
  const organisations = useRouteQuery(listOrganisations, { query: { limit: 200 } }, { enabled: directory, live: ['organisation'] })
  const selection = useSelection()
  const acting = can('missing_details.resolve') && (state === 'open' || state === 'confirmed')
  const narrowed = Object.keys(narrowing).length > 0
  const open = ({ url }: MissingDetail) => url
  return (
    <Page layout="fill">
      <PageHeader title={t('title')} subtitle={t('about')} />
      <MissingTabs />
      {summary.data && (summary.data.open > 0 || summary.data.weeks.some((week) => week.open > 0)) && <GapCharts summary={summary.data} />}
      <FilterBar
        filters={filters}
        fields={[
          { kind: 'one', name: 'state', label: t('list.which'),
            options: (['open', 'confirmed', 'edited', 'withdrawn'] as const).map((value) => ({ value, label: t(`state.${value}`) })) },
          { kind: 'one', name: 'field', label: t('list.field'),
            options: (fields.data?.items ?? []).map(({ fieldName, label }) => ({ value: fieldName, label })) },
          { kind: 'one', name: 'module', label: t('list.module'),
            options: (['patients', 'billing'] as const).map((value) => ({ value, label: t(`module.${value}`) })) },
          ...(organisations.data && organisations.data.items.length > 0
            ? [{ kind: 'one', name: 'organisationId', label: t('list.organisation'),
              options: organisations.data.items.map(({ id, name }) => ({ value: id, label: name })) } as const]
            : []),
          { kind: 'days', from: 'from', to: 'to', label: t('list.days') },
        ]}
      />
      <DataTable
        primary label={t('title')} columns={useDetailColumns(state)} source={source} rowKey={({ id }) => id} href={open}
        rowTone={({ blocksRelease, state: each }) => (each !== 'open' ? null : blocksRelease ? 'red' : 'amber')}
        {...(acting ? { selection, selectionBar: <ResolveBar state={state} rows={source.rows} selection={selection} /> } : {})}
        empty={
          <EmptyState
            icon={narrowed ? IconForms : IconChecks} title={narrowed || state !== 'open' ? t('list.nothing') : t('list.none')}
            text={narrowed || state !== 'open' ? undefined : t('list.none_text')}
          >
            {(narrowed || state !== 'open') && <Button variant="default" onClick={filters.clear}>{t('list.clear')}</Button>}
          </EmptyState>
        }
      />
    </Page>
  )
}
