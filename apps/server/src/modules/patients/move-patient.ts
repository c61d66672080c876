import { sql } from 'kysely'
import { releaseObjects } from '#modules/storage'
import type { Merge } from '#platform/module'
import type { Reader, Tx } from '#platform/unit-of-work'

/** What hangs on a patient in this module. */
export const ownMerge: Merge = {
  async counts(db: Reader, id: number) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select (select count(*) from patients.attachment where patient_id = ${id}) as attachments,
        (select count(*) from patients.id_proof where patient_id = ${id}) as "idProofs",
        (select count(*) from patients.insurance where patient_id = ${id}) as policies`.execute(db as never)
    return row ?? {}
  },
  async move(tx: Tx, { keepId, mergeId }: { keepId: number; mergeId: number }) {
    await sql`
      with attached as (
        update patients.attachment set patient_id = ${keepId} where patient_id = ${mergeId}
      ), reach as (
        delete from patients.reach where patient_id = ${mergeId} returning lab_id, organisation_id, doctor_id
      ), reached as (
        insert into patients.reach (lab_id, patient_id, organisation_id, doctor_id)
        select lab_id, ${keepId}, organisation_id, doctor_id from reach on conflict on constraint reach_once do nothing
      ), allowed as (
        delete from patients.allowed_test where patient_id = ${mergeId} returning lab_id, test_id
      ), allowing as (
        insert into patients.allowed_test (lab_id, patient_id, test_id)
        select lab_id, ${keepId}, test_id from allowed on conflict do nothing
      ), twice as (
        delete from patients.insurance m where patient_id = ${mergeId} and exists (select from patients.insurance k where k.patient_id = ${keepId}
          and k.insurance_group_id = m.insurance_group_id and k.policy_key = m.policy_key)
      ), last as (
        select coalesce(max(priority), 0) as priority from patients.insurance where patient_id = ${keepId}
      ), insured as (
        update patients.insurance m set patient_id = ${keepId}, priority = least(99, m.priority + last.priority) from last
        where m.patient_id = ${mergeId} and not exists (select from patients.insurance k where k.patient_id = ${keepId}
          and k.insurance_group_id = m.insurance_group_id and k.policy_key = m.policy_key)
      )
      update patients.patient set merged_into = ${keepId} where merged_into = ${mergeId}`.execute(tx.db)
    await moveIdProofs(tx, keepId, mergeId)
  },
}

/** An id proof that both records have stays once, with the scan of either. */
async function moveIdProofs(tx: Tx, keepId: number, mergeId: number): Promise<void> {
  const { rows: [row] } = await sql<{ spare: number[] }>`
    with twin as (
      select m.id, m.object_id, k.id as kept_id, k.object_id as kept_object from patients.id_proof m join patients.id_proof k
        on k.patient_id = ${keepId} and k.type = m.type and k.number_key = m.number_key
      where m.patient_id = ${mergeId}
    ), gone as (
      delete from patients.id_proof where id in (select id from twin)
    ), scanned as (
      update patients.id_proof k set object_id = twin.object_id from twin where k.id = twin.kept_id and k.object_id is null
    ), moved as (
      update patients.id_proof set patient_id = ${keepId} where patient_id = ${mergeId} and id not in (select id from twin)
    )
    select array(select object_id from twin where kept_object is not null and object_id is not null) as spare`.execute(tx.db)
  if (row && row.spare.length > 0) await releaseObjects(tx, row.spare)
}
