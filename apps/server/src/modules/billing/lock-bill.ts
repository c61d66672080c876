import type { IcdCode } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { billingErrors } from './errors.ts'

export interface LockedItem {
  id: number
  kind: 'test' | 'panel'
  orderableId: number
  price: number
  discount: number
  testIds: number[]
}

export interface LockedBill {
  id: number
  version: number
  number: string
  status: 'open' | 'cancelled'
  priority: 'routine' | 'urgent' | 'stat'
  patientId: number
  organisationId: number | null
  doctorId: number | null
  discount: number
  discountReason: string | null
  total: number
  paid: number
  /** What of `paid` the organisation was charged on credit. */
  credit: number
  /** What of the total an insurer is expected to pay. */
  insured: number
  /** The claim that is under way. */
  claim: { id: number; patientId: number; number: string; status: 'draft' | 'submitted' | 'accepted' | 'rejected'; amount: number } | null
  icd: IcdCode[]
  notes: string | null
  items: LockedItem[]
}

/** Locks a bill in the version that the caller saw, with the items that it still has. */
export async function lockBill(tx: Tx, id: number, version: number): Promise<LockedBill> {
  const { rows: [bill] } = await sql<LockedBill>`
    select b.id, b.version, b.number, b.status, b.priority, b.patient_id as "patientId", b.organisation_id as "organisationId",
      b.doctor_id as "doctorId", b.discount,
      b.discount_reason as "discountReason", b.total, b.paid, b.insured, b.icd, b.notes,
      (select jsonb_build_object('id', c.id, 'patientId', c.patient_id, 'number', c.number, 'status', c.status, 'amount', c.amount)
        from billing.claim c where c.bill_id = b.id and c.status not in ('settled', 'withdrawn')) as claim,
      (select coalesce(sum(case kind when 'payment' then amount else -amount end), 0)::bigint from billing.payment y where y.bill_id = b.id
        and y.method = 'credit') as credit,
      (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'orderableId', i.orderable_id, 'price', i.price, 'discount',
        i.discount,
        'testIds', (select coalesce(jsonb_agg(r.test_id), '[]') from reports.pub_report r where r.lab_id = b.lab_id and r.bill_item_id = i.id
          and r.status <> 'cancelled')) order by i.id), '[]')
        from billing.bill_item i where i.bill_id = b.id and i.removed_at is null) as items
    from billing.bill b where b.id = ${id} for update of b`.execute(tx.db)
  if (!bill) throw platformErrors.not_found({ thing: 'bill' })
  if (bill.version !== version) throw platformErrors.stale_version({ thing: 'bill' }, { detail: { version: bill.version } })
  return bill
}

export async function lockOpenBill(tx: Tx, id: number, version: number): Promise<LockedBill> {
  const bill = await lockBill(tx, id, version)
  if (bill.status === 'cancelled') throw billingErrors.bill_cancelled()
  return bill
}
