import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** Bills and their claims follow the record that is kept. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select (select count(*) from billing.bill where patient_id = ${id}) as bills,
        (select count(*) from billing.claim where patient_id = ${id}) as claims`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    const { rows: [moved] } = await sql<{ bills: number[]; claims: number[] }>`
      with bill as (
        update billing.bill set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id
      ), claim as (
        update billing.claim set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id
      )
      select array(select id from bill) as bills, array(select id from claim) as claims`.execute(tx.db)
    if (moved && moved.bills.length > 0) tx.reindex('bill', moved.bills)
    if (moved && moved.claims.length > 0) tx.reindex('claim', moved.claims)
    for (const topic of ['bill', 'claim']) tx.hint(topic, 0)
  },
}
