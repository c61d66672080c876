import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './integrations.module.css'

/** The sister pages of integrations. */
export function IntegrationTabs() {
  const { t } = useTranslation('integrations')
  const tabs = [
    { to: '/integrations', label: t('partners.title'), exact: true }, { to: '/integrations/events', label: t('events.title') },
    { to: '/integrations/inbound', label: t('inbound.title') }, { to: '/integrations/requests', label: t('requests.title') },
  ]
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label, exact = false }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={{ exact, includeSearch: false }}>{label}</Link>
      ))}
    </nav>
  )
}
