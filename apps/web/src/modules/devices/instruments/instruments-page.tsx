import { listInstruments, type Instrument } from '@aliquot/contracts'
import { Button } from '@mantine/core'
import { IconCpu, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFilters, useFormat, useInfinitePages, useNow, useSession, useShortcuts } from '../../../platform/index.ts'
import { DataTable, DateTime, EmptyState, FilterBar, KeyHint, Page, PageHeader, type Column } from '../../../ui/index.ts'
import { DeviceTabs } from '../device-tabs.tsx'
import { instrumentFilters } from '../filters.ts'
import classes from './instruments.module.css'
import { LiveMark } from './live-mark.tsx'
import { liveStateOf } from './live-state.ts'
import { useTroubleWords } from './use-trouble-words.ts'

/** Every instrument with what it is doing now. */
export function InstrumentsPage() {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const navigate = useNavigate()
  const filters = useFilters(instrumentFilters)
  useNow()
  const source = useInfinitePages(listInstruments, { query: { disabled: filters.values.disabled ?? false } }, { live: ['instrument', 'message', 'result'] })
  const add = () => void navigate({ to: '/instruments/new' })
  useShortcuts(can('devices.manage') ? [{ keys: 'n', label: t('instrument.new'), run: add }] : [])

  return (
    <Page layout="fill">
      <PageHeader
        title={t('title')} subtitle={t('instruments.about')}
        actions={can('devices.manage') && (
          <Button leftSection={<IconPlus size={16} />} rightSection={<KeyHint keys="n" />} onClick={add}>{t('instrument.new')}</Button>
        )}
      />
      <DeviceTabs />
      <FilterBar filters={filters} fields={[{ kind: 'flag', name: 'disabled', label: t('instruments.only_disabled') }]} />
      <DataTable
        primary tall label={t('title')} columns={useColumns()} source={source} rowKey={({ id }) => id} href={({ id }) => `/instruments/${id}`}
        rowTone={(row) => ({ trouble: 'red', deaf: 'orange', disabled: null, connected: null, listening: null } as const)[liveStateOf(row)]}
        empty={
          <EmptyState
            icon={IconCpu} title={t(filters.values.disabled ? 'instruments.none_disabled' : 'instruments.empty')}
            text={filters.values.disabled ? undefined : t('instruments.empty_text')}
          >
            {can('devices.manage') && !filters.values.disabled && <Button onClick={add}>{t('instrument.new')}</Button>}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(): Column<Instrument>[] {
  const { t } = useTranslation('devices')
  const { number } = useFormat()
  const say = useTroubleWords()
  return [
    {
      key: 'name', header: t('instrument.one'), least: 190, title: ({ name, model, serial }) => [name, model, serial].filter(Boolean).join(' · '),
      cell: ({ name, code, model }) => <Two first={<b className={classes.name}>{name}</b>} second={[code, model].filter(Boolean).join(' · ')} />,
    },
    {
      key: 'state', header: t('instruments.state'), least: 200, title: (row) => say(row) ?? '',
      cell: (row) => (
        <Two
          first={<LiveMark instrument={row} />} second={say(row) ?? (row.disabled ? '' : t('instruments.port', { port: row.port }))}
          loud={row.live.trouble !== null}
        />
      ),
    },
    {
      key: 'last', header: t('instruments.last'), width: 150,
      cell: ({ live }) => live.lastMessageAt ? <Two first={<DateTime at={live.lastMessageAt} show="relative" />} second={live.lastPeer ?? ''} /> : <span className={classes.quiet}>{t('instruments.never')}</span>,
    },
    { key: 'messages', header: t('instruments.messages'), width: 92, align: 'right', minScreen: 900, cell: ({ today }) => number(today.messages) },
    { key: 'results', header: t('instruments.results'), width: 84, align: 'right', minScreen: 900, cell: ({ today }) => number(today.results) },
    {
      key: 'waiting', header: t('instruments.waiting'), width: 92, align: 'right',
      cell: (row) => <Work row={row} state="waiting" count={row.today.waiting} />,
    },
    { key: 'held', header: t('instruments.held'), width: 76, align: 'right', cell: (row) => <Work row={row} state="held" count={row.today.held} /> },
    {
      key: 'profile', header: t('instrument.profile'), width: 170, minScreen: 1350,
      cell: ({ profile }) => <Two first={profile.name} second={t(`protocol.${profile.protocol}`)} />, title: ({ profile }) => profile.name,
    },
  ]
}

function Two({ first, second, loud = false }: { first: React.ReactNode; second: React.ReactNode; loud?: boolean }) {
  return <div className={classes.two}><span className={classes.cut}>{first}</span>{second && <span className={loud ? classes.loud : classes.second}>{second}</span>}</div>
}

/** A count that leads to what it counts. */
function Work({ row, state, count }: { row: Instrument; state: 'waiting' | 'held'; count: number }) {
  const { number } = useFormat()
  if (count === 0) return <span className={classes.quiet}>0</span>
  return <Link to="/instruments/results" search={{ state, instrumentId: row.id }} className={classes.work} data-state={state}>{number(count)}</Link>
}
