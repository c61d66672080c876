import { sql } from 'kysely'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { read, type Reader } from '#platform/unit-of-work'
import { keptId, patientOf, type PatientRow } from './patient-row.ts'

/** One patient; the look is logged before the answer leaves. */
export async function viewPatient(actor: Actor, patientId: number): Promise<PatientRow> {
  const row = await read(actor, (db) => patientOf(db, patientId))
  await viewed(actor, 'patients.viewed', row)
  return row
}

/** The patient whom other systems know by this guid; that of a merged record finds the one that was kept. */
export async function viewByGuid(actor: Actor, guid: string): Promise<PatientRow> {
  const row = await read(actor, async (db) => {
    const found = await db.selectFrom('patients.patient').select('id').where('guid', '=', guid).executeTakeFirst()
    return patientOf(db, found?.id ?? 0)
  })
  await viewed(actor, 'patients.viewed', row)
  return row
}

/**
 * What a query tells about one patient, and who the patient is; the look is logged like a look at the patient. The query gets the id of the
 * record that was kept, and the ids of those merged into it.
 */
export async function viewOfPatient<T>(actor: Actor, patientId: number, query: (db: Reader, id: number, mergedIds: number[]) => Promise<T>): Promise<T> {
  const { patient, answer } = await read(actor, async (db) => {
    const { rows: [known] } = await sql<Subject & { mergedIds: number[] }>`
      select p.id, p.number, p.full_name as "fullName", array(select m.id from patients.patient m where m.merged_into = p.id) as "mergedIds"
      from patients.patient p where p.id = ${keptId(patientId)}`.execute(db as never)
    if (!known) throw platformErrors.not_found({ thing: 'patient' })
    const { mergedIds, ...subject } = known
    return { patient: subject, answer: await query(db, subject.id, mergedIds) }
  })
  await viewed(actor, 'patients.viewed', patient)
  return answer
}

interface Subject {
  id: number
  number: string
  fullName: string
}
