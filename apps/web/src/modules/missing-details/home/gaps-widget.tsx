import { summariseMissingDetails } from '@aliquot/contracts'
import { IconForms } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery } from '../../../platform/index.ts'
import { ErrorState } from '../../../ui/index.ts'
import { FieldBars } from '../chart/gap-charts.tsx'
import classes from '../missing-details.module.css'

/** What is missing, by detail. Nothing for a lab that never watched a field. */
export function GapsWidget() {
  const { t } = useTranslation('missing-details')
  const { number } = useFormat()
  const query = useRouteQuery(summariseMissingDetails, {}, { live: ['missing_detail', 'missing_field'] })
  if (query.isError && !query.data) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (!query.data || (query.data.open === 0 && query.data.weeks.every(({ resolved }) => resolved === 0))) return null
  const { open, blocking, resolvedThisWeek, fields } = query.data
  return (
    <section className={classes.widget} aria-label={t('home.title')}>
      <Link to="/missing-details" className={classes.widgetHead}><IconForms size={17} stroke={1.8} aria-hidden /> {t('home.title')}</Link>
      <div>
        <span className={classes.count}>{number(open)}</span>{' '}
        <span className={classes.quiet}>
          {[blocking > 0 && t('home.blocking', { count: blocking }), t('home.week', { count: resolvedThisWeek })].filter(Boolean).join(' · ')}
        </span>
      </div>
      <FieldBars fields={fields.slice(0, 5)} />
    </section>
  )
}
