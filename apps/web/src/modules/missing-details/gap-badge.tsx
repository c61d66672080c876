import type { OpenDetail } from '@aliquot/contracts'
import { IconForms } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../platform/index.ts'
import { ToneBadge, toneStyle } from '../../ui/index.ts'
import classes from './missing-details.module.css'

/** How many details are missing; which, on hover. Nothing where none is. */
export function GapBadge({ details }: { details: readonly OpenDetail[] }) {
  const { t } = useTranslation('missing-details')
  if (details.length === 0) return null
  const fields = details.map(({ label }) => label).join(', ')
  const blocks = details.some(({ blocksRelease }) => blocksRelease)
  return (
    <ToneBadge tone={blocks ? 'red' : 'amber'} icon={<IconForms size={13} aria-hidden />} note={t('badge_note', { fields })}>
      {t('badge', { count: details.length })}
    </ToneBadge>
  )
}

/** The missing details, each a link to its field where the person may mend it. */
export function GapList({ details }: { details: readonly OpenDetail[] }) {
  const { t } = useTranslation('missing-details')
  const { can } = useSession()
  if (details.length === 0) return null
  const blocks = details.some(({ blocksRelease }) => blocksRelease)
  const mayMend = ({ fieldModule }: OpenDetail) => can(fieldModule === 'billing' ? 'billing.update' : 'patients.update')
  return (
    <div className={classes.gaps} style={toneStyle(blocks ? 'red' : 'amber')} role="group" aria-label={t('title')}>
      <IconForms size={16} aria-hidden />
      <span className={classes.gapsTitle}>{t('notice.title')}</span>
      {details.map((detail) => (mayMend(detail)
        ? (
          <Link key={detail.id} to={detail.url} className={classes.gap} aria-label={t('notice.fix', { field: detail.label })}>
            {detail.label}: <span className={classes.said}>{detail.value}</span>
          </Link>
        )
        : <span key={detail.id} className={classes.gap}>{detail.label}: <span className={classes.said}>{detail.value}</span></span>))}
      {blocks && <span className={classes.blocks}>{t('notice.blocks')}</span>}
    </div>
  )
}
