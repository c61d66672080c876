import { sql } from 'kysely'
import type { Merge } from '#platform/module'
import { mergeDetails } from './withdraw.ts'

/** Incidents of bills follow the record that is kept; the merged record's own are closed. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as details from missing_details.incident where patient_id = ${id} and bill_id is not null`.execute(db as never)
    return row ?? {}
  },
  move: mergeDetails,
}
