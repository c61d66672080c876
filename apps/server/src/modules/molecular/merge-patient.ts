import { sql } from 'kysely'
import type { Merge } from '#platform/module'
import { moveIsolates } from './isolates/refresh-isolates.ts'

/** Isolates follow the record that is kept; entries belong to reports, which move by themselves. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*)::int as isolates from molecular.isolate where patient_id = ${id}`.execute(db as never)
    return row ?? {}
  },
  move: moveIsolates,
}
