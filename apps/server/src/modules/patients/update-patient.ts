import type { RegisterPatientResult } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { captureDetails, patientValues } from '#modules/missing-details'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { putAllowedTests } from './allowed-tests.ts'
import { checkRegistration, type Checked, type KnownPatient } from './check-registration.ts'
import { phoneKey, type Details, type Given } from './details.ts'
import { patientErrors } from './errors.ts'
import { replaceIdProofs } from './id-proofs.ts'
import { replaceInsurance } from './insurance.ts'
import { patientColumns, toPatient } from './patient-row.ts'

/** Changes a patient: what is left out stays, null clears. The row is locked first, so two who save at once do not mix. */
export async function updatePatient(tx: Tx, patientId: number, given: Given, lab: LabProfile): Promise<RegisterPatientResult> {
  const { merged, ...known } = await lockPatient(tx, patientId)
  if (merged) throw patientErrors.merged()
  const checked = await checkRegistration(tx, given, known, lab)
  const { details, organisation, doctor, duplicates } = checked
  const testsLimited = given.allowedTests === undefined ? known.testsLimited : given.allowedTests !== null
  const idProofs = given.idProofs === undefined ? known.idProofs : await replaceIdProofs(tx, patientId, given.idProofs)
  const insuranceList = given.insuranceList === undefined ? known.insuranceList : await replaceInsurance(tx, patientId, given.insuranceList)
  if (given.allowedTests !== undefined) await putAllowedTests(tx, patientId, given.allowedTests)
  const version = known.version + 1
  await tx.db.updateTable('patients.patient')
    .set({ ...columnsOf(details), national_id_key: checked.idKey, tests_limited: testsLimited, updated_at: tx.now, version })
    .where('id', '=', patientId).execute()
  tx.record('patients.updated', { id: patientId, fullName: details.fullName, number: known.number }, logged(checked, known, given))
  const { organisationId, doctorId, keyless: _, ...kept } = { ...known, ...details }
  const about = { patient: { id: patientId, number: known.number, fullName: details.fullName }, bill: null, organisationId, doctorId }
  const missingDetails = checked.watches ? await captureDetails(tx, about, patientValues({ ...kept, organisation, doctor, idProofs, insuranceList })) : []
  const patient = toPatient({ ...kept, organisation, doctor, idProofs, insuranceList, testsLimited, version, updatedAt: tx.now,
    missingDetails, hasMissingFields: missingDetails.length > 0 }, lab, tx.actor)
  return { userDetailsId: patientId, created: false, patient, duplicates }
}

async function lockPatient(tx: Tx, patientId: number): Promise<KnownPatient & { merged: boolean }> {
  const { rows: [row] } = await sql<KnownPatient & { merged: boolean }>`
    select ${patientColumns}, p.organisation_id as "organisationId", p.doctor_id as "doctorId", p.merged_into is not null as merged,
      p.national_id is not null and p.national_id_key is null as keyless from patients.patient p where p.id = ${patientId}
    for no key update of p`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'patient' })
  return row
}

/** Details as columns of `patients.patient`. */
export const columnsOf = (details: Details) => ({
  title: details.title, full_name: details.fullName, name_key: sql<string>`platform.fold(${details.fullName})`, sex: details.sex,
  birth_date: details.birthDate, birth_date_estimated: details.birthDateEstimated, birth_time: details.birthTime,
  phone: details.phone, phone_key: phoneKey(details.phone), email: details.email, address: details.address,
  city: details.city, pincode: details.pincode, national_id: details.nationalId, national_id_type: details.nationalIdType,
  notes: details.notes, organisation_id: details.organisationId, doctor_id: details.doctorId,
  source: details.source,
})

/** What the log keeps of changed details: old and new of each, of an id number the end only. */
export function shownChanges(before: Details, after: Details, changed: readonly (keyof Details)[]): Record<string, unknown[]> {
  const shown = (field: keyof Details, value: Details[keyof Details]) =>
    (field === 'nationalId' && typeof value === 'string' ? `…${value.slice(-4)}` : value)
  return Object.fromEntries(changed.map((field) => [field, [shown(field, before[field]), shown(field, after[field])]]))
}

function logged({ details, changed, duplicates }: Checked, known: KnownPatient, given: Given): Record<string, unknown> {
  return {
    changed: shownChanges(known, details, changed),
    ...(given.idProofs ? { idProofs: given.idProofs.map(({ type }) => type) } : {}),
    ...(given.insuranceList ? { insurance: given.insuranceList.map(({ policyNumber }) => `…${policyNumber.slice(-4)}`) } : {}),
    ...(given.allowedTests === undefined ? {} : { allowedTests: given.allowedTests?.length ?? 'all' }),
    ...(duplicates.length > 0 ? { acknowledgedDuplicates: duplicates.map(({ patient }) => patient.number) } : {}),
  }
}
