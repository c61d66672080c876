import type { Insurance } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { ToneBadge } from '../../../ui/index.ts'
import classes from './page.module.css'

/** By whom the patient is insured, the first to be asked at the top; one that has run out says so. */
export function Policies({ policies }: { policies: readonly Insurance[] }) {
  const { t } = useTranslation('patients')
  const format = useFormat()
  const today = format.today()
  const days = ({ validFrom, validTo }: Insurance) => {
    if (validFrom && validTo) return t('insurance.between', { from: format.day(validFrom), to: format.day(validTo) })
    if (validTo) return t('insurance.until', { to: format.day(validTo) })
    return validFrom ? t('insurance.since', { from: format.day(validFrom) }) : null
  }
  return (
    <ul className={classes.policies}>
      {policies.map((policy) => (
        <li key={policy.id}>
          {policy.insuranceGroup.name}
          {policy.validTo !== null && policy.validTo < today && <> <ToneBadge tone="orange">{t('insurance.expired')}</ToneBadge></>}
          <div className={classes.quiet}>
            {[
              policy.policyNumber, policy.coveragePercent < 100 && t('insurance.covers', { percent: policy.coveragePercent }),
              policy.holderName && `${policy.holderName} (${t(`relation.${policy.relation}`)})`, days(policy),
            ].filter(Boolean).join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  )
}
