import { createQcLot, listInstruments, listQcLots, updateQcLot, type QcLot } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconChartLine, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call, queryClient, routeKey, toastDone, useFilters, useFormat, useInfinitePages, useSession, useShortcuts } from '../../../platform/index.ts'
import {
  DataTable, DateTime, EmptyState, FilterBar, KeyHint, Page, PageHeader, RecordPanel, useOpenedRecord, type Column,
} from '../../../ui/index.ts'
import { DeviceTabs } from '../device-tabs.tsx'
import classes from '../devices.module.css'
import { lotFilters } from '../filters.ts'
import { LotMark } from '../state-marks.tsx'
import { useAllPages } from '../use-all-pages.ts'
import { LotFields } from './lot-fields.tsx'
import { lotBody, lotTrouble, lotValues, type LotValues } from './lot-values.ts'

/** The controls that are measured, with what they are expected to give and whether they do. */
export function LotsPage() {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const filters = useFilters(lotFilters)
  const { disabled, instrumentId } = filters.values
  const source = useInfinitePages(listQcLots, { query: { instrumentId, disabled: disabled ?? false, limit: 200 } }, { live: ['qc'] })
  const instruments = useAllPages(listInstruments, { query: { limit: 200 } }, { live: ['instrument'] })
  const record = useOpenedRecord('/instruments/qc', source)
  const editable = can('devices.manage')
  useShortcuts(editable ? [{ keys: 'n', label: t('qc.new'), run: () => record.open('new') }] : [])
  const saved = ({ id }: QcLot, created: boolean) => {
    toastDone(t('qc.saved'))
    void queryClient.invalidateQueries({ queryKey: routeKey(listQcLots) })
    if (created) record.close()
    else void navigate({ to: '/instruments/qc/chart/$lotId', params: { lotId: String(id) } })
  }
  return (
    <Page layout="fill">
      <PageHeader
        title={t('qc.title')} subtitle={t('qc.about')}
        actions={editable && (
          <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={() => record.open('new')}>{t('qc.new')}</Button>
        )}
      />
      <DeviceTabs />
      <FilterBar
        filters={filters}
        fields={[
          {
            kind: 'one', name: 'instrumentId', label: t('instrument.one'),
            options: instruments.rows.map(({ id, name }) => ({ value: id, label: name })),
          },
          { kind: 'flag', name: 'disabled', label: t('qc.only_ended') },
        ]}
      />
      <DataTable
        primary label={t('qc.title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/instruments/qc/chart/${id}`}
        rowTone={({ state }) => (state === 'out_of_control' ? 'red' : state === 'warning' ? 'amber' : null)}
        empty={<EmptyState icon={IconChartLine} title={t(disabled ? 'qc.none_ended' : 'qc.empty')} text={disabled ? undefined : t('qc.empty_text')} />}
      />
      <RecordPanel<QcLot, LotValues>
        record={record} editable={editable} saveLabel={t('qc.save')} onClearFilters={filters.clear} onSaved={saved}
        title={(row) => (row ? [row.control, row.level].filter(Boolean).join(' ') : t('qc.new'))}
        values={(row) => lotValues(row, format.today(), instrumentId)}
        validate={(values) => Object.fromEntries(Object.entries(lotTrouble(values)).map(([field, why]) => [field, t(why)]))}
        save={(values, row) => (row ? call(updateQcLot, { params: { lotId: row.id }, body: { version: row.version, ...lotBody(values), disabled: values.disabled } }) : call(createQcLot, { body: lotBody(values) }))}
        fields={(form, row) => <LotFields form={form} row={row} instruments={instruments.rows} />}
      />
    </Page>
  )
}

function useColumns(): Column<QcLot>[] {
  const { t } = useTranslation('devices')
  return [
    {
      key: 'control', header: t('qc.control'), least: 170, title: ({ control, level }) => `${control} ${level}`,
      cell: ({ control, level }) => <><b>{control}</b> {level}</>,
    },
    { key: 'parameter', header: t('mapping.parameter'), width: 130, cell: ({ parameter }) => <span className={classes.code}>{parameter}</span> },
    { key: 'state', header: t('qc.state'), width: 140, cell: ({ state }) => <LotMark state={state} /> },
    {
      key: 'instrument', header: t('instrument.one'), least: 130, cell: ({ instrument }) => instrument.name,
      title: ({ instrument }) => instrument.name,
    },
    { key: 'mean', header: t('qc.mean_sd'), width: 160, align: 'right', cell: ({ mean, sd, unit }) => `${mean} ± ${sd} ${unit}` },
    { key: 'lot', header: t('qc.lot'), width: 110, minScreen: 900, cell: ({ lot }) => lot },
    { key: 'until', header: t('qc.valid_to'), width: 110, minScreen: 1350, cell: ({ validTo }) => <DateTime at={validTo} show="day" /> },
    { key: 'last', header: t('qc.last'), width: 130, cell: ({ lastAt }) => <DateTime at={lastAt} show="relative" /> },
  ]
}
