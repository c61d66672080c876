import { Type } from 'typebox'
import type { Static } from 'typebox'
import { ChargeInput, Claim } from './billing-claims.ts'
import { Accession } from './reports-accessions.ts'
import { OrderableKind } from './catalog.ts'
import { OpenDetail } from './missing-details.ts'
import { PatientBrief } from './patients.ts'
import { route } from './route.ts'
import { distinct, filledList, line, list, nullable, oneOf, record, text } from './schema.ts'
import {
  ActorRef, Amount, Balance, Currency, DateTime, FileBytes, IcdCode, IcdCodes, Id, Page, Priority, Reason, Ref, Version, VersionedReasonBody,
  dayRangeQuery, missingFields, pageQuery, searchQuery,
} from './shared.ts'

export const BillStatus = oneOf(['open', 'cancelled'])
export type BillStatus = Static<typeof BillStatus>
export const PaymentStatus = oneOf(['unpaid', 'part_paid', 'paid', 'overpaid'])
export type PaymentStatus = Static<typeof PaymentStatus>
/** `credit` charges the account of the organisation. */
export const PaymentMethod = oneOf(['cash', 'card', 'upi', 'transfer', 'credit'])
export type PaymentMethod = Static<typeof PaymentMethod>

/** `orderableId` is the test's or the panel's. A panel is one item with a report for each of its tests. */
export const BillItem = record({
  id: Id,
  kind: OrderableKind,
  orderableId: Id,
  code: Type.String(),
  name: Type.String(),
  price: Amount,
  discount: Amount,
  total: Amount,
  removed: Type.Boolean(),
  reportIds: Type.Array(Id),
})
export type BillItem = Static<typeof BillItem>

/** `insurance` comes from a claim that was settled. */
export const Payment = record({
  id: Id, kind: oneOf(['payment', 'refund']), amount: Amount, method: oneOf([...PaymentMethod.enum, 'insurance']), reference: nullable(Type.String()),
  reason: nullable(Type.String()), at: DateTime, by: ActorRef,
})
export type Payment = Static<typeof Payment>

const billFields = {
  id: Id,
  version: Version,
  number: Type.String(),
  invoiceNumber: nullable(Type.String({ description: 'without gaps, so given late: null until then' })),
  status: BillStatus,
  paymentStatus: PaymentStatus,
  priority: Priority,
  patient: PatientBrief,
  organisation: nullable(Ref),
  doctor: nullable(Ref),
  items: Type.Array(BillItem),
  icd: Type.Array(IcdCode),
  currency: Currency,
  subtotal: Amount,
  discount: Amount,
  total: Amount,
  paid: Amount,
  due: Balance,
  insured: Amount,
  patientDue: Balance,
  ...missingFields,
  orderedAt: DateTime,
}
/**
 * A bill in lists. `subtotal` is the sum of the items after their own discounts, `discount` is given on the whole. `insured` is expected of an insurer; `patientDue`
 * is what is due without it.
 */
export const BillSummary = record(billFields)
export type BillSummary = Static<typeof BillSummary>

export const Bill = record({
  ...billFields,
  discountReason: nullable(Type.String()),
  notes: nullable(Type.String()),
  missingDetails: Type.Array(OpenDetail),
  payments: Type.Array(Payment),
  claims: Type.Array(Claim),
  accession: Accession,
  orderedBy: ActorRef,
  cancelledAt: nullable(DateTime),
  cancelReason: nullable(Type.String()),
})
export type Bill = Static<typeof Bill>

const price = { price: Type.Optional(Amount), discount: Type.Optional(Amount) }
/** `id` is the test's or the panel's. Without a price, the price list's for the organisation counts. */
export const BillItemInput = record({ kind: OrderableKind, id: Id, ...price })
export type BillItemInput = Static<typeof BillItemInput>

const paymentInput = {
  amount: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, description: 'minor units of the bill\'s currency' }),
  method: PaymentMethod,
  reference: Type.Optional(nullable(line(80))),
}
export const PaymentInput = record(paymentInput)
export type PaymentInput = Static<typeof PaymentInput>

export const CreateBillBody = record({
  patientId: Id,
  items: filledList(BillItemInput, 200),
  organisationId: Type.Optional(nullable(Id)),
  doctorId: Type.Optional(nullable(Id)),
  priority: Type.Optional(Priority),
  icd: Type.Optional(IcdCodes),
  discount: Type.Optional(Amount),
  discountReason: Type.Optional(nullable(line(200))),
  payments: Type.Optional(list(PaymentInput, 10)),
  insurance: Type.Optional(ChargeInput),
  collectNow: Type.Optional(Type.Boolean({ description: 'the specimens are drawn at the desk: mark them collected' })),
  notes: Type.Optional(nullable(text(2000))),
})
export type CreateBillBody = Static<typeof CreateBillBody>

