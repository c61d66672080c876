import type { QcLot, QcPoint } from '@aliquot/contracts'
import { useElementSize } from '@mantine/hooks'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { dayNumber, dayTicks, mostSd, placeOf, scaleOf } from './chart-scale.ts'
import classes from './levey-jennings.module.css'
import { PointMark } from './point-mark.tsx'
import { usePointWords } from './use-point-words.ts'

export interface Series {
  lot: QcLot
  points: readonly QcPoint[]
}

interface LeveyJenningsProps {
  /** The lots of one level, one after the other, each in its own standard deviations. */
  series: readonly Series[]
  from: string
  to: string
  title: string
  onOpen: (point: QcPoint, lot: QcLot) => void
}

const height = 210
const bands = [3, 2, 1] as const

/** Control results over the days in standard deviations from the mean. Arrow keys go from point to point, Enter opens one. */
export function LeveyJennings({ series, from, to, title, onOpen }: LeveyJenningsProps) {
  const { t } = useTranslation('devices')
  const format = useFormat()
  const { ref, width: measured } = useElementSize()
  const [at, setAt] = useState<number | null>(null)
  const svg = useRef<SVGSVGElement>(null)
  const say = usePointWords()
  const width = Math.max(320, measured)
  const box = { width, height, left: 52, right: 74, top: 12, bottom: 26 }
  const { x, y } = scaleOf(from, to, box)
  const edge = width - box.right
  const newest = series.at(-1)?.lot
  const points = series.flatMap(({ lot, points: own }) => own.map((point) => ({ point, lot, x: x(placeOf(point.at, format.conventions.timeZone)), y: y(point.z) })))
  const current = at === null ? undefined : points[at]
  const digits = newest ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(newest.sd)))) : 2
  const valueAt = (z: number) => (newest ? (newest.mean + z * newest.sd).toFixed(digits) : '')
  const move = (event: KeyboardEvent) => {
    const to = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? points.length) - 1, Home: 0, End: points.length - 1 }[event.key]
    if (event.key === 'Enter' && current) onOpen(current.point, current.lot)
    if (to === undefined || points.length === 0) return
    event.preventDefault()
    const next = Math.max(0, Math.min(points.length - 1, to))
    setAt(next)
    svg.current?.querySelector<SVGGElement>(`[data-point="${next}"]`)?.focus()
  }
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <b>{title}</b>
        <span className={classes.said} role="status">
          {current ? say(current.point, current.lot) : newest && t('qc.expected', { mean: newest.mean, sd: newest.sd, unit: newest.unit, lot: newest.lot })}
        </span>
      </figcaption>
      <div ref={ref}>
        <svg
          ref={svg} width={width} height={height} className={classes.chart} role="group"
          aria-label={t('qc.chart_of', { title, count: points.length })}
        >
          {bands.map((sd) => <rect key={sd} x={box.left} width={edge - box.left} y={y(sd)} height={y(-sd) - y(sd)} className={classes[`band${sd}`]} />)}
          {dayTicks(from, to, edge - box.left).map((day) => (
            <g key={day}>
              <line x1={x(dayNumber(day))} x2={x(dayNumber(day))} y1={box.top} y2={height - box.bottom} className={classes.day} />
              <text x={x(dayNumber(day)) + 3} y={height - 9} className={classes.label}>{shortDay(day, format.conventions.locale)}</text>
            </g>
          ))}
          {[-3, -2, -1, 0, 1, 2, 3].map((sd) => (
            <g key={sd}>
              <line x1={box.left} x2={edge} y1={y(sd)} y2={y(sd)} className={sd === 0 ? classes.mean : classes.sd} data-sd={Math.abs(sd)} />
              <text x={box.left - 6} y={y(sd) + 4} textAnchor="end" className={classes.label}>
                {sd === 0 ? t('qc.mean') : `${sd > 0 ? '+' : '−'}${Math.abs(sd)} SD`}
              </text>
              <text x={edge + 6} y={y(sd) + 4} className={classes.label}>{valueAt(sd)}</text>
            </g>
          ))}
          {series.slice(1).map(({ lot }) => {
            const change = x(dayNumber(lot.validFrom))
            return change > box.left && change < edge && (
              <g key={lot.id}>
                <line x1={change} x2={change} y1={box.top - 4} y2={height - box.bottom} className={classes.change} />
                <text x={change + 4} y={box.top + 2} className={classes.changeLabel}>{t('qc.lot_change', { lot: lot.lot })}</text>
              </g>
            )
          })}
          {series.map(({ lot }) => <polyline key={lot.id} points={points.filter((each) => each.lot.id === lot.id).map((each) => `${each.x},${each.y}`).join(' ')} className={classes.trace} />)}
          {points.map(({ point, lot, ...place }, index) => (
            <g
              key={point.id} data-point={index} tabIndex={index === (at ?? points.length - 1) ? 0 : -1} role="button" aria-label={say(point, lot)}
              className={classes.point}
              onMouseEnter={() => setAt(index)} onMouseLeave={() => setAt(null)} onFocus={() => setAt(index)} onClick={() => onOpen(point, lot)}
              onKeyDown={move}
            >
              <circle cx={place.x} cy={place.y} r={11} className={classes.target} />
              {index === at && <circle cx={place.x} cy={place.y} r={9} className={classes.ring} />}
              <PointMark verdict={point.verdict} x={place.x} y={place.y} />
              {Math.abs(point.z) > mostSd && <text x={place.x} y={place.y + (point.z > 0 ? 16 : -8)} textAnchor="middle" className={classes.beyond}>{point.z > 0 ? '▲' : '▼'}</text>}
              {point.comment && <circle cx={place.x + 7} cy={place.y - 7} r={2.5} className={classes.commented} />}
            </g>
          ))}
        </svg>
      </div>
    </figure>
  )
}


const shortDay = (day: string, locale: string) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(new Date(`${day}T00:00:00Z`))
