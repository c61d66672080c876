import type { RouteDefinition } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconPlus, IconSettings } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeKey, toastDone, useShortcuts, type RowSource } from '../../../platform/index.ts'
import { DataTable, EmptyState, KeyHint, Page, PageHeader, RecordPanel, useOpenedRecord, type Column, type RecordForm } from '../../../ui/index.ts'
import { MessageTabs } from '../message-tabs.tsx'

interface SetupPageProps<Row, Values> {
  kind: 'triggers' | 'templates' | 'providers'
  words: { new: string; save: string; saved: (name: string) => string; none: string; noneText: string }
  list: RouteDefinition
  source: RowSource<Row>
  columns: readonly Column<Row>[]
  editable: boolean
  values: (row: Row | null) => Values
  save: (values: Values, row: Row | null) => Promise<Row>
  fields: (form: RecordForm<Values>, row: Row | null) => ReactNode
  /** Beside "New". */
  actions?: ReactNode
}

/** A list of what is set up, and beside it the one that is open. */
export function SetupPage<Row extends { id: number; version: number; name: string }, Values extends object>(props: SetupPageProps<Row, Values>) {
  const { kind, words, list, source, columns, editable, values, save, fields, actions } = props
  const { t } = useTranslation('communications')
  const record = useOpenedRecord(`/messages/${kind}`, source)
  useShortcuts(editable ? [{ keys: 'n', label: words.new, run: () => record.open('new') }] : [])
  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')} subtitle={t('about')}
        actions={editable && <>{actions}<Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{words.new}</Button></>}
      />
      <MessageTabs />
      <DataTable
        primary tall label={t(`tabs.${kind}`)} columns={columns} source={source} rowKey={({ id }) => id} onOpen={({ id }) => record.open(id)}
        empty={<EmptyState icon={IconSettings} title={words.none} text={words.noneText} />}
      />
      <RecordPanel<Row, Values>
        record={record} editable={editable} saveLabel={words.save} title={(row) => row?.name ?? words.new} values={values} save={save} fields={fields}
        onClearFilters={record.close}
        onSaved={(saved) => {
          toastDone(words.saved(saved.name))
          void queryClient.invalidateQueries({ queryKey: routeKey(list) })
          record.close()
        }}
      />
    </Page>
  )
}
