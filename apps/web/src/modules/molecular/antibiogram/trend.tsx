import { percentOf } from '@aliquot/antibiogram'
import { getSusceptibilityTrend, type QueryOf, type ResponseOf } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../../platform/index.ts'
import { Loaded } from '../../../ui/index.ts'
import classes from './antibiogram.module.css'

interface TrendProps {
  query: QueryOf<typeof getSusceptibilityTrend>
  minimum: number
}

/** Percent susceptible of each year with its exact interval, whatever period is chosen. */
export function Trend({ query: { from: _, to: __, ...query }, minimum }: TrendProps) {
  const answer = useRouteQuery(getSusceptibilityTrend, { query }, { live: ['isolate'] })
  return <Loaded query={answer}>{({ years }) => <Chart years={years} minimum={minimum} />}</Loaded>
}

const box = { width: 540, height: 190, left: 34, right: 12, top: 10, bottom: 34 }
const ticks = [0, 25, 50, 75, 100]

function Chart({ years, minimum }: { years: ResponseOf<typeof getSusceptibilityTrend>['years']; minimum: number }) {
  const { t } = useTranslation('antibiogram')
  const step = (box.width - box.left - box.right) / Math.max(1, years.length)
  const x = (at: number) => box.left + step * (at + 0.5)
  const y = (percent: number) => box.top + ((100 - percent) / 100) * (box.height - box.top - box.bottom)
  const points = years.map((year, at) => ({ ...year, ...percentOf(year), x: x(at) }))
  const every = Math.ceil(points.length / 10)
  return (
    <svg viewBox={`0 0 ${box.width} ${box.height}`} className={classes.chart} role="img" aria-label={t('cell.trend_label')}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={box.left} x2={box.width - box.right} y1={y(tick)} y2={y(tick)} />
          <text x={box.left - 6} y={y(tick) + 4} textAnchor="end">{tick}</text>
        </g>
      ))}
      <polyline className={classes.trend} points={points.filter(({ nTested }) => nTested >= minimum).map((point) => `${point.x},${y(point.percent)}`).join(' ')} />
      {points.map((point, at) => (
        <g key={point.year}>
          <title>
            {t('cell.trend_point', {
              year: point.year, percent: point.percent.toFixed(1), lower: point.lower.toFixed(1), upper: point.upper.toFixed(1), susceptible: point.nSusceptible, tested: point.nTested,
            })}
          </title>
          <line className={classes.bar} x1={point.x} x2={point.x} y1={y(point.lower)} y2={y(point.upper)} />
          <line className={classes.bar} x1={point.x - 5} x2={point.x + 5} y1={y(point.lower)} y2={y(point.lower)} />
          <line className={classes.bar} x1={point.x - 5} x2={point.x + 5} y1={y(point.upper)} y2={y(point.upper)} />
          <circle cx={point.x} cy={y(point.percent)} r={4} data-few={point.nTested < minimum || undefined} />
          {at % every === 0 && <text x={point.x} y={box.height - 18} textAnchor="middle">{point.year}</text>}
          {at % every === 0 && <text x={point.x} y={box.height - 5} textAnchor="middle">n {point.nTested}</text>}
        </g>
      ))}
    </svg>
  )
}
