import type { QcLot, QcPoint } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DataTable, DateTime, EmptyState, type Column } from '../../../ui/index.ts'
import { VerdictMark } from '../state-marks.tsx'
import classes from '../devices.module.css'

export interface PointRow {
  point: QcPoint
  lot: QcLot
}

interface PointTableProps {
  rows: readonly PointRow[]
  loading: boolean
  onOpen: (row: PointRow) => void
}

/** Every control result of the chart, newest first. */
export function PointTable({ rows, loading, onOpen }: PointTableProps) {
  const { t } = useTranslation('devices')
  const columns: Column<PointRow>[] = [
    { key: 'at', header: t('qc.at'), width: 120, cell: ({ point }) => <DateTime at={point.at} /> },
    {
      key: 'control', header: t('qc.control'), least: 150, cell: ({ lot }) => [lot.control, lot.level].filter(Boolean).join(' '),
      title: ({ lot }) => `${lot.control} ${lot.level} ${lot.lot}`,
    },
    { key: 'lot', header: t('qc.lot'), width: 100, minScreen: 1100, cell: ({ lot }) => <span className={classes.quiet}>{lot.lot}</span> },
    { key: 'value', header: t('qc.value'), width: 120, align: 'right', cell: ({ point, lot }) => <><b>{point.value}</b> {lot.unit}</> },
    { key: 'z', header: t('qc.z'), width: 84, align: 'right', cell: ({ point }) => `${point.z > 0 ? '+' : ''}${point.z.toFixed(2)}` },
    { key: 'verdict', header: t('qc.verdict'), width: 120, cell: ({ point }) => <VerdictMark verdict={point.verdict} /> },
    {
      key: 'rules', header: t('qc.rules'), width: 110, cell: ({ point }) => point.rules.join(', '),
      title: ({ point }) => point.rules.map((rule) => `${rule}: ${t(`rule.${rule}`)}`).join('\n'),
    },
    {
      key: 'comment', header: t('qc.comment'), least: 180, title: ({ point }) => [point.comment, point.commentedBy?.name].filter(Boolean).join('\n'),
      cell: ({ point }) => point.comment ?? (point.verdict === 'reject' ? <span className={classes.link}>{t('qc.say')}</span> : ''),
    },
    {
      key: 'message', header: t('message.one'), width: 90, minScreen: 1350,
      cell: ({ point }) => point.messageId !== null && (
        <Link to="/instruments/messages/$messageId" params={{ messageId: String(point.messageId) }} className={classes.link}>{point.messageId}</Link>
      ),
    },
  ]
  return (
    <DataTable
      primary height="content" label={t('qc.results')} columns={columns} rowKey={({ point }) => point.id} onOpen={onOpen}
      rowTone={({ point }) => (point.verdict === 'reject' ? 'red' : point.verdict === 'warning' ? 'amber' : null)}
      source={{ rows, status: loading && rows.length === 0 ? 'loading' : 'ready', problem: null, hasMore: false, isLoadingMore: false, isRefreshing: false, loadMore: () => {}, retry: () => {} }}
      empty={<EmptyState title={t('qc.none')} text={t('qc.none_text')} />}
    />
  )
}
