import { MergeField, type Patient } from '@aliquot/contracts'

/** What of a patient each field of a merge stands for; null where nothing is known. */
const parts: Record<MergeField, (patient: Patient) => readonly (string | number | null)[]> = {
  title: ({ title }) => [title], fullName: ({ fullName }) => [fullName], sex: ({ sex }) => [sex],
  birthDate: ({ birthDate, birthTime }) => [birthDate, birthTime], phone: ({ phone }) => [phone], email: ({ email }) => [email],
  address: ({ address, city, pincode }) => [address, city, pincode], nationalId: ({ nationalIdType, nationalId }) => [nationalIdType, nationalId],
  notes: ({ notes }) => [notes], organisation: ({ organisation }) => [organisation?.id ?? null], doctor: ({ doctor }) => [doctor?.id ?? null],
}

const known = (field: MergeField, patient: Patient): boolean => parts[field](patient).some((part) => part !== null)

/** The fields in which two records differ. */
export const differing = (keep: Patient, merge: Patient): MergeField[] =>
  MergeField.enum.filter((field) => JSON.stringify(parts[field](keep)) !== JSON.stringify(parts[field](merge)))

/** What to take over unless somebody says otherwise: what the kept record lacks. */
export const proposed = (keep: Patient, merge: Patient): MergeField[] =>
  differing(keep, merge).filter((field) => !known(field, keep) && known(field, merge) && !keep.strictFields.includes(field))
