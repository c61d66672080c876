import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** Results of instruments follow their reports, which have moved already: they are found by them, as no index of results knows patients. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as results from devices.result r where r.report_id in (select id from reports.pub_report where patient_id = ${id})
    `.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    await sql`
      update devices.result set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId}
        and report_id in (select id from reports.pub_report where patient_id = ${keepId})`.execute(tx.db)
  },
}
