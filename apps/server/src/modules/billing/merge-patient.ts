import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** Bills follow the record that is kept. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as bills from billing.bill where patient_id = ${id}`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    const { rows } = await sql<{ id: number }>`
      update billing.bill set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id`.execute(tx.db)
    if (rows.length > 0) tx.reindex('bill', rows.map(({ id }) => id))
    tx.hint('bill', 0)
  },
}
