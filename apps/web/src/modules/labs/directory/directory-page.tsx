import type { RouteDefinition } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconAddressBook, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeKey, toastDone, useShortcuts, type RowSource } from '../../../platform/index.ts'
import type { Filters } from '../../../platform/use-filters.ts'
import { DataTable, EmptyState, FilterBar, KeyHint, Page, PageHeader, RecordPanel, useOpenedRecord, type Column, type FilterField, type RecordForm } from '../../../ui/index.ts'
import { Tabs } from '../tabs.tsx'

export interface DirectoryRow {
  id: number
  version: number
  name: string
  disabled: boolean
}

interface DirectoryPageProps<Row extends DirectoryRow, Values, V extends object> {
  kind: 'organisations' | 'doctors' | 'departments' | 'outsource-labs' | 'insurance-groups' | 'domains'
  words: { new: string; save: string; saved: (name: string) => string; search?: string; none: string; noneText: string }
  list: RouteDefinition
  source: RowSource<Row>
  columns: readonly Column<Row>[]
  filters: Filters<V>
  filterFields?: readonly FilterField<keyof V & string>[]
  editable: boolean
  values: (row: Row | null) => Values
  validate?: (values: Values) => Record<string, string | null>
  save: (values: Values, row: Row | null) => Promise<Row>
  fields: (form: RecordForm<Values>, row: Row | null) => ReactNode
}

/** One kind of whom the lab deals with: the list, and beside it the one that is open. */
export function DirectoryPage<Row extends DirectoryRow, Values extends object, V extends { q?: string; disabled?: true }>(props: DirectoryPageProps<Row, Values, V>) {
  const { kind, words, list, source, columns, filters, filterFields = [], editable, values, validate, save, fields } = props
  const { t } = useTranslation('labs')
  const record = useOpenedRecord(`/directory/${kind}`, source)
  useShortcuts(editable ? [{ keys: 'n', label: words.new, run: () => record.open('new') }] : [])
  const filtered = Object.keys(filters.values).length > 0
  return (
    <Page layout="fill">
      <PageHeader
        title={t('directory.title')}
        actions={editable && <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{words.new}</Button>}
      />
      <Tabs
        label={t('directory.title')}
        tabs={[
          { to: '/directory/organisations', label: t('organisation.title') }, { to: '/directory/doctors', label: t('doctor.title') },
          { to: '/directory/departments', label: t('department.title') }, { to: '/directory/outsource-labs', label: t('outsource.title') },
          { to: '/directory/insurance-groups', label: t('insurance.title') },
          { to: '/directory/domains', label: t('domain.title') },
        ]}
      />
      <FilterBar
        filters={filters} {...(words.search ? { search: { name: 'q' as keyof V & string, placeholder: words.search } } : {})}
        fields={[...filterFields, { kind: 'flag', name: 'disabled' as keyof V & string, label: t('directory.only_disabled') }]}
      />
      <DataTable
        primary label={t('directory.title')} columns={columns} source={source} rowKey={({ id }) => id} onOpen={({ id }) => record.open(id)}
        empty={<EmptyState icon={IconAddressBook} title={filtered ? t('directory.none_match') : words.none} text={filtered ? t('directory.none_match_text') : words.noneText} />}
      />
      <RecordPanel<Row, Values>
        record={record} editable={editable} saveLabel={words.save} title={(row) => row?.name ?? words.new} values={values} save={save} fields={fields}
        {...(validate ? { validate } : {})} onClearFilters={filters.clear}
        onSaved={({ name }) => {
          toastDone(words.saved(name))
          void queryClient.invalidateQueries({ queryKey: routeKey(list) })
          record.close()
        }}
      />
    </Page>
  )
}
