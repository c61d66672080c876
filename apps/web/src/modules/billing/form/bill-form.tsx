import type { Insurance, PatientBrief } from '@aliquot/contracts'
import type { UseFormReturnType } from '@mantine/form'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession, useShortcuts } from '../../../platform/index.ts'
import { Form, Money } from '../../../ui/index.ts'
import { focusFirst } from '../../../ui/focus-first.ts'
import { lineOf, sumsOf, type BillValues, type LineValues } from './bill-values.ts'
import classes from './form.module.css'
import { LineRows } from './line-rows.tsx'
import { OrderFields } from './order-fields.tsx'
import { OrderablePicker } from './orderable-picker.tsx'
import { PaymentFields } from './payment-fields.tsx'
import { PolicyField } from './policy-field.tsx'
import { SumsFields } from './sums.tsx'
import { Tubes } from './tubes.tsx'
import { useOrderables } from './use-orderables.ts'

interface BillFormProps {
  form: UseFormReturnType<BillValues>
  patient: Pick<PatientBrief, 'id'>
  currency: string
  saveLabel: string
  /** Of the patient, for a new bill. */
  policies?: readonly Insurance[]
  /** Of a bill that exists. */
  alreadyPaid?: number
  isNew: boolean
  onSave: (values: BillValues) => void
  /** Buttons at the end. */
  children: ReactNode
}

/** Tests at the left, sums and payment at the right, always in sight. */
export function BillForm({ form, patient, currency, saveLabel, policies = [], alreadyPaid = 0, isNew, onSave, children }: BillFormProps) {
  const { t } = useTranslation('billing')
  const { can } = useSession()
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const side = useRef<HTMLDivElement>(null)
  const orderables = useOrderables(patient.id, form.values.organisation?.id ?? null)
  const sums = sumsOf(form.values, alreadyPaid)
  const paying = isNew && can('billing.take_payments')
  useShortcuts([{ keys: 'a', label: t('picker.label'), run: () => picker.current?.focus() }])

  const { data: all, isPlaceholderData } = orderables
  const { setFieldValue } = form
  useEffect(() => {
    if (!all || isPlaceholderData) return
    // Another organisation pays other prices; what is on the bill already keeps its own.
    const prices = new Map(all.map(({ kind, id, price }) => [`${kind}:${id}`, price]))
    setFieldValue('items', (items) => repriced(items, prices))
  }, [all, isPlaceholderData, setFieldValue])

  const save = (values: BillValues) => {
    if (text.trim() === '') return onSave(values)
    // Half a word in the field may be a test that somebody believes to be on the bill.
    form.setFieldError('items', t('picker.unfinished', { text: text.trim() }))
    picker.current?.select()
  }

  return (
    <Form
      saveLabel={saveLabel}
      onSubmit={form.onSubmit(save, (errors) => (errors.items ? picker.current?.focus() : focusFirst(form, errors)))}
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          <OrderablePicker
            field={picker} all={all} failed={orderables.isError} lines={form.values.items} error={form.errors.items}
            hint={t(paying ? 'picker.hint' : 'picker.hint_save')} text={text} onText={setText}
            onAdd={(orderable) => {
              form.insertListItem('items', lineOf(orderable))
              form.clearFieldError('items')
            }}
            onDone={() => side.current?.querySelector<HTMLInputElement>('[data-payment], button[type="submit"]')?.focus()}
          />
          <LineRows form={form} currency={currency} onRemoved={() => picker.current?.focus()} />
          <Tubes lines={form.values.items} all={all} />
          <OrderFields form={form} collecting={isNew} />
        </div>
        <div className={classes.side} ref={side}>
          <SumsFields form={form} sums={sums} currency={currency}>
            {policies.length > 0 && <PolicyField form={form} policies={policies} insured={sums.insured} currency={currency} />}
            {paying && <PaymentFields form={form} currency={currency} due={sums.due} />}
            {alreadyPaid > 0 && <div className={classes.sum}><span>{t('sums.paid')}</span><Money amount={alreadyPaid} currency={currency} /></div>}
          </SumsFields>
          <div className={classes.buttons}>{children}</div>
        </div>
      </div>
    </Form>
  )
}

/** The same list where nothing changes, so that an untouched form stays untouched. */
function repriced(lines: LineValues[], prices: ReadonlyMap<string, number>): LineValues[] {
  const next = lines.map((line) => {
    const listPrice = prices.get(`${line.kind}:${line.id}`)
    return line.itemId !== null || listPrice === undefined || listPrice === line.listPrice ? line : { ...line, listPrice }
  })
  return next.some((line, at) => line !== lines[at]) ? next : lines
}
