import type { Bill, UpdateBillBody } from '@aliquot/contracts'
import { sql } from 'kysely'
import { cancelReports, extendOrder, updateOrder } from '#modules/reports'
import { refuseIf, type FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { insertItems } from './create-bill.ts'
import { billingErrors } from './errors.ts'
import { fitClaim } from './fit-claim.ts'
import { getBill } from './get-bill.ts'
import { lockOpenBill, type LockedBill } from './lock-bill.ts'
import { lookForGaps } from './look-for-gaps.ts'
import { totalsOf } from './money.ts'
import { partiesOf } from './parties.ts'
import { holdCredit } from './take-payments.ts'
import { beyondAllowed, demand, priceItems, type PricedItem } from './price-items.ts'

/**
 * Changes a bill: items, prices, discounts, ICD, organisation, doctor. What is left out stays. Added items order their tests under the same
 * accession, removed ones cancel theirs, which is refused once a test has results. A total below what was paid leaves the bill overpaid.
 */
export async function updateBill(tx: Tx, billId: number, body: UpdateBillBody): Promise<Bill> {
  const bill = await lockOpenBill(tx, billId, body.version)
  const facts = {
    organisationId: body.organisationId === undefined ? bill.organisationId : body.organisationId,
    doctorId: body.doctorId === undefined ? bill.doctorId : body.doctorId,
    priority: body.priority ?? bill.priority,
    icd: body.icd ?? bill.icd,
    discountReason: body.discountReason === undefined ? bill.discountReason : body.discountReason,
    notes: body.notes === undefined ? bill.notes : body.notes,
  }
  const parties = await partiesOf(tx, { patientId: bill.patientId, ...facts })
  const removed = new Set(body.removeItemIds ?? [])
  const kept = bill.items.filter(({ id }) => !removed.has(id))
  const errors = [...parties.errors, ...unknownItems(bill, body), ...repriced(tx, kept, body)]
  const { items: added, errors: addErrors } = await priceItems(tx, body.addItems ?? [], parties.discountPercent,
    new Set(kept.flatMap(({ testIds }) => testIds)), '/addItems')
  if (kept.length + added.length === 0) errors.push({ path: '/removeItemIds', message: 'A bill needs at least one item; cancel it instead',
    code: 'billing.no_items_left' })
  refuseIf([...errors, ...addErrors])
  refuseIf(beyondAllowed(added, parties.allowed, '/addItems'))

  if (body.discount !== undefined && body.discount !== bill.discount) demand(tx, 'billing.give_discounts')
  const totals = totalsOf([...kept, ...added], body.discount ?? bill.discount)
  if (totals.total < 0) throw billingErrors.discount_too_large({},
    { errors: [{ path: '/discount', message: 'is larger than the sum of the items', code: 'billing.discount_too_large' }] })

  if (facts.organisationId !== bill.organisationId) await checkCredit(tx, bill, facts.organisationId, parties.creditLimit)
  if (removed.size > 0) await cancelReports(tx, { billItemIds: [...removed], reason: 'taken off the bill' })
  await fitClaim(tx, bill, totals.total)
  await writeItems(tx, bill, kept)
  await sql`
    with moved as (
      update billing.payment set organisation_id = ${facts.organisationId}
      where bill_id = ${billId} and method = 'credit' and organisation_id is distinct from ${facts.organisationId}
    )
    update billing.bill set version = version + 1, priority = ${facts.priority}, organisation_id = ${facts.organisationId},
      doctor_id = ${facts.doctorId}, icd = ${JSON.stringify(facts.icd)},
      subtotal = ${totals.subtotal}, discount = ${totals.discount}, total = ${totals.total},
      discount_reason = ${facts.discountReason}, notes = ${facts.notes}
    where id = ${billId}`.execute(tx.db)
  await updateOrder(tx, billId, facts)
  await orderAdded(tx, bill, added)
  tx.record('billing.bill_updated', bill, { added: added.map(({ code }) => code).join(', '), removed: removed.size, total: totals.total })
  await lookForGaps(tx, bill, parties, facts)
  return getBill(tx.reader, tx.actor.labId, billId)
}

/** What was charged on credit is going to be charged to the new organisation. */
async function checkCredit(tx: Tx, { credit }: LockedBill, organisationId: number | null, limit: number | null): Promise<void> {
  if (credit === 0) return
  const message = 'What was charged on credit needs an organisation'
  if (organisationId === null) refuseIf([{ path: '/organisationId', message, code: 'billing.credit_needs_organisation' }])
  await holdCredit(tx, organisationId, limit, credit)
}

function unknownItems(bill: LockedBill, body: UpdateBillBody): FieldError[] {
  const known = new Set(bill.items.map(({ id }) => id))
  const check = (id: number, path: string): FieldError[] =>
    (known.has(id) ? [] : [{ path, message: 'There is no such item on this bill', code: 'billing.unknown_item' }])
  return [...(body.removeItemIds ?? []).flatMap((id, index) => check(id, `/removeItemIds/${index}`)),
    ...(body.updateItems ?? []).flatMap(({ itemId }, index) => check(itemId, `/updateItems/${index}/itemId`))]
}

/** Applies new prices and discounts to the items in place. */
function repriced(tx: Tx, items: LockedBill['items'], { updateItems = [] }: UpdateBillBody): FieldError[] {
  if (updateItems.some(({ price }) => price !== undefined)) demand(tx, 'billing.change_prices')
  if (updateItems.some(({ discount }) => discount !== undefined)) demand(tx, 'billing.give_discounts')
  return updateItems.flatMap(({ itemId, price, discount }, index): FieldError[] => {
    const item = items.find(({ id }) => id === itemId)
    if (!item) return []
    item.price = price ?? item.price
    item.discount = discount ?? item.discount
    return item.discount > item.price ? [{ path: `/updateItems/${index}/discount`, message: 'is larger than the price',
      code: 'billing.discount_too_large' }] : []
  })
}

async function writeItems(tx: Tx, bill: LockedBill, kept: LockedBill['items']): Promise<void> {
  await sql`
    update billing.bill_item i set price = coalesce(n.price, i.price), discount = coalesce(n.discount, i.discount), removed_at = case
      when n.id is null then ${tx.now}::timestamptz end
    from (select id from billing.bill_item where bill_id = ${bill.id} and removed_at is null) old
      left join jsonb_to_recordset(${JSON.stringify(kept.map(({ id, price, discount }) => ({ id, price, discount })))}) as n(id bigint, price bigint,
        discount bigint) on n.id = old.id
    where i.id = old.id and (n.id is null or (i.price, i.discount) is distinct from (n.price, n.discount))`.execute(tx.db)
}

async function orderAdded(tx: Tx, bill: LockedBill, added: PricedItem[]): Promise<void> {
  if (added.length === 0) return
  const { rows } = await sql<{ id: number }>`with item as (${insertItems(tx, sql`${bill.id}::bigint`, added)}) select id from item
    order by id`.execute(tx.db)
  await extendOrder(tx, bill.id, bill.patientId,
    added.flatMap(({ tests }, index) => tests.map((test) => ({ test, billItemId: rows[index]?.id ?? 0 }))))
}
