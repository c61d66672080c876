import { countDeliveries } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery, useSession } from '../../platform/index.ts'
import classes from './messages.module.css'

/** The sister pages of messages, with how many were not delivered. */
export function MessageTabs() {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const { number } = useFormat()
  const seesLog = can('communications.view')
  const counts = useRouteQuery(countDeliveries, {}, { live: ['delivery'], enabled: seesLog })
  const tabs = [
    ...(seesLog ? [
      { to: '/messages', label: t('tabs.log'), exact: true }, { to: '/messages/undelivered', label: t('tabs.undelivered'), count: counts.data?.undelivered ?? 0 },
    ] : []),
    { to: '/messages/triggers', label: t('tabs.triggers') }, { to: '/messages/templates', label: t('tabs.templates') },
    ...(can('communications.manage') ? [{ to: '/messages/providers', label: t('tabs.providers') }, { to: '/messages/rules', label: t('tabs.rules') }] : []),
  ]
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label, exact = false, count = 0 }: { to: string; label: string; exact?: boolean; count?: number }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ exact, includeSearch: false }}>
          {label}{count > 0 && <span className={classes.count}>{number(count)}</span>}
        </Link>
      ))}
    </nav>
  )
}
