import type { PatientDuplicate, Ref, StrictField } from '@aliquot/contracts'
import { dateIn } from '@aliquot/lab-arithmetic'
import type { LabProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { platformErrors, type FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { checkDetails } from './check-details.ts'
import { checkOthers } from './check-others.ts'
import { blank, changedFields, detailsOf, nationalIdKey, type Details, type Given } from './details.ts'
import { patientErrors } from './errors.ts'
import { checkIdProofs } from './id-proofs.ts'
import { checkInsurance } from './insurance.ts'
import { lockedFields, type PatientRow } from './patient-row.ts'
import { refuseAll } from './refusals.ts'
import type { Likeness } from './similar-patients.ts'

export type KnownPatient = PatientRow & Pick<Details, 'organisationId' | 'doctorId'> & {
  /** The national id was a placeholder when it was saved. */
  keyless: boolean
}

export interface Checked {
  details: Details
  changed: (keyof Details)[]
  organisation: Ref | null
  doctor: Ref | null
  /** Those whom the clerk has looked at and passed over. */
  duplicates: PatientDuplicate[]
  /** What the national id is compared by; null where it is a placeholder, which many may have. */
  idKey: string | null
  /** Whether the lab watches any field. */
  watches: boolean
}

/**
 * The four kinds of check of a registration (input, permission, locked fields, other records), all errors at once; then the version,
 * then possible duplicates. `known` is null for a new patient. One statement.
 */
export async function checkRegistration(tx: Tx, given: Given, known: KnownPatient | null, lab: LabProfile): Promise<Checked> {
  const before = known && detailsOf(known)
  const { details, errors } = checkDetails(given, before, tx.now, lab.timezone)
  const changed = changedFields(before ?? blank, details)
  errors.push(...lackedPermissions(tx.actor, given, known), ...checkIdProofs(given.idProofs ?? []), ...versionErrors(given, known))
  const policies = given.insuranceList ?? []
  const hadPolicies = known?.insuranceList ?? []
  errors.push(...checkInsurance(policies, hadPolicies, dateIn(lab.timezone, tx.now)))
  if (known) errors.push(...lockedErrors(lockedFields(known, lab, tx.actor), changed))

  const likeness = likenessOf(details, changed, lab, known?.id ?? null)
  const others = await checkOthers(tx, { details, known: before, likeness, testIds: given.allowedTests ?? [], policies, hadPolicies }, lab)
  const { organisation, doctor, duplicates } = others
  const held = (path: string) => others.placeholders.includes(path.slice(1))
  refuseAll([...errors.filter(({ path, code }) => !(code.startsWith('patients.implausible') && held(path))), ...others.errors], duplicates)
  if (known && given.version !== known.version) throw platformErrors.stale_version({ thing: 'patient' })
  if (duplicates.length > 0 && !given.acknowledgeDuplicates) throw patientErrors.possible_duplicate({}, { detail: { duplicates } })
  const idKey = held('/nationalId') || staysKeyless(known, changed) ? null : nationalIdKey(details)
  return { details, changed, organisation, doctor, duplicates, watches: others.watches, idKey }
}

const staysKeyless = (known: KnownPatient | null, changed: (keyof Details)[]) => known?.keyless === true && !changed.includes('nationalId')

function lackedPermissions({ permissions }: Actor, given: Given, known: KnownPatient | null): FieldError[] {
  const needed = [[known ? 'patients.update' : 'patients.register', '/']]
  if (given.allowedTests || (known && given.allowedTests !== undefined)) needed.push(['patients.limit_tests', '/allowedTests'])
  return needed.flatMap(([permission = '', path = '']) =>
    (permissions.has(permission) ? [] : [{ path, message: `needs the permission ${permission}`, code: 'platform.forbidden' }]))
}

function versionErrors({ version }: Given, known: KnownPatient | null): FieldError[] {
  if (known && version === undefined) return [{ path: '/version', message: 'is needed to change a patient', code: 'platform.required' }]
  return known || version === undefined ? [] : [{ path: '/version', message: 'goes with userDetailsId', code: 'patients.version_of_nobody' }]
}

/** The details that each strict field stands for. */
export const strictDetails: Record<StrictField, readonly (keyof Details)[]> = {
  fullName: ['fullName'], birthDate: ['birthDate', 'birthTime'], sex: ['sex'], nationalId: ['nationalId', 'nationalIdType'],
}

const lockedErrors = (locked: readonly StrictField[], changed: readonly (keyof Details)[]): FieldError[] =>
  locked.filter((field) => strictDetails[field].some((detail) => changed.includes(detail))).map((field) => ({
    path: `/${field}`, message: 'may not be changed after a report was signed, except with the permission patients.update_identity',
    code: 'patients.identity_locked',
  }))

const recognised: readonly (keyof Details)[] = ['fullName', 'birthDate', 'phone', 'nationalId', 'nationalIdType']

/** By what to look for the same person: nothing when nothing changed that people are recognised by. */
function likenessOf(details: Details, changed: readonly (keyof Details)[], { settings }: LabProfile, exceptPatientId: number | null): Likeness {
  const look = recognised.some((field) => changed.includes(field))
  const warn = look && settings.duplicateWarning
  return {
    fullName: details.fullName, email: details.email, exceptPatientId,
    birthDate: warn && isDate(details.birthDate) ? details.birthDate : null,
    phone: warn ? details.phone : null,
    nationalId: look ? details.nationalId : null,
  }
}

/** A wrong date is reported among the other errors; the database need not see it. */
const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)
