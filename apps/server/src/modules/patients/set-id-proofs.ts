import type { IdProof } from '@aliquot/contracts'
import { captureDetails, idProofValues, watchesFields } from '#modules/missing-details'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { checkIdProofs, replaceIdProofs, type GivenProof } from './id-proofs.ts'
import { refuseAll } from './refusals.ts'

/** Makes the id proofs of a patient these and no others. */
export async function setIdProofs(tx: Tx, patientId: number, given: readonly GivenProof[]): Promise<IdProof[]> {
  refuseAll(checkIdProofs(given))
  const patient = await tx.db.updateTable('patients.patient').set((eb) => ({ version: eb('version', '+', 1), updated_at: tx.now }))
    .where('id', '=', patientId).where('merged_into', 'is', null)
    .returning(['id', 'number', 'full_name as fullName', 'organisation_id as organisationId', 'doctor_id as doctorId', watchesFields.as('watches')])
    .executeTakeFirst()
  if (!patient) throw platformErrors.not_found({ thing: 'patient' })
  const proofs = await replaceIdProofs(tx, patientId, given)
  const { watches, organisationId, doctorId, ...subject } = patient
  if (watches) await captureDetails(tx, { patient: subject, bill: null, organisationId, doctorId }, idProofValues(proofs))
  tx.record('patients.id_proofs_set', subject, { types: proofs.map(({ type }) => type) })
  return proofs
}
