import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/**
 * Cards and images follow the record that is kept. Bytes stay where they lie, under the guid that they were sent to; what is sent there later is moved
 * by its check. A check that is under way for the record that goes is done anew.
 */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select (select count(*) from imaging.card where patient_id = ${id}) as cards,
        (select count(*) from imaging.image where patient_id = ${id} and state = 'ready') as images`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    await sql`
      with both_have as (
        delete from imaging.card c where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} and exists (
          select from imaging.card k where k.clinic_id = c.clinic_id and k.card_id = c.card_id and k.patient_id = ${keepId}) returning id)
      update imaging.card set patient_id = ${keepId}
      where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} and id not in (select id from both_have)`.execute(tx.db)
    await sql`
      update imaging.image i set patient_guid = case when i.patient_guid = gone.guid then kept.guid else i.patient_guid end,
        patient_id = case when i.patient_id = gone.id then kept.id else i.patient_id end, version = i.version + 1,
        decided = case when (i.decided->>'patientId')::bigint = gone.id then jsonb_set(i.decided, '{patientId}', to_jsonb(kept.id)) else i.decided end
      from patients.pub_patient gone, patients.pub_patient kept
      where gone.id = ${mergeId} and kept.id = ${keepId} and i.lab_id = ${tx.actor.labId}
        and (i.patient_id = gone.id or i.patient_guid = gone.guid or (i.decided->>'patientId')::bigint = gone.id)`.execute(tx.db)
    tx.hint('image', 0)
  },
}
