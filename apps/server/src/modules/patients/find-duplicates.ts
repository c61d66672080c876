import type { PatientDuplicate, QueryOf, findDuplicates as contract } from '@aliquot/contracts'
import type { LabProfile } from '#modules/labs'
import type { Reader } from '#platform/unit-of-work'
import { similarPatients, toDuplicates } from './similar-patients.ts'

/** Patients who may be the person whose form is being filled. */
export async function findDuplicates(db: Reader, query: QueryOf<typeof contract>, lab: LabProfile): Promise<PatientDuplicate[]> {
  const { rows } = await similarPatients({
    fullName: query.fullName, birthDate: query.birthDate ?? null, phone: query.phone ?? null,
    nationalId: query.nationalId ?? null, email: null, exceptPatientId: query.exceptPatientId ?? null,
  }).execute(db as never)
  return toDuplicates(rows, lab)
}
