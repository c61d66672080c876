import type { MergePatientsBody, Patient } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { captureDetails, patientValues } from '#modules/missing-details'
import { platformErrors } from '#platform/errors'
import { mergesOf } from '#platform/module'
import type { Tx } from '#platform/unit-of-work'
import type { KnownPatient } from './check-registration.ts'
import { changedFields, detailsOf, type Details } from './details.ts'
import { patientErrors } from './errors.ts'
import { chosenDetails, lockedByMerge } from './merge-details.ts'
import { patientColumns, patientOf, toPatient } from './patient-row.ts'
import { countMoves } from './preview-merge.ts'
import { refuseAll } from './refusals.ts'
import { columnsOf, shownChanges } from './update-patient.ts'

type Locked = KnownPatient & { merged: boolean; idKey: string | null }

/**
 * Makes two records of one person one: everything that refers to `mergeId` refers to `keepId` from then on, in all modules, and the merged
 * record stays as a signpost. Both are locked in the order of their ids, so that merges wait for each other and none deadlocks.
 */
export async function mergePatients(tx: Tx, { keepId, mergeId, version, mergeVersion, choose = [] }: MergePatientsBody & { keepId: number },
  lab: LabProfile): Promise<Patient> {
  if (keepId === mergeId) refuseAll([{ path: '/mergeId', message: 'is the same record', code: 'patients.same_record' }])
  const [kept, merged] = await lockBoth(tx, keepId, mergeId)
  if (kept.merged || merged.merged) throw patientErrors.merged()
  if (kept.version !== version || merged.version !== mergeVersion) throw platformErrors.stale_version({ thing: 'patient' })
  const after = chosenDetails(kept, merged, choose)
  refuseAll(lockedByMerge(kept, merged, after, lab, tx.actor))
  const moved = await countMoves(tx.reader, mergeId)
  for (const { move } of mergesOf('patient')) await move(tx, { keepId, mergeId })
  await leaveSignpost(tx, keepId, mergeId)
  await writeKept(tx, kept, merged, after)
  const changed = shownChanges(kept, after, changedFields(detailsOf(kept), after))
  tx.record('patients.merged', { id: keepId, fullName: after.fullName, number: kept.number },
    { merged: merged.number, mergedId: mergeId, moved, changed })
  tx.record('patients.merged_away', { id: mergeId, fullName: merged.fullName, number: merged.number }, { kept: kept.number, keptId: keepId })
  tx.forget('patient', [mergeId])
  const patient = await patientOf(tx.reader, keepId)
  const about = { patient, bill: null, organisationId: after.organisationId, doctorId: after.doctorId }
  const missingDetails = await captureDetails(tx, about, patientValues(patient))
  return toPatient({ ...patient, missingDetails, hasMissingFields: missingDetails.length > 0 }, lab, tx.actor)
}

async function lockBoth(tx: Tx, keepId: number, mergeId: number): Promise<[Locked, Locked]> {
  const { rows } = await sql<Locked>`
    select ${patientColumns}, p.organisation_id as "organisationId", p.doctor_id as "doctorId", p.merged_into is not null as merged,
      p.national_id_key as "idKey", p.national_id is not null and p.national_id_key is null as keyless
    from patients.patient p where p.id in (${keepId}, ${mergeId}) order by p.id for update of p`.execute(tx.db)
  const kept = rows.find(({ id }) => id === keepId)
  const merged = rows.find(({ id }) => id === mergeId)
  if (!kept || !merged) throw platformErrors.not_found({ thing: 'patient' })
  return [kept, merged]
}

/** The merged record keeps its name, number and guid; its id number belongs to one record only. */
async function leaveSignpost(tx: Tx, keepId: number, mergeId: number): Promise<void> {
  await sql`
    update patients.patient set version = version + 1, merged_into = ${keepId}, merged_at = ${tx.now}, updated_at = ${tx.now}, national_id = null,
      national_id_type = null, national_id_key = null, tests_limited = false
    where id = ${mergeId}`.execute(tx.db)
}

/** A limit of tests is never lost by a merge, and a signature on either record locks the strict fields. */
async function writeKept(tx: Tx, kept: Locked, merged: Locked, after: Details): Promise<void> {
  const earliest = [kept.signedSince, merged.signedSince].filter((date) => date !== null).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
  const latest = [kept.lastVisitAt, merged.lastVisitAt].filter((date) => date !== null).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
  await tx.db.updateTable('patients.patient').set({
    ...columnsOf(after), national_id_key: keyOf([kept, merged], after), version: kept.version + 1, updated_at: tx.now, tests_limited: kept.testsLimited || merged.testsLimited,
    signed_since: earliest, last_visit_at: latest,
  }).where('id', '=', kept.id).execute()
  await keepIdNumber(tx, kept.id, [kept, merged].find(({ nationalId }) => nationalId !== null && nationalId !== after.nationalId))
}

/** A placeholder identifies nobody: it has no key. */
const keyOf = (records: Locked[], { nationalId }: Details) => records.find((each) => nationalId !== null && each.nationalId === nationalId)?.idKey ?? null

/** The id number that was not chosen goes on as an id proof, unless it is a placeholder. */
async function keepIdNumber(tx: Tx, keepId: number, other: Locked | undefined): Promise<void> {
  if (!other?.idKey || !other.nationalIdType) return
  await sql`
    insert into patients.id_proof (lab_id, patient_id, type, number, number_key, added_at)
    values (${tx.actor.labId}, ${keepId}, ${other.nationalIdType}, ${other.nationalId}, ${other.idKey}, ${tx.now})
    on conflict do nothing`.execute(tx.db)
}
