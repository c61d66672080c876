import { countDeviceResults } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery } from '../../platform/index.ts'
import classes from './devices.module.css'

/** The sister pages of instruments, with how much work waits. */
export function DeviceTabs() {
  const { t } = useTranslation('devices')
  const { number } = useFormat()
  const counts = useRouteQuery(countDeviceResults, {}, { live: ['result'] })
  const open = counts.data ? counts.data.waiting + counts.data.held : 0
  const tabs = [
    { to: '/instruments', label: t('title'), exact: true },
    { to: '/instruments/results', label: t('queue.title'), count: open },
    { to: '/instruments/messages', label: t('inbox.title') },
    { to: '/instruments/qc', label: t('qc.title') },
    { to: '/instruments/profiles', label: t('profiles.title') },
  ]
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label, exact = false, count = 0 }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ exact, includeSearch: false }}>
          {label}{count > 0 && <span className={classes.count}>{number(count)}</span>}
        </Link>
      ))}
    </nav>
  )
}
