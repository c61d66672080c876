import type { ActorRef, IdProof, IdProofType, Insurance, OpenDetail, Patient, PatientSource, PatientSummary, Ref, Sex } from '@aliquot/contracts'
import { ageAt, ageText } from '@aliquot/lab-arithmetic'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { openDetailsJson } from '#modules/missing-details'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { now, type Reader } from '#platform/unit-of-work'
import { insuranceJson } from './insurance.ts'

/** What lists show of a patient. */
export interface SummaryRow {
  id: number
  guid: string
  number: string
  version: number
  fullName: string
  sex: Sex
  /** 'YYYY-MM-DD' */
  birthDate: string
  birthDateEstimated: boolean
  /** 'HH:MM' */
  birthTime: string | null
  phone: string | null
  city: string | null
  organisation: Ref | null
  doctor: Ref | null
  hasMissingFields: boolean
  registeredAt: Date
  lastVisitAt: Date | null
}

export interface PatientRow extends SummaryRow {
  title: string | null
  email: string | null
  address: string | null
  pincode: string | null
  nationalId: string | null
  nationalIdType: IdProofType | null
  notes: string | null
  testsLimited: boolean
  source: PatientSource
  signedSince: Date | null
  registeredBy: ActorRef
  updatedAt: Date
  idProofs: IdProof[]
  insuranceList: Insurance[]
  mergedRecords: Patient['mergedRecords']
  missingDetails: OpenDetail[]
}

/** Asked anew for each row: nothing keeps it a second time. */
const lacksDetails = sql`exists (
  select from missing_details.pub_open o where o.lab_id = p.lab_id and o.patient_id = p.id and o.bill_id is null)`

/** Columns of {@link SummaryRow}, of patients.patient p. */
export const summaryColumns = sql`
  p.id, p.guid, p.number, p.version, p.full_name as "fullName", p.sex, p.birth_date as "birthDate", p.birth_date_estimated as "birthDateEstimated",
  to_char(p.birth_time, 'HH24:MI') as "birthTime", p.phone, p.city, ${lacksDetails} as "hasMissingFields", p.registered_at as "registeredAt",
  p.last_visit_at as "lastVisitAt",
  (select jsonb_build_object('id', o.id, 'name', o.name) from labs.pub_organisation o where o.id = p.organisation_id) as organisation,
  (select jsonb_build_object('id', d.id, 'name', d.name) from labs.pub_doctor d where d.id = p.doctor_id) as doctor`

/** The id proofs of patients.patient p. */
const idProofs = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'type', i.type, 'number', i.number, 'objectId', i.object_id,
    'addedAt', to_char(i.added_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by i.id), '[]')
  from patients.id_proof i where i.patient_id = p.id)`

/** Columns of {@link PatientRow}, of patients.patient p. */
export const patientColumns = sql`${summaryColumns}, p.title, p.email, p.address, p.pincode, p.national_id as "nationalId",
  p.national_id_type as "nationalIdType", p.notes, p.tests_limited as "testsLimited", p.source, p.signed_since as "signedSince",
  p.registered_by as "registeredBy", p.updated_at as "updatedAt", ${idProofs} as "idProofs",
  (select ${insuranceJson} from patients.insurance i where i.patient_id = p.id) as "insuranceList",
  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'fullName', m.full_name,
    'mergedAt', to_char(m.merged_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by m.merged_at, m.id), '[]')
    from patients.patient m where m.merged_into = p.id) as "mergedRecords",
  ${openDetailsJson({ lab: 'p.lab_id', patient: 'p.id' })} as "missingDetails"`

/** The record that an id leads to: itself, or the one that it was merged into. */
export const keptId = (id: number) => sql`(select coalesce(s.merged_into, s.id) from patients.patient s where s.id = ${id})`

/** One patient of the lab, or not found. The id of a merged record finds the one that was kept. */
export async function patientOf(db: Reader, patientId: number): Promise<PatientRow> {
  const { rows: [row] } = await sql<PatientRow>`select ${patientColumns} from patients.patient p where p.id = ${keptId(patientId)}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'patient' })
  return row
}

const ageOf = ({ birthDate, birthTime, birthDateEstimated }: SummaryRow, { timezone }: LabProfile): string => {
  const age = ageAt({ birthDate, birthTime, estimated: birthDateEstimated }, now(), timezone)
  return age ? ageText(age) : ''
}

export const toSummary = (row: SummaryRow, lab: LabProfile): PatientSummary => ({
  id: row.id, guid: row.guid, number: row.number, version: row.version, fullName: row.fullName, sex: row.sex, birthDate: row.birthDate,
  ageText: ageOf(row, lab), phone: row.phone, city: row.city, organisation: row.organisation, doctor: row.doctor,
  hasMissingFields: row.hasMissingFields, has_missing_fields: row.hasMissingFields,
  registeredAt: row.registeredAt.toISOString(), lastVisitAt: row.lastVisitAt?.toISOString() ?? null,
})

/** The details that this actor may not change, because a report of the patient is signed. */
export const lockedFields = ({ signedSince }: Pick<PatientRow, 'signedSince'>, { settings }: LabProfile, { permissions }: Actor) =>
  (signedSince === null || permissions.has('patients.update_identity') ? [] : settings.strictFields)

export function toPatient(row: PatientRow, lab: LabProfile, actor: Actor): Patient {
  const { signedSince: _, registeredAt, updatedAt, lastVisitAt: __, ...rest } = row
  return {
    ...rest, ageText: ageOf(row, lab), strictFields: [...lockedFields(row, lab, actor)], has_missing_fields: row.hasMissingFields,
    registeredAt: registeredAt.toISOString(), updatedAt: updatedAt.toISOString(),
  }
}
