import type { Accession, PatientBrief } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import { now, type Reader } from '#platform/unit-of-work'
import { shownAge } from './shown-age.ts'
import { specimenJson } from './specimen-store.ts'

export type PatientRow = Omit<PatientBrief, 'ageText'>

/** The patient of an order, for any statement that has patients.pub_patient as p. */
export const patientJson = sql`jsonb_build_object('id', p.id, 'number', p.number, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date,
  'phone', p.phone,
  'birthTime', p.birth_time, 'birthDateEstimated', p.birth_date_estimated)`

/**
 * As far as the least advanced specimen that a report still needs, cancelled when none is left. For any statement that has reports.accession as
 * a.
 */
export const accessionStatus = sql`(select case when count(*) = 0 then 'cancelled'
    when bool_or(s.status in ('pending', 'rejected')) then 'pending' when bool_or(s.status = 'collected') then 'collected' else 'received' end
  from reports.report r left join reports.specimen s on s.id = r.specimen_id and s.status not in ('cancelled', 'replaced')
  where r.accession_id = a.id and r.status <> 'cancelled')`

export function patientBrief(patient: PatientRow, timezone: string): PatientBrief {
  const { birthDate, birthTime, birthDateEstimated: estimated } = patient
  return { ...patient, ageText: shownAge({ birthDate, birthTime, estimated }, now(), timezone) }
}

export const accessionById = (db: Reader, labId: number, id: number): Promise<Accession> => accessionWhere(db, labId, sql`a.id = ${id}`)

/** The accession that a bill ordered. */
export const accessionOfBill = (db: Reader, labId: number, billId: number): Promise<Accession> =>
  accessionWhere(db, labId, sql`a.lab_id = ${labId} and a.bill_id = ${billId}`)

/** What a scanner asks: by the number of an accession, one of its specimens or one of its reports. */
export const accessionByNumber = (db: Reader, labId: number, number: string): Promise<Accession> => accessionWhere(db, labId, sql`a.id = (
  select found.id from (
    select 1 as place, id from reports.accession where lab_id = ${labId} and number = ${number}
    union all select 2, accession_id from reports.specimen where lab_id = ${labId} and number = ${number}
    union all select 3, accession_id from reports.report where lab_id = ${labId} and number = ${number}) found order by found.place limit 1)`)

async function accessionWhere(db: Reader, labId: number, condition: RawBuilder<unknown>): Promise<Accession> {
  const { timezone } = await labProfile(labId)
  const { rows: [found] } = await sql<Omit<Accession, 'patient'> & { patient: PatientRow }>`
    select a.id, a.number, ${accessionStatus} as status, a.priority, a.bill_id as "billId", ${patientJson} as patient, a.ordered_at as "orderedAt",
      case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as organisation,
      case when d.id is null then null else jsonb_build_object('id', d.id, 'name', d.name) end as doctor,
      (select coalesce(jsonb_agg(${specimenJson} order by s.id), '[]') from reports.specimen s where s.accession_id = a.id) as specimens,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'version', r.version, 'status', r.status, 'specimenId',
        r.specimen_id, 'dueAt', r.due_at,
          'test', jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name), 'department',
            jsonb_build_object('id', dep.id, 'code', dep.code, 'name', dep.name)) order by r.id), '[]')
        from reports.report r join catalog.pub_test t on t.id = r.test_id join labs.pub_department dep on dep.id = r.department_id
          where r.accession_id = a.id) as reports
    from reports.accession a join patients.pub_patient p on p.id = a.patient_id
      left join labs.pub_organisation o on o.id = a.organisation_id left join labs.pub_doctor d on d.id = a.doctor_id
    where ${condition}`.execute(db as never)
  if (!found) throw platformErrors.not_found({ thing: 'accession' })
  return { ...found, patient: patientBrief(found.patient, timezone) }
}
