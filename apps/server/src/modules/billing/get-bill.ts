import type { Bill, BillSummary } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { billLacksDetails, openDetailsJson } from '#modules/missing-details'
import { accessionOfBill, patientBrief, patientJson } from '#modules/reports'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'
import { claimJson } from './claim-row.ts'
import { paymentStatusOf } from './money.ts'

export type BillRow = Omit<BillSummary, 'patient' | 'paymentStatus' | 'due' | 'patientDue' | 'hasMissingFields' | 'has_missing_fields'> & {
  missing: boolean
  patient: Omit<BillSummary['patient'], 'ageText'>
}

/** A bill as lists show it, for any statement that has billing.bill as b and patients.pub_patient as p. */
export const billColumns = sql`
  b.id, b.version, b.number, b.invoice_number::text as "invoiceNumber", b.status, b.priority, b.icd, b.currency, b.subtotal, b.discount, b.total,
  b.paid, b.insured, b.ordered_at as "orderedAt", p.has_missing_fields or ${billLacksDetails('b.lab_id', 'b.id')} as missing,
  ${patientJson} as patient,
  (select jsonb_build_object('id', o.id, 'name', o.name) from labs.pub_organisation o where o.id = b.organisation_id) as organisation,
  (select jsonb_build_object('id', d.id, 'name', d.name) from labs.pub_doctor d where d.id = b.doctor_id) as doctor,
  (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'orderableId', i.orderable_id, 'code', i.code, 'name', i.name,
      'price', i.price, 'discount', i.discount, 'total', i.price - i.discount, 'removed', i.removed_at is not null,
      'reportIds', (select coalesce(jsonb_agg(r.id order by r.id), '[]') from reports.pub_report r
        where r.lab_id = b.lab_id and r.bill_item_id = i.id)) order by i.id), '[]')
    from billing.bill_item i where i.bill_id = b.id) as items`

export function summaryOf<R extends BillRow>({ missing, patient, ...row }: R, timezone: string) {
  const due = (row.status === 'cancelled' ? 0 : row.total) - row.paid
  return {
    ...row, patient: patientBrief(patient, timezone), paymentStatus: paymentStatusOf(row.total, row.paid),
    due, patientDue: due - row.insured, hasMissingFields: missing, has_missing_fields: missing,
  }
}

/** One bill with its payments, accession, specimens and reports. */
export async function getBill(db: Reader, labId: number, id: number): Promise<Bill> {
  const { timezone } = await labProfile(labId)
  const { rows: [row] } = await sql<BillRow & Pick<Bill,
    'discountReason' | 'notes' | 'missingDetails' | 'payments' | 'orderedBy' | 'cancelledAt' | 'cancelReason' | 'claims'>>`
    select ${billColumns}, b.discount_reason as "discountReason", b.notes, b.cancelled_at as "cancelledAt", b.cancel_reason as "cancelReason",
      labs.account_ref(b.ordered_by, b.ordered_at) as "orderedBy",
      ${openDetailsJson({ lab: 'b.lab_id', patient: 'b.patient_id', bill: 'b.id' })} as "missingDetails",
      (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'kind', y.kind, 'amount', y.amount, 'method', y.method, 'reference', y.reference,
        'reason', y.reason, 'at', y.at,
        'by', labs.account_ref(y.by_account, y.at)) order by y.id), '[]') from billing.payment y where y.bill_id = b.id) as payments,
      (select coalesce(jsonb_agg(${claimJson} order by c.id), '[]') from billing.claim c where c.bill_id = b.id) as claims
    from billing.bill b join patients.pub_patient p on p.id = b.patient_id where b.id = ${id}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'bill' })
  return { ...summaryOf(row, timezone), accession: await accessionOfBill(db, labId, id) }
}
