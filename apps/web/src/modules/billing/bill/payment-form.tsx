import { addPayment, getBill, listBills, PaymentMethod, type Bill } from '@aliquot/contracts'
import { Button, Group, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { queryClient, routeKey, useFormat, useRouteMutation } from '../../../platform/index.ts'
import { Form, MoneyInput, SaveButton } from '../../../ui/index.ts'
import { focusFirst } from '../../../ui/focus-first.ts'
import classes from './bill.module.css'

interface PaymentFormProps {
  bill: Bill
  kind: 'payment' | 'refund'
  onClose: () => void
}

/** Takes what is due, or pays back what was paid too much, unless another amount is typed. */
export function PaymentForm({ bill, kind, onClose }: PaymentFormProps) {
  const { t } = useTranslation('billing')
  const { money } = useFormat()
  const refund = kind === 'refund'
  const most = refund ? bill.paid : bill.patientDue
  const form = useForm({
    initialValues: {
      amount: (refund ? (bill.patientDue < 0 ? -bill.patientDue : bill.paid) : bill.patientDue) as number | null,
      method: (refund ? bill.payments.flatMap(({ kind: of, method }) => (of === 'payment' && method !== 'insurance' ? [method] : []))[0] ?? 'cash' : 'cash') as PaymentMethod,
      reference: '', reason: '',
    },
    validate: {
      amount: (amount) => {
        if (!amount) return t('error.amount')
        return amount > most ? t(refund ? 'error.refund_most' : 'error.payment_most', { amount: money(most, bill.currency) }) : null
      },
      method: (method) => (method === 'credit' && !bill.organisation ? t('error.credit') : null),
      reason: (reason) => (refund && !reason.trim() ? t('error.reason') : null),
    },
  })
  const pay = useRouteMutation(addPayment, {
    form, refreshes: [getBill, listBills], onSuccess: onClose,
    done: () => t(refund ? 'payment.refund_done' : 'payment.done', { amount: money(form.getValues().amount ?? 0, bill.currency) }),
    onProblem: (problem) => {
      if (problem.code === 'platform.stale_version') void queryClient.invalidateQueries({ queryKey: routeKey(getBill) })
      return false
    },
  })
  const label = refund ? t('payment.refund') : t('payment.take')
  return (
    <Form
      saveLabel={label}
      onSubmit={form.onSubmit(({ amount, method, reference, reason }) => {
        if (pay.isPending) return
        const said = { reference: reference.trim() || null, reason: reason.trim() || null }
        pay.mutate({ params: { billId: bill.id }, body: { version: bill.version, kind, amount: amount ?? 0, method, ...said } })
      }, (errors) => focusFirst(form, errors))}
    >
      <div className={classes.fields}>
        <MoneyInput
          label={t('payment.amount')} withAsterisk data-autofocus currency={bill.currency}
          description={t(refund ? 'payment.paid_so_far' : 'payment.still_due', { amount: money(most, bill.currency) })}
          {...form.getInputProps('amount')}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="payment-method">{t('payment.method')}</Text>
          <SegmentedControl
            fullWidth aria-labelledby="payment-method" data={PaymentMethod.enum.map((value) => ({ value, label: t(`method.${value}`) }))}
            {...form.getInputProps('method')}
          />
          {form.errors.method && <Text size="xs" mt={4} c="var(--mantine-color-error)" role="alert">{form.errors.method}</Text>}
        </div>
        <TextInput label={t('payment.reference')} maxLength={80} {...form.getInputProps('reference')} />
        {refund && <Textarea label={t('payment.reason')} withAsterisk autosize minRows={2} maxLength={500} {...form.getInputProps('reason')} />}
      </div>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>{t('edit.back')}</Button>
        <SaveButton loading={pay.isPending} {...(refund ? { color: 'red' } : {})}>{label}</SaveButton>
      </Group>
    </Form>
  )
}
