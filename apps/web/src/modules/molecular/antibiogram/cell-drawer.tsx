import { percentOf } from '@aliquot/antibiogram'
import type { Antibiogram, AntibiogramCell, AntibiogramColumn } from '@aliquot/contracts'
import { Drawer, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../platform/index.ts'
import classes from './antibiogram.module.css'
import { questionOf, type AntibiogramFilterValues } from './filters.ts'
import { IsolateList } from './isolate-list.tsx'
import { Trend } from './trend.tsx'
import type { Place } from './heat-map.tsx'

interface OpenedCell {
  organism: Antibiogram['organisms'][number]
  column: AntibiogramColumn
  cell: AntibiogramCell | null
}

interface CellDrawerProps {
  place: Place | null
  cell: OpenedCell | null
  values: AntibiogramFilterValues
  onClose: () => void
}

/** One organism and antibiotic: counts, the years, and the isolates behind them. */
export function CellDrawer({ cell, values, onClose }: CellDrawerProps) {
  return (
    <Drawer opened={cell !== null} onClose={onClose} position="right" size={600} title={cell && `${cell.organism.name} · ${cell.column.name}`}>
      {cell && <CellDetail key={`${cell.organism.name} ${cell.column.key}`} opened={cell} values={values} />}
    </Drawer>
  )
}

function CellDetail({ opened: { organism, column, cell }, values }: { opened: OpenedCell; values: AntibiogramFilterValues }) {
  const { t } = useTranslation('antibiogram')
  const { can } = useSession()
  const share = cell && cell.nTested > 0 ? percentOf(cell) : null
  const one = (value: number) => value.toFixed(1)
  const single = !column.key.includes('+')
  const query = { ...questionOf(values), organism: organism.name, antibioticId: Number(column.key) }
  return (
    <>
      <dl className={classes.numbers}>
        <div><dt>{t('cell.susceptible')}</dt><dd>{share && cell && !cell.tooFew ? `${one(share.percent)} %` : t('cell.few')}</dd></div>
        <div><dt>{t('cell.interval')}</dt><dd>{share ? `${one(share.lower)}–${one(share.upper)} %` : '–'}</dd></div>
        <div><dt>{t('cell.tested')}</dt><dd>{cell?.nTested ?? 0}</dd></div>
        <div><dt>{t('cell.total')}</dt><dd>{organism.nTotal}</dd></div>
        {cell && Object.entries(cell.counts).filter(([, n]) => n > 0).map(([letter, n]) => <div key={letter}><dt>{letter}</dt><dd>{n}</dd></div>)}
      </dl>
      {single && (
        <>
          <h3 className={classes.heading}>{t('cell.trend')}</h3>
          <Trend query={query} minimum={values.minimum ?? 30} />
          <h3 className={classes.heading}>{t('cell.isolates')}</h3>
          {can('molecular.isolates') ? <IsolateList query={query} /> : <Text size="sm" c="dimmed">{t('cell.no_rights')}</Text>}
        </>
      )}
    </>
  )
}
