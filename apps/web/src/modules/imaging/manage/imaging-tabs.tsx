import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './manage.module.css'

/** The sister pages of dental images. */
export function ImagingTabs() {
  const { t } = useTranslation('imaging')
  const tabs = [{ to: '/imaging/set-aside', label: t('aside.title') }, { to: '/imaging/clinics', label: t('clinics.title') }, { to: '/imaging/cards', label: t('cards.title') }]
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label }) => <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>{label}</Link>)}
    </nav>
  )
}
