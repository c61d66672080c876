import type { MergeField, StrictField } from '@aliquot/contracts'
import type { LabProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import type { FieldError } from '#platform/errors'
import { strictDetails } from './check-registration.ts'
import { detailsOf, type Details } from './details.ts'
import { lockedFields } from './patient-row.ts'

const detailsIn: Record<MergeField, readonly (keyof Details)[]> = {
  title: ['title'], fullName: ['fullName'], sex: ['sex'], birthDate: ['birthDate', 'birthTime', 'birthDateEstimated'], phone: ['phone'],
  email: ['email'], address: ['address', 'city', 'pincode'], nationalId: ['nationalId', 'nationalIdType'], notes: ['notes'],
  organisation: ['organisationId'], doctor: ['doctorId'],
}

/** The details of the kept record with those that are chosen of the merged one. */
export const chosenDetails = (kept: Details, merged: Details, choose: readonly MergeField[]): Details => ({
  ...detailsOf(kept), ...Object.fromEntries(choose.flatMap((field) => detailsIn[field].map((detail) => [detail, merged[detail]]))),
})

type Signed = Details & { signedSince: Date | null }

/**
 * Strict fields that the actor may not change by a merge: a signed report of either record would then name somebody else than it was signed
 * for.
 */
export function lockedByMerge(kept: Signed, merged: Signed, after: Details, lab: LabProfile, actor: Actor): FieldError[] {
  const changes = (of: Signed, field: StrictField) =>
    lockedFields(of, lab, actor).includes(field) && strictDetails[field].some((detail) => of[detail] !== null && of[detail] !== after[detail])
  return lab.settings.strictFields.filter((field) => changes(kept, field) || changes(merged, field)).map((field) => ({
    path: '/choose', code: 'patients.identity_locked',
    message: `may not change ${field} of a patient with signed reports, except with the permission patients.update_identity`,
  }))
}
