import type { Bill, CreateBillBody } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { orderReports } from '#modules/reports'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { openClaim } from './charge-to-insurance.ts'
import { billingErrors } from './errors.ts'
import { getBill } from './get-bill.ts'
import { lookForGaps } from './look-for-gaps.ts'
import { totalsOf } from './money.ts'
import { partiesOf } from './parties.ts'
import { beyondAllowed, demand, priceItems, type PricedItem } from './price-items.ts'
import { writePayments } from './take-payments.ts'

/** Bills tests and orders their reports in the same transaction, in a constant number of statements whatever the number of items. */
export async function createBill(tx: Tx, body: CreateBillBody): Promise<Bill> {
  const { currency } = await labProfile(tx.actor.labId)
  const party = { patientId: body.patientId, organisationId: body.organisationId ?? null, doctorId: body.doctorId ?? null }
  const parties = await partiesOf(tx, party)
  const { items, errors } = await priceItems(tx, body.items, parties.discountPercent, new Set(), '/items')
  refuseIf([...parties.errors, ...errors])
  refuseIf(beyondAllowed(items, parties.allowed, '/items'))

  if (body.discount) demand(tx, 'billing.give_discounts')
  const totals = totalsOf(items, body.discount ?? 0)
  if (totals.total < 0) throw billingErrors.discount_too_large({},
    { errors: [{ path: '/discount', message: 'is larger than the sum of the items', code: 'billing.discount_too_large' }] })
  const { payments, paid } = paymentsOf(tx, body, totals.total)
  if (body.collectNow) demand(tx, 'reports.collect')

  const priority = body.priority ?? 'routine'
  const icd = body.icd ?? []
  const { rows: [made] } = await sql<{ id: number; number: string; itemIds: number[] }>`
    with bill as (
      insert into billing.bill (lab_id, number, status, priority, patient_id, organisation_id, doctor_id, currency, subtotal, discount,
        discount_reason, total, paid, icd, notes, ordered_at, ordered_by)
      values (${tx.actor.labId}, 'B' || lpad(labs.next_number('bill')::text, 6, '0'), 'open', ${priority}, ${body.patientId},
        ${party.organisationId}, ${party.doctorId}, ${currency},
        ${totals.subtotal}, ${totals.discount}, ${body.discountReason ?? null}, ${totals.total}, ${paid}, ${JSON.stringify(icd)},
          ${body.notes ?? null}, ${tx.now}, ${tx.actor.accountId})
      returning id, number
    ), item as (${insertItems(tx, sql`(select id from bill)`, items)})
    select bill.id, bill.number, (select jsonb_agg(item.id order by item.id) from item) as "itemIds" from bill`.execute(tx.db)
  if (!made) throw new Error('the bill was not made')
  await orderReports(tx, {
    ...party, billId: made.id, billNumber: made.number, icd, priority, collectNow: body.collectNow ?? false,
    tests: items.flatMap(({ tests }, index) => tests.map((test) => ({ test, billItemId: made.itemIds[index] ?? 0 }))),
  })
  await writePayments(tx, { id: made.id, organisationId: party.organisationId }, parties, payments, '/payments')
  const charged = { ...made, patientId: body.patientId, total: totals.total, paid, insured: 0 }
  if (body.insurance) await openClaim(tx, charged, body.insurance, '/insurance')
  tx.record('billing.billed', { id: made.id, patientId: body.patientId, number: made.number },
    { items: items.map(({ code }) => code).join(', '), total: totals.total, currency })
  await lookForGaps(tx, made, parties, { ...party, icd, priority, discountReason: body.discountReason ?? null, notes: body.notes ?? null })
  // No job key: bills placed at once would queue for the one job's row. The job numbers whatever is there, so most find nothing to do.
  tx.enqueue('billing.issue_invoice_numbers')
  return getBill(tx.reader, tx.actor.labId, made.id)
}

function paymentsOf(tx: Tx, body: CreateBillBody, total: number) {
  const payments = (body.payments ?? []).map((payment) => ({ ...payment, kind: 'payment' as const }))
  if (payments.length > 0) demand(tx, 'billing.take_payments')
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0)
  if (paid > total) throw billingErrors.payment_too_large({}, { detail: { due: total } })
  return { payments, paid }
}

/** Inserts items in their order, answering their ids. */
export const insertItems = (tx: Tx, billId: ReturnType<typeof sql>, items: PricedItem[]) => sql`
  insert into billing.bill_item (lab_id, bill_id, kind, orderable_id, code, name, price, discount)
  select ${tx.actor.labId}, ${billId}, kind, orderable, code, name, price, discount
  from jsonb_to_recordset(${JSON.stringify(items.map(({ tests: _, orderableId, ...item }, place) => ({ ...item, orderable: orderableId, place })))})
    as i(kind text, orderable bigint, code text, name text, price bigint, discount bigint, place int) order by i.place
  returning id`
