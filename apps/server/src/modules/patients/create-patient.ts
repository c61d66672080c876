import type { IdProof, Insurance, RegisterPatientResult } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { captureDetails, patientValues } from '#modules/missing-details'
import { attachObjects } from '#modules/storage'
import { actorRef } from '#platform/auth'
import type { Tx } from '#platform/unit-of-work'
import { checkRegistration } from './check-registration.ts'
import { phoneKey, type Details, type Given } from './details.ts'
import { proofRows, proofsJson, type ProofRow } from './id-proofs.ts'
import { insuranceJson, insuranceRows, insuranceSet, type InsuranceRow } from './insurance.ts'
import { toPatient } from './patient-row.ts'

interface Created {
  id: number
  guid: string
  number: string
  idProofs: IdProof[]
  insuranceList: Insurance[]
}

/** Registers a new patient in two statements; id proofs with scans cost one more, and so do watched fields. */
export async function createPatient(tx: Tx, given: Given, lab: LabProfile): Promise<RegisterPatientResult> {
  const { details, organisation, doctor, duplicates, idKey, watches } = await checkRegistration(tx, given, null, lab)
  const proofs = proofRows(given.idProofs ?? [])
  const allowedTests = given.allowedTests ?? null
  const created = await insertPatient(tx, { details, idKey, proofs, allowedTests, policies: insuranceRows(given.insuranceList ?? []) })
  const objectIds = proofs.flatMap(({ object_id }) => object_id ?? [])
  await attachObjects(tx, { objectIds, category: 'IdProof', patientId: created.id })
  const passedOver = duplicates.map(({ patient }) => patient.number)
  tx.record('patients.registered', { ...created, fullName: details.fullName }, passedOver.length > 0 ? { acknowledgedDuplicates: passedOver } : {})
  const { organisationId, doctorId, ...kept } = details
  const about = { patient: { ...created, fullName: details.fullName }, bill: null, organisationId, doctorId }
  const missingDetails = watches
    ? await captureDetails(tx, about, patientValues({ ...created, ...kept, organisation, doctor })) : []
  const patient = toPatient({
    ...created, ...kept, version: 1, organisation, doctor, hasMissingFields: missingDetails.length > 0, missingDetails,
    testsLimited: allowedTests !== null, signedSince: null, mergedRecords: [], lastVisitAt: null, registeredAt: tx.now,
    registeredBy: actorRef(tx.actor), updatedAt: tx.now,
  }, lab, tx.actor)
  return { userDetailsId: created.id, created: true, patient, duplicates }
}

interface New {
  details: Details
  idKey: string | null
  proofs: ProofRow[]
  allowedTests: readonly number[] | null
  policies: InsuranceRow[]
}

async function insertPatient(tx: Tx, { details, idKey, proofs, allowedTests, policies }: New): Promise<Created> {
  const { rows: [created] } = await sql<Created>`
    with patient as (
      insert into patients.patient (lab_id, number, title, full_name, name_key, sex, birth_date, birth_date_estimated, birth_time, phone, phone_key,
        email, address, city, pincode, national_id, national_id_type, national_id_key, notes, organisation_id, doctor_id, tests_limited, source,
        registered_at, registered_by, updated_at)
      values (${tx.actor.labId}, ${nextNumber}, ${details.title}, ${details.fullName}, platform.fold(${details.fullName}), ${details.sex},
        ${details.birthDate}, ${details.birthDateEstimated}, ${details.birthTime}, ${details.phone}, ${phoneKey(details.phone)}, ${details.email},
        ${details.address}, ${details.city}, ${details.pincode}, ${details.nationalId}, ${details.nationalIdType}, ${idKey},
        ${details.notes}, ${details.organisationId}, ${details.doctorId}, ${allowedTests !== null}, ${details.source}, ${tx.now},
        ${JSON.stringify(actorRef(tx.actor))}, ${tx.now})
      returning id, guid, number
    )${proofs.length > 0 ? insertProofs(tx, proofs) : sql``}${
      allowedTests ? insertAllowed(tx, allowedTests) : sql``}${policies.length > 0 ? insertPolicies(tx, policies) : sql``}
    select id, guid, number, ${proofs.length > 0 ? proofsJson : sql`'[]'::jsonb`} as "idProofs",
      ${policies.length > 0 ? sql`(select ${insuranceJson} from policy i)` : sql`'[]'::jsonb`} as "insuranceList" from patient`.execute(tx.db)
  if (!created) throw new Error('the registration made no patient')
  return created
}

/** P000001, and longer when the lab has had a million patients. */
const nextNumber = sql`(select 'P' || lpad(n::text, greatest(6, length(n::text)), '0') from labs.next_number('patient') n)`

const insertProofs = (tx: Tx, proofs: ProofRow[]) => sql`, proof as (
  insert into patients.id_proof (lab_id, patient_id, type, number, number_key, object_id, added_at)
  select ${tx.actor.labId}, patient.id, g.type, g.number, g.number_key, g.object_id, ${tx.now}
  from patient, jsonb_to_recordset(${JSON.stringify(proofs)}) as g(type text, number text, number_key text, object_id bigint)
  returning *)`

const insertAllowed = (tx: Tx, testIds: readonly number[]) => sql`, allowed as (
  insert into patients.allowed_test (lab_id, patient_id, test_id)
  select ${tx.actor.labId}, patient.id, test_id from patient, unnest(${testIds}::bigint[]) test_id)`

const insertPolicies = (tx: Tx, policies: InsuranceRow[]) => sql`, policy as (
  insert into patients.insurance (lab_id, patient_id, insurance_group_id, policy_number, policy_key, relation, holder_name, valid_from, valid_to,
    priority, coverage_percent, added_at)
  select ${tx.actor.labId}, patient.id, g.*, ${tx.now}::timestamptz from patient, ${insuranceSet(policies)} returning *)`
