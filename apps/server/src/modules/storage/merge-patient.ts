import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** Stored files follow the record that is kept; their paths, which name the patient they were stored for, stay. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as files from storage.object where patient_id = ${id} and state <> 'removed'`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    const { rows } = await sql<{ id: number }>`
      update storage.object set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id`.execute(tx.db)
    if (rows.length > 0) tx.reindex('object', rows.map(({ id }) => id))
    tx.hint('object', 0)
  },
}
