import type {
  Bill, BillItemInput, CreateBillBody, Orderable, OrderableKind, PaymentMethod, Priority, Ref, ReportStatus, UpdateBillBody,
} from '@aliquot/contracts'
import type { Choice } from '../../../ui/index.ts'

export interface LineValues {
  key: string
  /** Of an item that is on the bill already. */
  itemId: number | null
  kind: OrderableKind
  id: number
  code: string
  name: string
  testIds: readonly number[]
  /** By the price list, or what the item has cost so far. */
  listPrice: number
  /** Another price than the list's. */
  price: number | null
  discount: number | null
  removed: boolean
  /** Work on it has begun: it stays on the bill. */
  begun: boolean
}

export interface PaymentValues {
  key: string
  method: PaymentMethod
  amount: number | null
  reference: string
}

export interface PolicyValues {
  id: number
  coveragePercent: number
}

export interface BillValues {
  items: LineValues[]
  organisation: Choice<unknown> | null
  doctor: Choice<unknown> | null
  priority: Priority
  icd: { key: string; code: string; description: string }[]
  discount: number | null
  discountReason: string
  payments: PaymentValues[]
  /** Of a new bill: the policy that pays its part. */
  policy: PolicyValues | null
  collectNow: boolean
  notes: string
}

export const serverFields = { 'insurance.policyId': 'policy', 'insurance.amount': 'policy', organisationId: 'organisation', doctorId: 'doctor' }

const choice = (ref: Ref | null): Choice<unknown> | null => ref && { id: ref.id, label: ref.name }

export function newBill(patient: { organisation: Ref | null; doctor: Ref | null }, collectNow: boolean): BillValues {
  return {
    items: [], organisation: choice(patient.organisation), doctor: choice(patient.doctor), priority: 'routine', icd: [], discount: null,
    discountReason: '',
    payments: [{ key: 'first', method: 'cash', amount: null, reference: '' }], policy: null, collectNow, notes: '',
  }
}

export function lineOf(orderable: Orderable): LineValues {
  return {
    key: `${orderable.kind}:${orderable.id}`, itemId: null, kind: orderable.kind, id: orderable.id, code: orderable.code,
    name: orderable.name, testIds: orderable.testIds,
    listPrice: orderable.price, price: null, discount: null, removed: false, begun: false,
  }
}

const notBegun: readonly ReportStatus[] = ['ordered', 'collected', 'received', 'cancelled']

export function valuesOf(bill: Bill): BillValues {
  const reports = new Map(bill.accession.reports.map((report) => [report.id, report]))
  return {
    items: bill.items.filter(({ removed }) => !removed).map((item) => {
      const ordered = item.reportIds.flatMap((id) => reports.get(id) ?? [])
      return {
        key: `item:${item.id}`, itemId: item.id, kind: item.kind, id: item.orderableId, code: item.code, name: item.name,
        testIds: ordered.map(({ test }) => test.id),
        listPrice: item.price, price: null, discount: item.discount || null, removed: false,
        begun: ordered.some(({ status }) => !notBegun.includes(status)),
      }
    }),
    organisation: choice(bill.organisation), doctor: choice(bill.doctor), priority: bill.priority,
    icd: bill.icd.map(({ code, description }) => ({ key: code, code, description })), discount: bill.discount || null,
    discountReason: bill.discountReason ?? '',
    payments: [], policy: null, collectNow: false, notes: bill.notes ?? '',
  }
}

export const priceOf = ({ price, listPrice }: Pick<LineValues, 'price' | 'listPrice'>): number => price ?? listPrice

export interface Sums {
  /** The items at their prices. */
  gross: number
  itemDiscounts: number
  subtotal: number
  discount: number
  total: number
  paid: number
  /** What the chosen policy covers; the rest is due of the patient. */
  insured: number
  due: number
}

/** All in minor units; the same sums as the server's. */
export function sumsOf({ items, discount, payments, policy }: Pick<BillValues, 'items' | 'discount' | 'payments' | 'policy'>, alreadyPaid = 0): Sums {
  const lines = items.filter(({ removed }) => !removed)
  const gross = lines.reduce((sum, line) => sum + priceOf(line), 0)
  const itemDiscounts = lines.reduce((sum, line) => sum + (line.discount ?? 0), 0)
  const subtotal = gross - itemDiscounts
  const total = subtotal - (discount ?? 0)
  const paid = payments.reduce((sum, { amount }) => sum + (amount ?? 0), alreadyPaid)
  const insured = policy && total > 0 ? Number(BigInt(total) * BigInt(Math.round(policy.coveragePercent * 100)) / 10_000n) : 0
  return { gross, itemDiscounts, subtotal, discount: discount ?? 0, total, paid, insured, due: total - paid - insured }
}

const orNull = (text: string): string | null => text.trim() || null

const inputOf = ({ kind, id, price, discount }: LineValues): BillItemInput => ({
  kind, id, ...(price === null ? {} : { price }), ...(discount ? { discount } : {}),
})

