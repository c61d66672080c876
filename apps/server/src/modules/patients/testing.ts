import type { RegisterPatientBody, RegisterPatientResult } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { change } from '#platform/unit-of-work'
import { registerPatient } from './register-patient.ts'

let made = 0

/** A body that registers somebody unlike anybody else. */
export function aPerson(changes: Partial<RegisterPatientBody> = {}): RegisterPatientBody {
  const number = ++made
  const day = new Date(Date.UTC(1950, 0, 1 + ((number * 37) % 25_000)))
  const letters = [...String(number)].map((digit) => 'bdfgjklmpr'[Number(digit)]).join('a')
  return { fullName: `${letters} ${letters}a`, sex: number % 2 ? 'female' : 'male', birthDate: day.toISOString().slice(0, 10), ...changes }
}

/** Registers or, with `userDetailsId`, updates. */
export async function register(actor: Actor, body: RegisterPatientBody): Promise<RegisterPatientResult> {
  const lab = await labProfile(actor.labId)
  return change(actor, (tx) => registerPatient(tx, body, lab))
}

/** A new patient of the lab. The actor needs patients.register. */
export const aPatient = async (actor: Actor, changes: Partial<RegisterPatientBody> = {}): Promise<RegisterPatientResult['patient']> =>
  (await register(actor, aPerson({ acknowledgeDuplicates: true, ...changes }))).patient

export { mergePatients } from './merge-patients.ts'
export { previewMerge } from './preview-merge.ts'
export { setAllowedTests } from './allowed-tests.ts'
export { setIdProofs } from './set-id-proofs.ts'
