import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './molecular.module.css'

/** The sister pages of the masters. */
export function MasterTabs() {
  const { t } = useTranslation('molecular')
  const tabs = [
    { to: '/molecular/genes', label: t('gene.title') },
    { to: '/molecular/antibiotics', label: t('antibiotic.title') },
    { to: '/molecular/organisms', label: t('organism.title') },
    { to: '/molecular/matrix', label: t('matrix.title') },
    { to: '/molecular/panels', label: t('panels') },
    { to: '/molecular/codes', label: t('codes.title') },
  ] as const
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label }) => <Link key={to} to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>{label}</Link>)}
    </nav>
  )
}
