import type { Bill, BodyOf, addPayment as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { billingErrors } from './errors.ts'
import { getBill } from './get-bill.ts'
import { lockBill } from './lock-bill.ts'
import { partiesOf } from './parties.ts'
import { demand } from './price-items.ts'
import { writePayments } from './take-payments.ts'

/** Takes a payment, at most what is due of the patient, or pays money back, at most what was paid: of a cancelled bill too, but that takes no payment. */
export async function addPayment(tx: Tx, billId: number, { version, ...entry }: BodyOf<typeof contract>): Promise<Bill> {
  demand(tx, entry.kind === 'payment' ? 'billing.take_payments' : 'billing.refund')
  const bill = await lockBill(tx, billId, version)
  if (bill.status === 'cancelled' && entry.kind === 'payment') throw billingErrors.bill_cancelled()
  const due = bill.total - bill.paid - bill.insured
  const most = entry.method === 'credit' ? bill.credit : bill.paid
  if (entry.kind === 'payment' && entry.amount > due) throw billingErrors.payment_too_large({}, { detail: { due } })
  if (entry.kind === 'refund' && entry.amount > most) throw billingErrors.refund_too_large({}, { detail: { paid: most } })
  await writePayments(tx, bill, await partiesOf(tx, bill), [entry], '')
  await sql`update billing.bill set version = version + 1, paid = paid + ${entry.kind === 'payment' ? entry.amount : -entry.amount}
    where id = ${billId}`.execute(tx.db)
  tx.record(entry.kind === 'payment' ? 'billing.paid' : 'billing.refunded', bill, { amount: entry.amount, method: entry.method })
  return getBill(tx.reader, tx.actor.labId, billId)
}
