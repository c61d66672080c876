import { sql } from 'kysely'
import type { Merge } from '#platform/module'

/** Orders, reports and their values follow the record that is kept; a report that was issued remembers whom its papers name. */
export const patientMerge: Merge = {
  async counts(db, id) {
    const { rows: [row] } = await sql<Record<string, number>>`
      select (select count(*) from reports.accession where patient_id = ${id}) as accessions,
        (select count(*) from reports.report where patient_id = ${id}) as reports`.execute(db as never)
    return row ?? {}
  },
  async move(tx, { keepId, mergeId }) {
    const { rows: [moved] } = await sql<{ accessions: number[]; reports: number[] }>`
      with old as (
        select jsonb_build_object('number', number, 'fullName', full_name, 'birthYear', extract(year from birth_date)::int) as name
        from patients.pub_patient where id = ${mergeId}
      ), accession as (
        update reports.accession set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id
      ), report as (
        update reports.report r set patient_id = ${keepId}, issued_as = coalesce(issued_as, case when status = 'signed' or amendment > 0
          then (select name from old) end)
        where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} returning id
      ), value as (
        update reports.value set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId}
      )
      select array(select id from accession) as accessions, array(select id from report) as reports`.execute(tx.db)
    if (!moved) return
    if (moved.accessions.length > 0) tx.reindex('accession', moved.accessions)
    if (moved.reports.length > 0) tx.reindex('report', moved.reports)
    tx.hint('accession', 0)
    tx.hint('report', 0)
  },
}
