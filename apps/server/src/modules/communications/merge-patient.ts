import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/**
 * Messages and their links follow the record that is kept. Of two answers on one channel a refusal stands; where one record was never asked,
 * the other's answer counts.
 */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select count(*) as messages from communications.delivery where patient_id = ${id}`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    const lab = tx.actor.labId
    await sql`
      with gone as (
        delete from communications.consent where lab_id = ${lab} and patient_id = ${mergeId} returning *
      ), agreed as (
        insert into communications.consent as kept (patient_id, lab_id, version, sms, whatsapp, email, language, at, by)
        select ${keepId}, lab_id, version, sms, whatsapp, email, language, at, by from gone
        on conflict (patient_id) do update set version = kept.version + 1, sms = least(kept.sms, excluded.sms),
          whatsapp = least(kept.whatsapp, excluded.whatsapp), email = least(kept.email, excluded.email),
          language = coalesce(kept.language, excluded.language)
      ), link as (
        update communications.report_link l set patient_id = ${keepId} from communications.delivery d
        where d.id = l.delivery_id and d.lab_id = ${lab} and d.patient_id = ${mergeId} and l.patient_id = ${mergeId}
      )
      update communications.delivery set patient_id = ${keepId} where lab_id = ${lab} and patient_id = ${mergeId}`.execute(tx.db)
    tx.hint('delivery', 0)
  },
}
