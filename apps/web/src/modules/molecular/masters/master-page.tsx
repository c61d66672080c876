import { listAntibiotics, listGenes, listOrganisms } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconDna2, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, routeKey, toastDone, useFilters, useSession, useShortcuts, type RowSource } from '../../../platform/index.ts'
import {
  DataTable, EmptyState, FilterBar, KeyHint, Page, PageHeader, RecordPanel, ToneBadge, useOpenedRecord, type Column, type RecordForm,
} from '../../../ui/index.ts'
import { masterFilters } from '../filters.ts'
import classes from '../molecular.module.css'
import { MasterTabs } from '../tabs.tsx'
import { MasterActions, type MasterRow, type MasterVerbs } from './master-actions.tsx'

/** A change of any kind shows in the lists of the others. */
const lists = [listGenes, listAntibiotics, listOrganisms]
export const refreshMasters = () => Promise.all(lists.map((route) => queryClient.invalidateQueries({ queryKey: routeKey(route) })))

interface MasterPageProps<Row, Values> {
  kind: 'gene' | 'antibiotic' | 'organism'
  source: RowSource<Row>
  columns: Column<Row>[]
  verbs: MasterVerbs<Row>
  usedBy: (row: Row) => string
  values: (row: Row | null) => Values
  save: (values: Values, row: Row | null) => Promise<Row>
  /** `fixed`: a system default, of which the mappings alone can be changed. */
  fields: (form: RecordForm<Values>, options: { fixed: boolean; editable: boolean }) => ReactNode
}

/** A list of masters with the one that is open beside it. */
export function MasterPage<Row extends MasterRow, Values extends { name: string }>(props: MasterPageProps<Row, Values>) {
  const { kind, source, columns, verbs, usedBy, values, save, fields } = props
  const { t } = useTranslation('molecular')
  const editable = useSession().can('molecular.manage')
  const filters = useFilters(masterFilters)
  const record = useOpenedRecord(`/molecular/${kind}s`, source)
  useShortcuts(editable ? [{ keys: 'n', label: t(`${kind}.new`), run: () => record.open('new') }] : [])
  const done = (row: Row, was: Row) => {
    void refreshMasters()
    // What was disabled or enabled leaves this list; a copy takes the default's place.
    if (row.id !== was.id) record.open(row.id)
    else if (row.is_disabled !== was.is_disabled) record.close()
  }
  const name: Column<Row> = {
    key: 'name', header: t('field.name'), least: 220, title: (row) => row.name,
    cell: (row) => (
      <span className={classes.marked}>
        <span className={`${classes.name} ${kind === 'gene' || kind === 'organism' ? classes.gene : ''}`}>{row.name}</span>
        {row.is_default && <ToneBadge tone="amber" note={t('default_note')}>{t('default')}</ToneBadge>}
      </span>
    ),
  }
  return (
    <Page layout="fill">
      <PageHeader
        title={t(`${kind}.title`)}
        actions={editable && (
          <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{t(`${kind}.new`)}</Button>
        )}
      />
      <MasterTabs />
      <FilterBar
        filters={filters} search={{ name: 'q', placeholder: t(`${kind}.search`) }} fields={[{ kind: 'flag', name: 'disabled', label: t('only_disabled') }]}
      />
      <DataTable
        primary label={t(`${kind}.title`)} columns={[name, ...columns]} source={source} rowKey={({ id }) => id} onOpen={({ id }) => record.open(id)}
        empty={<EmptyState icon={IconDna2} title={t(`${kind}.none`)} />}
      />
      <RecordPanel<Row, Values>
        record={record} editable={editable} saveLabel={t(`${kind}.save`)} title={(row) => row?.name ?? t(`${kind}.new`)} onClearFilters={filters.clear}
        values={values} save={save} validate={(typed) => ({ name: typed.name.trim() ? null : t('missing') })}
        onSaved={(row) => {
          toastDone(t('saved', { name: row.name }))
          void refreshMasters()
          record.close()
        }}
        fields={(form, row) => (
          <>
            {row && editable && (
              <MasterActions row={row} verbs={verbs} usedBy={usedBy(row)} disableText={t(`${kind}.disable_text`)} onDone={(now) => done(now, row)} />
            )}
            {fields(form, { fixed: row?.is_default ?? false, editable })}
          </>
        )}
      />
    </Page>
  )
}
