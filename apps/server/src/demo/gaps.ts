import type { Patient, RegisterPatientBody } from '@aliquot/contracts'
import { labProfile } from '../modules/labs/index.ts'
import { saveConfiguration } from '../modules/missing-details/index.ts'
import { registerPatient } from '../modules/patients/index.ts'
import type { Actor } from '../platform/auth/index.ts'
import { at, change } from '../platform/unit-of-work/index.ts'
import type { Random } from './random.ts'

const placeholders = { phone: '9999999999', city: 'Not known', pincode: '000000' } as const

/** The fields that the demo lab watches: a phone number must be known before results go out. */
export async function watchFields(actor: Actor): Promise<void> {
  const patients = Object.entries(placeholders).map(([fieldName, fieldValue]) =>
    ({ fieldModule: 'patients' as const, fieldName, fieldValue, blocksRelease: false }))
  await change(actor, (tx) => saveConfiguration(tx, [...patients, { fieldModule: 'billing', fieldName: 'notes', fieldValue: 'To be asked' }]))
}

/** Some are in a hurry, or do not know. */
export function hurried(random: Random, person: RegisterPatientBody): RegisterPatientBody {
  const left = Object.entries(placeholders).filter(() => random.chance(0.05))
  return left.length > 0 ? { ...person, ...Object.fromEntries(left) } : person
}

/** Half of them bring what was missing on the next day. */
export async function completeLater(desk: Actor, random: Random, patient: Patient, arrival: Date): Promise<void> {
  const time = new Date(arrival.getTime() + 26 * 3_600_000)
  if (patient.missingDetails.length === 0 || time.getTime() > Date.now() || random.chance(0.5)) return
  const lab = await labProfile(desk.labId)
  const truth = { phone: `+91 9${random.digits(9)}`, city: 'Mysuru', pincode: `5700${random.digits(2)}` }
  const body = { userDetailsId: patient.id, version: patient.version, ...truth, acknowledgeDuplicates: true }
  await at(time, () => change(desk, (tx) => registerPatient(tx, body, lab)))
}
