import { percentOf } from '@aliquot/antibiogram'
import type { Antibiogram, AntibiogramCell, AntibiogramColumn } from '@aliquot/contracts'
import { Fragment, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import classes from './antibiogram.module.css'

export interface Place {
  organism: number
  column: number
}

interface HeatMapProps {
  antibiogram: Antibiogram
  before: Antibiogram | null
  year: number | null
  minimum: number
  onOpen: (place: Place) => void
}

const keyOf = ({ organism, column }: Place): string => `${organism}:${column}`

/** Organisms by antibiotics. Arrow keys go from cell to cell, Enter opens one; what a cell holds in full is said below the table. */
export function HeatMap({ antibiogram, before, year, minimum, onOpen }: HeatMapProps) {
  const { t } = useTranslation('antibiogram')
  const format = useFormat()
  const { organisms, columns } = antibiogram
  const cells = useMemo(() => new Map(antibiogram.cells.map((cell) => [keyOf(cell), cell])), [antibiogram])
  const never = useMemo(() => new Set(antibiogram.intrinsic.map(keyOf)), [antibiogram])
  const earlier = useMemo(() => cellsByName(before), [before])
  const [at, setAt] = useState<Place | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const move = (event: KeyboardEvent, place: Place) => {
    if (event.key === 'Enter') onOpen(place)
    const to = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -columns.length], End: [0, columns.length] }[event.key]
    if (!to) return
    event.preventDefault()
    const next = { organism: within(place.organism + (to[0] ?? 0), organisms.length), column: within(place.column + (to[1] ?? 0), columns.length) }
    setAt(next)
    table.current?.querySelector<HTMLElement>(`[data-place="${keyOf(next)}"]`)?.focus()
  }
  const nameOf = (place: Place) => `${organisms[place.organism]?.name ?? ''}\n${columns[place.column]?.key ?? ''}`
  return (
    <>
      <div className={classes.scroll}>
        <table ref={table} className={classes.map} role="grid" aria-label={t('grid.label')}>
          <thead>
            <tr className={classes.classes}>
              <th className={classes.corner} colSpan={2} />
              {classesOf(columns).map(({ name, span, first }) => <th key={first} colSpan={span} scope="colgroup"><span title={name}>{name}</span></th>)}
            </tr>
            <tr className={classes.drugs}>
              <th className={classes.name} scope="col">{t('grid.organism')}</th>
              <th className={classes.total} scope="col" title={t('grid.isolates')}>n</th>
              {columns.map(({ key, code, name }) => <th key={key} scope="col" title={name} aria-label={name} data-at={at !== null && columns[at.column]?.key === key || undefined}>{code}</th>)}
            </tr>
          </thead>
          <tbody>
            {organisms.map(({ name, group, nTotal }, organism) => (
              <Fragment key={name}>
                {organisms[organism - 1]?.group !== group && (
                  <tr className={classes.group}><th colSpan={columns.length + 2} scope="rowgroup"><span>{t(`group.${group}`)}</span></th></tr>
                )}
                <tr>
                  <th className={classes.name} scope="row" title={name} data-at={at?.organism === organism || undefined}>{name}</th>
                  <td className={classes.total}>{format.number(nTotal)}</td>
                  {columns.map(({ key }, column) => {
                    const place = { organism, column }
                    const cell = cells.get(keyOf(place))
                    return (
                      <HeatCell
                        key={key} place={place} cell={cell} never={never.has(keyOf(place))} before={before ? earlier.get(nameOf(place)) : undefined}
                        tabbed={at ? keyOf(at) === keyOf(place) : organism === 0 && column === 0} onAt={setAt} onMove={move} onOpen={onOpen}
                      />
                    )
                  })}
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.said} role="status" data-no-print>
        {at ? <Said antibiogram={antibiogram} place={at} cell={cells.get(keyOf(at))} never={never.has(keyOf(at))} before={earlier.get(nameOf(at))} year={year} minimum={minimum} /> : t('grid.hint')}
      </p>
    </>
  )
}

interface HeatCellProps {
  place: Place
  cell: AntibiogramCell | undefined
  never: boolean
  before: AntibiogramCell | undefined
  tabbed: boolean
  onAt: (place: Place) => void
  onMove: (event: KeyboardEvent, place: Place) => void
  onOpen: (place: Place) => void
}

function HeatCell({ place, cell, never, before, tabbed, onAt, onMove, onOpen }: HeatCellProps) {
  const percent = cell && !cell.tooFew ? (100 * cell.nSusceptible) / cell.nTested : null
  const change = percent !== null && before && !before.tooFew ? Math.round(percent) - Math.round((100 * before.nSusceptible) / before.nTested) : null
  return (
    <td
      data-place={keyOf(place)} tabIndex={tabbed ? 0 : -1} onFocus={() => onAt(place)} onMouseEnter={() => onAt(place)}
      onKeyDown={(event) => onMove(event, place)} onClick={() => cell && onOpen(place)}
      data-never={never || undefined} data-few={(!never && cell?.tooFew) || undefined} data-share={never || percent === null ? undefined : shareOf(percent)}
    >
      {never ? 'R' : percent !== null ? <>{Math.round(percent)}{cell?.selective && <sup>*</sup>}{change !== null && change !== 0 && <small className={classes.change}>{change > 0 ? `+${change}` : `−${-change}`}</small>}</>
        : cell ? <small>({cell.nTested})</small> : <span className={classes.none}>·</span>}
    </td>
  )
}

interface SaidProps extends Pick<HeatMapProps, 'antibiogram' | 'year' | 'minimum'> {
  place: Place
  cell: AntibiogramCell | undefined
  never: boolean
  before: AntibiogramCell | undefined
}

/** A cell in words: percentage, interval and the counts behind them. */
function Said({ antibiogram: { organisms, columns }, place, cell, never, before, year, minimum }: SaidProps) {
  const { t } = useTranslation('antibiogram')
  const organism = organisms[place.organism]
  const share = cell && percentOf(cell)
  const one = (value: number) => value.toFixed(1)
  return (
    <>
      <b>{t('grid.cell', { organism: organism?.name, antibiotic: columns[place.column]?.name })}</b>
      {never && <span>{t('grid.never')}</span>}
      {!cell && !never && <span>{t('grid.not_tested')}</span>}
      {cell && share && (
        <>
          <span>
            {cell.tooFew ? t('grid.few', { susceptible: cell.nSusceptible, tested: cell.nTested, minimum })
              : t('grid.share', { percent: one(share.percent), lower: one(share.lower), upper: one(share.upper), susceptible: cell.nSusceptible, tested: cell.nTested })}
          </span>
          <span data-tabular>{Object.entries(cell.counts).filter(([, n]) => n > 0).map(([letter, n]) => `${letter} ${n}`).join(' · ')}</span>
          <span>{t('grid.total', { total: organism?.nTotal })}</span>
          {cell.selective && <span>{t('grid.selective')}</span>}
        </>
      )}
      {year && before && (
        <span>{before.tooFew ? t('grid.before_few', { year, tested: before.nTested }) : t('grid.before', { year, percent: one((100 * before.nSusceptible) / before.nTested), tested: before.nTested })}</span>
      )}
    </>
  )
}

const shareOf = (percent: number): 'high' | 'middle' | 'low' => (percent >= 89.5 ? 'high' : percent >= 69.5 ? 'middle' : 'low')
const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at))

function classesOf(columns: readonly AntibiogramColumn[]): { name: string; span: number; first: string }[] {
  const spans: { name: string; span: number; first: string }[] = []
  for (const { key, class: name } of columns) {
    const last = spans.at(-1)
    if (last?.name === name) last.span++
    else spans.push({ name, span: 1, first: key })
  }
  return spans
}

function cellsByName(antibiogram: Antibiogram | null): Map<string, AntibiogramCell> {
  if (!antibiogram) return new Map()
  return new Map(antibiogram.cells.map((cell) => [`${antibiogram.organisms[cell.organism]?.name ?? ''}\n${antibiogram.columns[cell.column]?.key ?? ''}`, cell]))
}
