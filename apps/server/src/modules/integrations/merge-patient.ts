import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** What partners are told of a patient, and what they asked for, follows the record that is kept. The messages say what was true then. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as events from integrations.delivery where patient_id = ${id}`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    await sql`
      with told as (
        update integrations.delivery set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId}
      )
      update integrations.request set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId}`.execute(tx.db)
  },
}
