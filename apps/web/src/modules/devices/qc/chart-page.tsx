import { getQcChart, listQcLots, type QcLot, type QcPoint } from '@aliquot/contracts'
import { Button, Loader } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { routeQuery, useFilters, useFormat, useSession } from '../../../platform/index.ts'
import { EmptyState, ErrorState, FilterBar, Page, PageHeader } from '../../../ui/index.ts'
import { chartFilters } from '../filters.ts'
import { LotMark } from '../state-marks.tsx'
import { useAllPages } from '../use-all-pages.ts'
import { dayNumber, dayOfNumber } from './chart-scale.ts'
import { CommentDialog } from './comment-dialog.tsx'
import { levelsBeside } from './control-levels.ts'
import { LeveyJennings } from './levey-jennings.tsx'
import classes from './levey-jennings.module.css'
import { PointMark } from './point-mark.tsx'
import { PointTable } from './point-table.tsx'

/** Days shown where none are chosen. */
const usualDays = 30

export function ChartPage() {
  const { t } = useTranslation('devices')
  const { lotId } = useParams({ strict: false }) as { lotId?: string }
  const lots = useAllPages(listQcLots, { query: { limit: 200 } }, { live: ['qc'] })
  const lot = lots.rows.find(({ id }) => id === Number(lotId))
  if (lot) return <Chart key={lot.id} lot={lot} lots={lots.rows} />
  if (lots.status === 'failed' && lots.problem) return <ErrorState problem={lots.problem} onRetry={lots.retry} />
  if (lots.status === 'loading' || lots.hasMore) return <Loader m="xl" aria-label={t('loading')} />
  return <EmptyState title={t('qc.gone')}><Button component={Link} to="/instruments/qc" variant="default">{t('qc.title')}</Button></EmptyState>
}

function Chart({ lot, lots }: { lot: QcLot; lots: readonly QcLot[] }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const format = useFormat()
  const filters = useFilters(chartFilters)
  const to = filters.values.to ?? format.today()
  const from = filters.values.from ?? dayOfNumber(dayNumber(to) - usualDays + 1)
  const levels = levelsBeside(lot, lots, from, to)
  const shown = levels.flatMap((level) => level.lots)
  const charts = useQueries({ queries: shown.map(({ id }) => routeQuery(getQcChart, { params: { lotId: id }, query: { from, to } }, { live: ['qc'], keepPrevious: true })) })
  const [opened, setOpened] = useState<{ point: QcPoint; lot: QcLot } | null>(null)
  const failed = charts.find(({ isError, data }) => isError && !data)
  const pointsOf = (id: number) => charts[shown.findIndex((each) => each.id === id)]?.data?.points ?? []
  const rows = shown.flatMap((each) => pointsOf(each.id).map((point) => ({ point, lot: each }))).sort((a, b) => b.point.at.localeCompare(a.point.at))
  const loading = charts.some(({ isPending }) => isPending)
  return (
    <Page>
      <PageHeader
        title={`${lot.parameter} · ${lot.instrument.name}`} back={{ to: '/instruments/qc', label: t('qc.title') }}
        mark={<LotMark state={lot.state} />} subtitle={t('qc.chart_about')}
        actions={can('devices.manage') && (
          <Button component={Link} to={`/instruments/qc/${lot.id}`} variant="default" leftSection={<IconPencil size={16} />}>{t('qc.edit')}</Button>
        )}
      />
      <FilterBar filters={filters} fields={[{ kind: 'days', from: 'from', to: 'to', label: t('qc.days', { count: usualDays }) }]}>
        <div className={classes.legend}>
          {(['ok', 'warning', 'reject'] as const).map((verdict) => (
            <span key={verdict}>
              <svg width={14} height={14} aria-hidden><PointMark verdict={verdict} x={7} y={7} /></svg>{t(`verdict.${verdict}`)}
            </span>
          ))}
        </div>
      </FilterBar>
      {failed?.error && <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} />}
      <div className={classes.levels}>
        {levels.map((level) => (
          <LeveyJennings
            key={level.key} title={[level.control, level.level].filter(Boolean).join(' ')} from={from} to={to}
            series={level.lots.map((each) => ({ lot: each, points: pointsOf(each.id) }))}
            onOpen={(point, of) => setOpened({ point, lot: of })}
          />
        ))}
      </div>
      <h2 className={classes.heading}>{t('qc.results')}</h2>
      <PointTable rows={rows} loading={loading} onOpen={setOpened} />
      <CommentDialog opened={opened} onClose={() => setOpened(null)} />
    </Page>
  )
}
