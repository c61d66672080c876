import type { Claim } from '@aliquot/contracts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime, Money, StatusBadge } from '../../../ui/index.ts'
import { ClaimActions } from './claim-actions.tsx'
import classes from './claims.module.css'

/** One claim: what was asked, what was answered, and what can be done now. `linked` leads to its bill and patient. */
export function ClaimFacts({ claim, linked = false }: { claim: Claim; linked?: boolean }) {
  const { t } = useTranslation(['billing', 'patients'])
  const money = (amount: number | null) => (amount === null ? null : <Money amount={amount} currency={claim.currency} />)
  const at = (time: string | null) => time && <DateTime at={time} show="full" />
  const facts: [string, ReactNode][] = [
    [t('claims.patient'), linked && <Link key="patient" to={`/patients/${claim.patient.id}` as '/'}>{claim.patient.fullName} · {claim.patient.number}</Link>],
    [t('claims.bill'), linked && <Link key="bill" to={`/bills/${claim.bill.id}` as '/'}>{claim.bill.number}</Link>],
    [t('claims.bill_total'), linked && money(claim.bill.total)],
    [t('claims.policy'), [claim.policyNumber, claim.holderName].filter(Boolean).join(' · ')],
    [t('claims.amount'), money(claim.amount)],
    [t('claims.approved'), money(claim.approved)],
    [t('claims.settled'), money(claim.settled)],
    [t('claims.submitted'), claim.submittedAt && <>{at(claim.submittedAt)}{claim.submissions > 1 && ` · ${t('claims.times', { count: claim.submissions })}`}</>],
    [t('claims.answer_at'), at(claim.answeredAt)],
    [t('claims.settled_at'), at(claim.settledAt)],
    [t('claims.reference'), claim.payerReference],
    [t('claims.reason'), claim.reason],
  ]
  return (
    <div className={classes.claim}>
      <div className={classes.head}>
        <strong>{claim.insuranceGroup.name}</strong>
        <StatusBadge status={claim.status} />
      </div>
      <dl className={classes.facts}>
        {facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      <ClaimActions claim={claim} />
    </div>
  )
}