const icdOf = ({ icd }: BillValues) =>
  icd.filter(({ code }) => code.trim()).map(({ code, description }) => ({ code: code.trim().toUpperCase(), description: description.trim() }))

/** Payments of nothing are left out; where each stands in the form is needed to say where an error belongs. */
export function sentPayments({ payments }: BillValues) {
  return payments.flatMap(({ amount, method, reference }, at) => {
    const said = reference.trim()
    return amount ? [{ at, payment: { amount, method, ...(said ? { reference: said } : {}) } }] : []
  })
}

export function creation(values: BillValues, patientId: number): CreateBillBody {
  return {
    patientId, items: values.items.map(inputOf), organisationId: values.organisation?.id ?? null, doctorId: values.doctor?.id ?? null,
    priority: values.priority,
    icd: icdOf(values), notes: orNull(values.notes), collectNow: values.collectNow,
    ...(values.discount ? { discount: values.discount, discountReason: orNull(values.discountReason) } : {}),
    payments: sentPayments(values).map(({ payment }) => payment),
    ...(values.policy ? { insurance: { policyId: values.policy.id } } : {}),
  }
}

export interface Update {
  body: Omit<UpdateBillBody, 'version'>
  /** Where the server's paths lead in the form: `addItems.0` → `items.3`. */
  fields: Record<string, string>
}

const changeOf = ({ line, itemId }: { line: LineValues; itemId: number }) => ({ itemId, price: priceOf(line), discount: line.discount ?? 0 })

/** What differs from the bill as it was read; a colleague's other changes stay. */
export function update(values: BillValues, before: BillValues): Update {
  const old = new Map(before.items.map((line) => [line.itemId, line]))
  const places = values.items.map((line, at) => ({ line, at }))
  const added = places.filter(({ line }) => line.itemId === null && !line.removed)
  const known = places.flatMap(({ line, at }) => (line.itemId === null ? [] : [{ line, at, itemId: line.itemId }]))
  const removed = known.filter(({ line }) => line.removed)
  const changed = known.filter(({ line, itemId }) => !line.removed && differs(line, old.get(itemId)))
  const differ = (name: keyof UpdateBillBody, of: (value: BillValues) => unknown) =>
    (JSON.stringify(of(values)) === JSON.stringify(of(before)) ? [] : [[name, of(values)] as const])
  const rest = Object.fromEntries([
    ...differ('priority', ({ priority }) => priority), ...differ('icd', icdOf), ...differ('discount', ({ discount }) => discount ?? 0),
    ...differ('discountReason', ({ discountReason }) => orNull(discountReason)), ...differ('notes', ({ notes }) => orNull(notes)),
    ...differ('organisationId', ({ organisation }) => organisation?.id ?? null), ...differ('doctorId', ({ doctor }) => doctor?.id ?? null),
  ]) as Update['body']
  return {
    body: {
      ...rest,
      ...(added.length > 0 ? { addItems: added.map(({ line }) => inputOf(line)) } : {}),
      ...(changed.length > 0 ? { updateItems: changed.map(changeOf) } : {}),
      ...(removed.length > 0 ? { removeItemIds: removed.map(({ itemId }) => itemId) } : {}),
    },
    fields: Object.fromEntries([
      ...Object.entries(serverFields),
      ...added.map(({ at }, index) => [`addItems.${index}`, `items.${at}`]),
      ...changed.map(({ at }, index) => [`updateItems.${index}`, `items.${at}`]),
      ...removed.map(({ at }, index) => [`removeItemIds.${index}`, `items.${at}.id`]),
    ]),
  }
}

function differs(line: LineValues, old: LineValues | undefined): boolean {
  return old !== undefined && (priceOf(line) !== priceOf(old) || (line.discount ?? 0) !== (old.discount ?? 0))
}

type Say = (key: 'error.items' | 'error.discount' | 'error.bill_discount' | 'error.overpaid' | 'error.icd' | 'error.credit') => string

const icdCode = /^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$/

/** What the server would refuse, said before it is asked; all of it at once. */
export function billErrors(values: BillValues, t: Say, alreadyPaid = 0): Record<string, string> {
  const errors: Record<string, string> = {}
  const sums = sumsOf(values, alreadyPaid)
  if (values.items.every(({ removed }) => removed)) errors.items = t('error.items')
  values.items.forEach((line, at) => {
    if (!line.removed && (line.discount ?? 0) > priceOf(line)) errors[`items.${at}.discount`] = t('error.discount')
  })
  if (sums.discount > sums.subtotal) errors.discount = t('error.bill_discount')
  if (sums.paid - alreadyPaid > 0 && sums.due < 0) errors[`payments.${values.payments.length - 1}.amount`] = t('error.overpaid')
  values.payments.forEach(({ method, amount }, at) => {
    if (amount && method === 'credit' && !values.organisation) errors[`payments.${at}.method`] = t('error.credit')
  })
  values.icd.forEach(({ code }, at) => {
    if (code.trim() && !icdCode.test(code.trim().toUpperCase())) errors[`icd.${at}.code`] = t('error.icd')
  })
  return errors
}
