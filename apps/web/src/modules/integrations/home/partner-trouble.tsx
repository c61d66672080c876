import { listPartners } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../../platform/index.ts'
import { DateTime } from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import { HealthMark, healthOf } from '../marks.tsx'

/** Partners that cannot be reached, or were given up on. Nothing where all is well. */
export function PartnerTrouble() {
  const { t } = useTranslation('integrations')
  const partners = useRouteQuery(listPartners, { query: { limit: 200, disabled: false } }, { live: ['partner'] })
  const ill = (partners.data?.items ?? []).filter((partner) => ['open', 'trying', 'failing'].includes(healthOf(partner)) || partner.health.failed > 0)
  if (ill.length === 0) return null
  return (
    <section className={classes.widget} aria-labelledby="partner-trouble">
      <h2 id="partner-trouble" className={classes.heading}>{t('home.title')}</h2>
      <ul>
        {ill.map((partner) => (
          <li key={partner.id} className={classes.row}>
            <HealthMark partner={partner} />
            <Link className={classes.link} to="/integrations/$recordId" params={{ recordId: String(partner.id) }}>{partner.name}</Link>
            {partner.health.failingSince && <span className={classes.quiet}>{t('health_panel.since')} <DateTime at={partner.health.failingSince} show="relative" /></span>}
            <span className={classes.quiet}>{t('health_panel.waiting', { count: partner.health.waiting })} · {t('health_panel.failed', { count: partner.health.failed })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
