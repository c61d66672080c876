import type { Report } from '@aliquot/contracts'
import { sql } from 'kysely'
import { definitionOf } from '#modules/catalog'
import { labProfile } from '#modules/labs'
import { openDetailsJson } from '#modules/missing-details'
import type { Actor } from '#platform/auth'
import { theConfig } from '#platform/config'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'
import { patientBrief, patientJson, type PatientRow } from './get-accession.ts'
import { previousValues } from './previous-values.ts'
import { actionsFor, stateColumns } from './report-state.ts'
import { specimenJson } from './specimen-store.ts'

type Row = Omit<Report, 'patient' | 'actions' | 'definition' | 'definitionVersion' | 'hasMissingFields' | 'has_missing_fields' | 'verifyUrl'> & {
  patient: PatientRow
  testVersionId: number
  token: string
  amendmentNo: number
}

/** One report with everything that result entry needs. */
export async function getReport(db: Reader, actor: Actor, id: number): Promise<Report> {
  const { timezone } = await labProfile(actor.labId)
  const { rows: [row] } = await sql<Row>`
    select ${stateColumns}, r.number, r.priority, ${patientJson} as patient, r.bill_id as "billId", a.bill_number as "billNumber", a.icd,
      r.accession_id as "accessionId",
      a.number as "accessionNumber", case when s.id is null then null
        else ${specimenJson} end as specimen, r.test_id as "testId", r.test_version_id as "testVersionId",
      jsonb_build_object('id', d.id, 'code', d.code, 'name', d.name) as department, r.required_sign_rank as "requiredSignRank",
      case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as organisation,
      case when doc.id is null then null else jsonb_build_object('id', doc.id, 'name', doc.name) end as doctor,
      '[]'::jsonb as previous, r.ordered_at as "orderedAt", r.due_at as "dueAt", r.cancel_reason as "cancelReason",
      ${openDetailsJson({ lab: 'r.lab_id', patient: 'r.patient_id', bill: 'r.bill_id' })} as "missingDetails",
      r.verify_token as token, r.amendment as "amendmentNo"
    from reports.report r join reports.accession a on a.id = r.accession_id join patients.pub_patient p on p.id = r.patient_id
      join labs.pub_department d on d.id = r.department_id
      left join reports.specimen s on s.id = r.specimen_id left join labs.pub_organisation o on o.id = r.organisation_id left
        join labs.pub_doctor doc on doc.id = r.doctor_id
    where r.id = ${id}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'report' })
  const { patient, testVersionId, token, amendmentNo, ...rest } = row
  const { definition, version, parameterIds } = await definitionOf(actor.labId, testVersionId)
  const previous = await previousValues(db,
    [{ reportId: id, patientId: patient.id, orderedAt: rest.orderedAt, parameterIds: Object.values(parameterIds) }])
  return {
    ...rest, patient: patientBrief(patient, timezone), definition, definitionVersion: version, actions: actionsFor(actor, rest),
    previous: previous.get(id) ?? [], verifyUrl: rest.status === 'signed' ? verifyUrl(token, amendmentNo) : null,
    hasMissingFields: rest.missingDetails.length > 0, has_missing_fields: rest.missingDetails.length > 0,
  }
}

/** Whose report it is, for the log. */
export async function reportSubject(db: Reader, id: number): Promise<{ id: number; number: string; patientId: number }> {
  const { rows: [report] } = await sql<{ id: number; number: string; patientId: number }>`
    select id, number, patient_id as "patientId" from reports.report where id = ${id}`.execute(db as never)
  if (!report) throw platformErrors.not_found({ thing: 'report' })
  return report
}

/** What the QR code of a printed report opens; it names the amendment that the print carries. */
export const verifyUrl = (token: string, amendment: number): string =>
  `${theConfig().publicUrl}/verify/${token}${amendment > 0 ? `?a=${amendment}` : ''}`