export const createBill = route({
  method: 'POST', path: '/api/billing/bills', permission: 'billing.create',
  summary: 'Bill tests: orders the reports and their accession in the same transaction', tags: ['billing'],
  body: CreateBillBody, response: Bill, status: 201,
  errors: [
    'billing.discount_too_large', 'billing.payment_too_large', 'billing.credit_limit_exceeded', 'billing.claim_too_large', 'patients.merged',
  ],
  statements: 20,
})

export const listBills = route({
  method: 'GET', path: '/api/billing/bills', permission: 'billing.view',
  summary: 'Bills with patient, organisation, items and ICD, newest first', tags: ['billing'],
  query: record({
    ...pageQuery, ...searchQuery, ...dayRangeQuery,
    organisationId: Type.Optional(Id),
    patientId: Type.Optional(Id),
    status: Type.Optional(BillStatus),
    paymentStatus: Type.Optional(distinct(PaymentStatus, 4)),
    dueOnly: Type.Optional(Type.Boolean()),
  }),
  response: Page(BillSummary), statements: 6,
})

const billParams = record({ billId: Id })

export const getBill = route({
  method: 'GET', path: '/api/billing/bills/:billId', permission: 'billing.view',
  summary: 'One bill with its payments, accession, specimens and reports', tags: ['billing'],
  params: billParams, response: Bill, statements: 12,
})

/** What is left out stays. Lists of ICD codes are replaced as a whole. */
export const UpdateBillBody = record({
  version: Version,
  addItems: Type.Optional(list(BillItemInput, 200)),
  updateItems: Type.Optional(list(record({ itemId: Id, ...price }), 200)),
  removeItemIds: Type.Optional(distinct(Id, 200)),
  discount: Type.Optional(Amount),
  discountReason: Type.Optional(nullable(line(200))),
  icd: Type.Optional(IcdCodes),
  organisationId: Type.Optional(nullable(Id)),
  doctorId: Type.Optional(nullable(Id)),
  priority: Type.Optional(Priority),
  notes: Type.Optional(nullable(text(2000))),
})
export type UpdateBillBody = Static<typeof UpdateBillBody>

export const updateBill = route({
  method: 'POST', path: '/api-v3/finance/bill/:labBillId/update', permission: 'billing.update',
  summary: 'Change a bill: items, prices, discounts, ICD, organisation, doctor', tags: ['billing'],
  params: record({ labBillId: Id }), body: UpdateBillBody, response: Bill,
  errors: [
    'platform.stale_version', 'billing.bill_cancelled', 'reports.already_started', 'billing.discount_too_large',
    'billing.credit_limit_exceeded', 'billing.claim_sent', 'patients.merged',
  ],
  statements: 25,
})

export const addPayment = route({
  method: 'POST', path: '/api/billing/bills/:billId/payments', permission: ['billing.take_payments', 'billing.refund'],
  summary: 'Take a payment or pay money back', tags: ['billing'],
  params: billParams,
  body: record({ version: Version, kind: oneOf(['payment', 'refund']), ...paymentInput, reason: Type.Optional(nullable(Reason)) }),
  response: Bill, status: 201,
  errors: [
    'platform.stale_version', 'billing.bill_cancelled', 'billing.payment_too_large', 'billing.refund_too_large', 'billing.credit_limit_exceeded',
  ],
  statements: 17,
})

export const cancelBill = route({
  method: 'POST', path: '/api/billing/bills/:billId/cancel', permission: 'billing.cancel',
  summary: 'Cancel a bill and the tests it ordered', tags: ['billing'],
  params: billParams, body: VersionedReasonBody, response: Bill,
  errors: ['platform.stale_version', 'billing.bill_cancelled', 'billing.claim_sent', 'reports.already_started'], statements: 20,
})

export const chargeToInsurance = route({
  method: 'POST', path: '/api/billing/bills/:billId/insurance', permission: ['billing.update', 'billing.manage_claims'],
  summary: 'Charge a bill to a policy of its patient: a claim in draft', tags: ['billing'],
  params: billParams, body: record({ version: Version, ...ChargeInput.properties }), response: Bill, status: 201,
  errors: ['platform.stale_version', 'billing.bill_cancelled', 'billing.already_claimed', 'billing.claim_too_large'], statements: 17,
})

export const getInvoicePdf = route({
  method: 'GET', path: '/api/billing/bills/:billId/invoice.pdf', permission: 'billing.view',
  summary: 'The invoice or receipt; gives the bill its invoice number if it has none yet', tags: ['billing'],
  params: billParams, query: record({ paper: Type.Optional(oneOf(['a4', 'thermal'])) }),
  response: FileBytes, produces: 'application/pdf', statements: 16,
})
