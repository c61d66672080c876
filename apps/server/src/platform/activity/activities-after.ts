import { sql } from 'kysely'
import type { Reader } from '../unit-of-work/index.ts'

export interface Activity {
  id: number
  at: Date
  action: string
  subjectType: string
  subjectId: number
  patientId: number | null
  message: string
}

/**
 * What happened to one record after the given row of the log, oldest first. Commands lock the record that they change, so of one subject the ids are in
 * the order of the commits: whoever remembers the last id misses none.
 */
export async function activitiesAfter(db: Reader, subject: { type: string; id: number }, after: number, actions: readonly string[]): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    select id, at, action, subject_type as "subjectType", subject_id as "subjectId", patient_id as "patientId", message from platform.activity
    where subject_type = ${subject.type} and subject_id = ${subject.id} and id > ${after} and action = any (${[...actions]}::text[]) order by id`.execute(db as never)
  return rows
}
