import { getBill, listBills, listClaims, submitClaims, withdrawClaim, type Claim, type ClaimStatus } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouteMutation, useSession } from '../../../platform/index.ts'
import { ConfirmForm } from '../../../ui/index.ts'
import { AmountForm, type Step } from './amount-form.tsx'
import classes from './claims.module.css'
import { RejectForm } from './reject-form.tsx'

type Action = Step | 'submit' | 'reject' | 'withdraw'

/** What can be done with a claim, the usual next step first. */
const actionsOf: Record<ClaimStatus, readonly Action[]> = {
  draft: ['submit', 'amount', 'withdraw'], submitted: ['accept', 'reject', 'withdraw'], accepted: ['settle', 'withdraw'],
  rejected: ['submit', 'amount', 'withdraw'], settled: [], withdrawn: [],
}

export function ClaimActions({ claim }: { claim: Claim }) {
  const { t } = useTranslation('billing')
  const { can } = useSession()
  const [asking, setAsking] = useState<Exclude<Action, 'submit'> | null>(null)
  const refreshes = [listClaims, getBill, listBills]
  const submit = useRouteMutation(submitClaims, { refreshes, done: t('claims.sent', { count: 1 }) })
  const withdraw = useRouteMutation(withdrawClaim, { refreshes, done: t('claims.withdrawn', { number: claim.number }) })
  const actions = actionsOf[claim.status]
  if (!can('billing.manage_claims') || actions.length === 0) return null
  const close = () => setAsking(null)
  const label = (action: Action) => t(action === 'submit' && claim.status === 'rejected' ? 'claims.do.resubmit' : `claims.do.${action}`)
  return (
    <div className={classes.actions}>
      {actions.map((action, at) => (
        <Button
          key={action} size="xs" {...(at === 0 ? {} : { variant: 'default' })} loading={action === 'submit' && submit.isPending}
          onClick={() => (action === 'submit' ? submit.mutate({ body: { claimIds: [claim.id] } }) : setAsking(action))}
        >
          {label(action)}
        </Button>
      ))}
      <Modal opened={asking !== null} onClose={close} title={asking && t(`claims.ask.${asking}`, { number: claim.number })}>
        {asking === 'withdraw' && (
          <ConfirmForm
            text={t('claims.withdraw_text')} confirm={t('claims.do.withdraw')} askReason dangerous onClose={close}
            onConfirm={(reason) => withdraw.mutateAsync({ params: { claimId: claim.id }, body: { version: claim.version, reason } })}
          />
        )}
        {asking === 'reject' && <RejectForm claim={claim} refreshes={refreshes} onClose={close} />}
        {(asking === 'amount' || asking === 'accept' || asking === 'settle') && <AmountForm claim={claim} step={asking} refreshes={refreshes} onClose={close} />}
      </Modal>
    </div>
  )
}
