import { chartDeliveries } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery } from '../../../platform/index.ts'
import classes from '../messages.module.css'

const [width, height, gap] = [900, 60, 6]

/** A bar for each day: what was sent, what was not delivered, what was not sent. */
export function DaysChart() {
  const { t } = useTranslation('communications')
  const { day: shownDay } = useFormat()
  const { data } = useRouteQuery(chartDeliveries, {}, { live: ['delivery'] })
  if (!data) return <div className={classes.chartBox} style={{ height: 96 }} />
  const highest = Math.max(1, ...data.days.map(({ sent, failed, skipped }) => sent + failed + skipped))
  const step = width / data.days.length
  return (
    <figure className={classes.chartBox} style={{ margin: 0 }}>
      <svg className={classes.chart} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={t('chart.title')}>
        {data.days.map(({ day, ...counts }, index) => {
          const x = index * step + gap / 2
          const bars = (['sent', 'failed', 'skipped'] as const).map((kind) => ({ kind, tall: (counts[kind] / highest) * (height - 2) }))
          return (
            <g key={day}>
              <title>{t('chart.day', { day: shownDay(day), ...counts })}</title>
              <rect x={x} y={0} width={step - gap} height={height} fill="transparent" />
              <rect x={x} y={height - 1} width={step - gap} height={1} className={classes.skipped} />
              {bars.map(({ kind, tall }, place) => {
                const below = bars.slice(0, place).reduce((sum, each) => sum + each.tall, 0)
                return tall > 0 && <rect key={kind} x={x} y={height - below - tall} width={step - gap} height={tall} className={classes[kind]} />
              })}
            </g>
          )
        })}
      </svg>
      <figcaption className={classes.legend}>
        <span>{t('chart.title')}</span>
        <span><i style={{ background: 'var(--tone-teal-line)' }} />{t('chart.sent')}</span>
        <span><i style={{ background: 'var(--tone-red-ink)' }} />{t('chart.failed')}</span>
        <span><i style={{ background: 'var(--tone-neutral-line)' }} />{t('chart.skipped')}</span>
      </figcaption>
    </figure>
  )
}
