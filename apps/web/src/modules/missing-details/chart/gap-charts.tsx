import type { MissingDetailsSummary } from '@aliquot/contracts'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { toneStyle } from '../../../ui/index.ts'
import classes from '../missing-details.module.css'

/** What is missing by detail; each bar leads to its list. */
export function FieldBars({ fields }: Pick<MissingDetailsSummary, 'fields'>) {
  const { t } = useTranslation('missing-details')
  const format = useFormat()
  const most = Math.max(1, ...fields.map(({ open }) => open))
  if (fields.length === 0) return <p className={classes.quiet}>{t('chart.none')}</p>
  return (
    <div className={classes.bars} style={toneStyle('amber')}>
      {fields.map(({ fieldName, fieldModule, label, open, oldest }) => (
        <Link
          key={`${fieldModule}.${fieldName}`} to="/missing-details" search={{ module: fieldModule, field: fieldName }} className={classes.barLink}
          aria-label={t('chart.field', { label, count: open, since: format.relative(oldest) })}
        >
          <span className={classes.barLabel}>{label}</span>
          <svg height={12} width="100%" aria-hidden><rect className={classes.week} height={12} rx={3} width={`${(open / most) * 100}%`} /></svg>
          <span className={classes.barCount}>{format.number(open)}</span>
        </Link>
      ))}
    </div>
  )
}

const height = 132
const room = { top: 16, bottom: 20 }

/** How much was missing at the end of each of the last weeks; the last one is still running. */
export function WeekBars({ weeks, onSay }: Pick<MissingDetailsSummary, 'weeks'> & { onSay: (text: string | null) => void }) {
  const { t } = useTranslation('missing-details')
  const format = useFormat()
  const { ref, width: measured } = useElementSize()
  const [at, setAt] = useState<number | null>(null)
  const width = Math.max(240, measured)
  const most = Math.max(1, ...weeks.map(({ open }) => open))
  const step = width / weeks.length
  const say = (index: number | null) => {
    setAt(index)
    const week = index === null ? undefined : weeks[index]
    onSay(week ? t('chart.week', { ...week, day: format.day(week.day) }) : null)
  }
  return (
    <div ref={ref}>
      <svg width={width} height={height} role="img" aria-label={t('chart.weeks')} style={toneStyle('amber')}>
        <line x1={0} x2={width} y1={height - room.bottom} y2={height - room.bottom} className={classes.axis} />
        {weeks.map(({ day, open, opened, resolved }, index) => {
          const tall = ((height - room.top - room.bottom) * open) / most
          return (
            <g
              key={day} tabIndex={0} role="img" aria-label={t('chart.week', { day: format.day(day), open, opened, resolved })}
              onMouseEnter={() => say(index)} onMouseLeave={() => say(null)} onFocus={() => say(index)} onBlur={() => say(null)}
            >
              <rect x={index * step} y={0} width={step} height={height} className={classes.weekHit} />
              <rect
                x={index * step + step * 0.18} width={step * 0.64} y={height - room.bottom - tall} height={tall} rx={2} className={classes.week}
                data-now={index === (at ?? weeks.length - 1) || undefined}
              />
              {open > 0 && (
                <text x={index * step + step / 2} y={height - room.bottom - tall - 4} textAnchor="middle" className={classes.weekLabel}>{open}</text>
              )}
              {(weeks.length - 1 - index) % 3 === 0 && (
                <text x={index * step + step / 2} y={height - 5} textAnchor="middle" className={classes.weekLabel}>
                  {shortDay(day, format.conventions.locale)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

const shortDay = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(new Date(`${day}T00:00:00Z`))

/** Both charts side by side, above the list. */
export function GapCharts({ summary }: { summary: MissingDetailsSummary }) {
  const { t } = useTranslation('missing-details')
  const [said, setSaid] = useState<string | null>(null)
  return (
    <div className={classes.board}>
      <figure className={classes.panel}>
        <figcaption className={classes.panelTitle}>
          {t('chart.fields')}
          <span className={classes.panelSays}>
            {summary.blocking > 0 ? t('chart.blocking', { count: summary.blocking }) : t('chart.total', summary)}
          </span>
        </figcaption>
        <FieldBars fields={summary.fields} />
      </figure>
      <figure className={classes.panel}>
        <figcaption className={classes.panelTitle}>{t('chart.weeks')}<span className={classes.panelSays} role="status">{said}</span></figcaption>
        <WeekBars weeks={summary.weeks} onSay={setSaid} />
      </figure>
    </div>
  )
}
