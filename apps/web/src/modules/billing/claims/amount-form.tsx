import { answerClaim, settleClaim, updateClaim, type Claim, type RouteDefinition } from '@aliquot/contracts'
import { Button, Group, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteMutation } from '../../../platform/index.ts'
import { Form, MoneyInput, SaveButton } from '../../../ui/index.ts'
import classes from './claims.module.css'

export type Step = 'amount' | 'accept' | 'settle'

interface AmountFormProps {
  claim: Claim
  step: Step
  refreshes: readonly RouteDefinition[]
  onClose: () => void
}

/** How much is claimed, approved or paid; what was asked or approved, unless another amount is typed. */
export function AmountForm({ claim, step, refreshes, onClose }: AmountFormProps) {
  const { t } = useTranslation('billing')
  const { money } = useFormat()
  const most = { amount: claim.bill.total, accept: claim.amount, settle: claim.approved ?? 0 }[step]
  const form = useForm({
    initialValues: { amount: (step === 'settle' ? claim.approved : claim.amount) as number | null, payerReference: claim.payerReference ?? '', reason: '' },
    validate: {
      amount: (amount) => (!amount ? t('error.amount') : amount > most ? t('claims.at_most', { amount: money(most, claim.currency) }) : null),
    },
  })
  const done = t(`claims.done.${step}`, { number: claim.number })
  const options = { form, refreshes, done, onSuccess: onClose, fields: { approved: 'amount' } }
  const update = useRouteMutation(updateClaim, options)
  const answer = useRouteMutation(answerClaim, options)
  const settle = useRouteMutation(settleClaim, options)
  const params = { claimId: claim.id }
  const { version } = claim
  const less = step === 'accept' && (form.values.amount ?? 0) < claim.amount
  const save = ({ amount, payerReference, reason }: typeof form.values) => {
    const reference = payerReference.trim() || null
    const value = amount ?? 0
    if (step === 'amount') update.mutate({ params, body: { version, amount: value } })
    else if (step === 'settle') settle.mutate({ params, body: { version, amount: value, payerReference: reference } })
    else answer.mutate({ params, body: { version, outcome: 'accepted', approved: value, payerReference: reference, reason: reason.trim() || null } })
  }
  return (
    <Form saveLabel={t(`claims.do.${step}`)} onSubmit={form.onSubmit(save)}>
      <div className={classes.fields}>
        <MoneyInput
          label={t(`claims.field.${step}`)} withAsterisk data-autofocus currency={claim.currency} description={t(`claims.about.${step}`)}
          {...form.getInputProps('amount')}
        />
        {less && <TextInput label={t('claims.cut_reason')} maxLength={500} {...form.getInputProps('reason')} />}
        {step !== 'amount' && <TextInput label={t('claims.reference')} maxLength={80} {...form.getInputProps('payerReference')} />}
      </div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('edit.back')}</Button>
        <SaveButton loading={update.isPending || answer.isPending || settle.isPending}>{t(`claims.do.${step}`)}</SaveButton>
      </Group>
    </Form>
  )
}
