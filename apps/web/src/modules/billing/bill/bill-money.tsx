import type { Bill } from '@aliquot/contracts'
import { Button, Modal } from '@mantine/core'
import { IconArrowBackUp, IconCash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession, useShortcuts } from '../../../platform/index.ts'
import { DateTime, KeyHint, Money } from '../../../ui/index.ts'
import { BillInsurance } from './bill-insurance.tsx'
import classes from './bill.module.css'
import { PaymentForm } from './payment-form.tsx'

/** What it costs, what was paid, and what is left to pay or to pay back. */
export function BillMoney({ bill }: { bill: Bill }) {
  const { t } = useTranslation('billing')
  const { can } = useSession()
  const [taking, setTaking] = useState<'payment' | 'refund' | null>(null)
  const { currency } = bill
  const open = bill.status === 'open'
  const mayPay = open && bill.patientDue > 0 && can('billing.take_payments')
  const mayRefund = bill.paid > 0 && can('billing.refund')
  useShortcuts(mayPay ? [{ keys: 'p', label: t('payment.take'), run: () => setTaking('payment') }] : [])
  return (
    <aside className={classes.money} aria-label={t('bill.money')}>
      <dl className={classes.sums}>
        <div><dt>{t('sums.items')}</dt><dd><Money amount={bill.subtotal} currency={currency} /></dd></div>
        {bill.discount > 0 && (
          <div>
            <dt>{t('sums.discount')}{bill.discountReason && <span className={classes.quiet}> {bill.discountReason}</span>}</dt>
            <dd>− <Money amount={bill.discount} currency={currency} /></dd>
          </div>
        )}
        <div className={classes.total}><dt>{t('sums.total')}</dt><dd><Money amount={bill.total} currency={currency} /></dd></div>
        <div><dt>{t('sums.paid')}</dt><dd><Money amount={bill.paid} currency={currency} /></dd></div>
        {bill.insured > 0 && <div><dt>{t('sums.insured')}</dt><dd><Money amount={bill.insured} currency={currency} /></dd></div>}
        <div className={classes.due}>
          <dt>{bill.patientDue < 0 ? t('sums.over') : bill.insured > 0 ? t('sums.patient_due') : t('sums.due')}</dt>
          <dd><Money amount={Math.abs(bill.patientDue)} currency={currency} due={open && bill.patientDue > 0} /></dd>
        </div>
      </dl>
      <div className={classes.pay}>
        {mayPay && (
          <Button leftSection={<IconCash size={16} />} rightSection={<KeyHint keys="p" />} onClick={() => setTaking('payment')}>
            {t('payment.take')}
          </Button>
        )}
        {mayRefund && (
          <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setTaking('refund')}>{t('payment.refund')}</Button>
        )}
      </div>
      <BillInsurance bill={bill} />
      {bill.payments.length > 0 && (
        <>
          <h2>{t('payment.title')}</h2>
          <ul className={classes.payments}>
            {bill.payments.map((payment) => (
              <li key={payment.id}>
                <span>
                  {payment.kind === 'refund' ? t('payment.refunded', { method: t(`method.${payment.method}`) }) : t(`method.${payment.method}`)}
                  <span className={classes.quiet}>{[payment.reference, payment.reason].filter(Boolean).map((text) => ` · ${text}`)}</span>
                </span>
                <span data-align="right">{payment.kind === 'refund' && '− '}<Money amount={payment.amount} currency={currency} /></span>
                <span className={classes.quiet}><DateTime at={payment.at} /> · {payment.by.name}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Modal
        opened={taking !== null} onClose={() => setTaking(null)}
        title={taking === 'refund' ? t('payment.refund_title') : t('payment.take_title')}
      >
        {taking && <PaymentForm bill={bill} kind={taking} onClose={() => setTaking(null)} />}
      </Modal>
    </aside>
  )
}
