import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** What others tell people about a bill. Amounts in minor units of its currency. */
export interface BillFacts {
  id: number
  number: string
  status: 'open' | 'cancelled'
  patientId: number
  organisationId: number | null
  doctorId: number | null
  currency: string
  total: number
  paid: number
  orderedAt: Date
}

/** A bill, or the newest one for null; null where there is none. */
export async function billFacts(db: Reader, billId: number | null): Promise<BillFacts | null> {
  const { rows: [row] } = await sql<BillFacts>`
    select id, number, status, patient_id as "patientId", organisation_id as "organisationId", doctor_id as "doctorId", currency, total, paid,
      ordered_at as "orderedAt"
    from billing.bill where ${billId === null ? sql`true` : sql`id = ${billId}`} order by ordered_at desc, id desc limit 1`.execute(db as never)
  return row ?? null
}
