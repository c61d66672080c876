import type { QueryOf, WorklistRow, listWorklist as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { billLacksDetails } from '#modules/missing-details'
import { decodeCursor, encodeCursor, type Page } from '#platform/http'
import { now, type Reader } from '#platform/unit-of-work'
import { flagsJson } from './report-state.ts'
import { shownAge } from './shown-age.ts'
import { isOpen, worklistFilter } from './worklist-filter.ts'

type Found = Omit<WorklistRow, 'patient' | 'hasMissingFields' | 'has_missing_fields'> & {
  rank: number
  due: string
  missing: boolean
  patient: Omit<WorklistRow['patient'], 'ageText'> & { birthDate: string; birthTime: string | null; birthDateEstimated: boolean }
}

/** One page, stat and urgent first, then by the time they are due. The page of ids is found by index alone; only its rows are joined. */
export async function listWorklist(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<Page<WorklistRow>> {
  const lab = await labProfile(labId)
  const time = now()
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id', 'time', 'id')
  const statuses = query.status ?? []
  const onlyOpen = statuses.length === 0 || !statuses.some((status) => status === 'signed' || status === 'cancelled')
  const { rows } = await sql<Found>`
    with page as materialized (
      select r.* from reports.report r
      where r.lab_id = ${labId} and ${worklistFilter(query, lab, time)} ${onlyOpen ? sql`and ${isOpen}` : sql``}
        ${statuses.length > 0 ? sql`and r.status = any (${statuses}::text[])` : sql``}
        ${after ? sql`and (r.priority_rank, r.due_at, r.id) > (${after[0]}, ${after[1]}::timestamptz, ${after[2]})` : sql``}
      order by r.priority_rank, r.due_at, r.id limit ${limit + 1}
    )
    select r.id as "reportId", r.number as "reportNumber", r.version, r.status, r.priority, r.accession_id as "accessionId",
      a.number as "accessionNumber",
      r.priority_rank as rank, r.due_at::text as due, r.ordered_at as "orderedAt", r.due_at as "dueAt", (r.due_at < ${time} and ${isOpen}) as overdue,
      jsonb_build_object('id', p.id, 'number', p.number, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date, 'birthTime', p.birth_time,
        'birthDateEstimated', p.birth_date_estimated) as patient, 
      p.has_missing_fields or ${billLacksDetails('r.lab_id', 'r.bill_id')} as missing,
      case when s.id is null then null else jsonb_build_object('id', s.id, 'number', s.number, 'status', s.status, 'type', s.type) end as specimen,
      jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) as test,
        jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name) as department,
      case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as organisation,
      case when doc.id is null then null else jsonb_build_object('id', doc.id, 'name', doc.name) end as doctor,
      ${flagsJson} as flags
    from page r join reports.accession a on a.id = r.accession_id join patients.pub_patient p on p.id = r.patient_id join catalog.pub_test t
      on t.id = r.test_id
      join labs.pub_department d on d.id = r.department_id left join reports.specimen s on s.id = r.specimen_id
      left join labs.pub_organisation o on o.id = r.organisation_id left join labs.pub_doctor doc on doc.id = r.doctor_id
    order by r.priority_rank, r.due_at, r.id`.execute(db as never)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ rank: _rank, due: _due, missing, patient: { birthDate, birthTime, birthDateEstimated, ...patient }, ...row }) => ({
      ...row,
      patient: { ...patient, ageText: shownAge({ birthDate, birthTime, estimated: birthDateEstimated }, time, lab.timezone) },
      hasMissingFields: missing, has_missing_fields: missing,
    })),
    next: rows.length > limit && last ? encodeCursor([last.rank, last.due, last.reportId]) : null,
  }
}
