import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { patientErrors } from './errors.ts'

export interface Visit {
  patientId: number
  organisationId: number | null
  doctorId: number | null
}

/**
 * Notes, in the transaction that orders tests for a patient, when that was and who ordered: the portals of that organisation and that
 * doctor show the patient from then on. Refused where the record was merged into another meanwhile. One statement.
 */
export async function noteVisit(tx: Tx, { patientId, organisationId, doctorId }: Visit): Promise<void> {
  const { rows: [row] } = await sql<{ seen: boolean }>`
    with visit as (
      update patients.patient set last_visit_at = ${tx.now} where id = ${patientId} and merged_into is null returning lab_id, id
    ), reached as (
      insert into patients.reach (lab_id, patient_id, organisation_id, doctor_id)
      select lab_id, id, ${organisationId}::bigint, ${doctorId}::bigint from visit
      where num_nonnulls(${organisationId}::bigint, ${doctorId}::bigint) > 0
      on conflict on constraint reach_once do nothing
    )
    select exists (select from visit) as seen`.execute(tx.db)
  if (!row?.seen) throw patientErrors.merged()
}
