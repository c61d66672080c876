import {
  RegisterPatientBody, UpdateBillBody, type MissingDetailsTemplate, type MissingEntity, type MissingFieldModule, type Ref,
} from '@aliquot/contracts'
import type { TSchema } from 'typebox'

/** What registration saves of a patient, as far as it can be missing. */
export interface PatientFacts {
  title: string | null
  fullName: string
  sex: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  birthDateEstimated: boolean
  nationalId: string | null
  idProofs: readonly { number: string }[]
  phone: string | null
  email: string | null
  address: string | null
  city: string | null
  pincode: string | null
  organisation: Ref | null
  doctor: Ref | null
  /** The one that is asked first comes first. */
  insuranceList: readonly { insuranceGroup: Ref }[]
  source: string
  notes: string | null
}

/** What billing saves of a bill, as far as it can be missing. */
export interface BillFacts {
  organisation: Ref | null
  doctor: Ref | null
  icd: readonly { code: string }[]
  priority: string
  discountReason: string | null
  notes: string | null
}

type Read<F> = (facts: F) => string | Ref | null

interface Field<F> {
  input: MissingDetailsTemplate['input']
  /** Of a choice, what can be chosen; of an entity, its kind. */
  options?: readonly string[]
  entity?: MissingEntity
  /** How what is saved reads as one comparable value. An entity is compared by its id as well. */
  read: Read<F>
  /** What the form that takes the value refuses: a placeholder must pass there. */
  accepts?: TSchema
}

const patient = RegisterPatientBody.properties
const bill = UpdateBillBody.properties
const text = <F>(read: Read<F>, accepts: TSchema): Field<F> => ({ input: 'text', read, accepts })
const choice = <F>(read: Read<F>, options: readonly string[]): Field<F> => ({ input: 'choice', read, options })
const entity = <F>(read: Read<F>, kind: MissingEntity): Field<F> => ({ input: 'entity', read, entity: kind })
const listed = (values: readonly string[]) => (values.length > 0 ? values.join(', ') : null)

const patientFields = {
  title: text(({ title }) => title, patient.title),
  fullName: text(({ fullName }) => fullName, patient.fullName),
  sex: choice(({ sex }) => sex, ['unknown', 'other']),
  birthDate: { input: 'date', read: ({ birthDate }) => birthDate, accepts: patient.birthDate },
  birthDateEstimated: choice(({ birthDateEstimated }) => (birthDateEstimated ? 'estimated' : 'exact'), ['estimated']),
  nationalId: text(({ nationalId }) => nationalId, patient.nationalId),
  idProof: text(({ idProofs }) => listed(idProofs.map(({ number }) => number)), patient.nationalId),
  phone: text(({ phone }) => phone, patient.phone),
  email: text(({ email }) => email, patient.email),
  address: text(({ address }) => address, patient.address),
  city: text(({ city }) => city, patient.city),
  pincode: text(({ pincode }) => pincode, patient.pincode),
  organisation: entity(({ organisation }) => organisation, 'organisation'),
  doctor: entity(({ doctor }) => doctor, 'doctor'),
  source: choice(({ source }) => source, ['desk', 'phone', 'home_visit', 'camp', 'portal', 'integration', 'import']),
  notes: text(({ notes }) => notes, patient.notes),
  insuranceGroup: entity(({ insuranceList }) => insuranceList[0]?.insuranceGroup ?? null, 'insurance_group'),
} satisfies Record<string, Field<PatientFacts>>

const billFields = {
  organisation: entity(({ organisation }) => organisation, 'organisation'),
  doctor: entity(({ doctor }) => doctor, 'doctor'),
  icd: text(({ icd }) => listed(icd.map(({ code }) => code)), bill.icd.items.properties.code),
  priority: choice(({ priority }) => priority, ['routine', 'urgent', 'stat']),
  discountReason: text(({ discountReason }) => discountReason, bill.discountReason),
  notes: text(({ notes }) => notes, bill.notes),
} satisfies Record<string, Field<BillFacts>>

/** Every field of the catalogue: `missing_details.template` has a row for each, and no other. */
export const fields: Record<MissingFieldModule, Record<string, Field<never>>> = { patients: patientFields, billing: billFields }

/** One saved value, ready to be compared in SQL. */
export interface SavedValue {
  module: MissingFieldModule
  name: string
  value: string | null
  id: number | null
}

function savedValues<F extends object>(module: MissingFieldModule, known: Record<string, { read: Read<F> }>, facts: F): SavedValue[] {
  return Object.entries(known).map(([name, { read }]) => {
    const value = read(facts)
    return { module, name, ...(value !== null && typeof value === 'object' ? { value: value.name, id: value.id } : { value, id: null }) }
  })
}

export const patientValues = (facts: PatientFacts): SavedValue[] =>
  savedValues('patients', patientFields as Record<string, Field<PatientFacts>>, facts)
export const billValues = (facts: BillFacts): SavedValue[] => savedValues('billing', billFields as Record<string, Field<BillFacts>>, facts)
/** The id proofs alone, where nothing else of a patient was saved. */
export const idProofValues = (idProofs: PatientFacts['idProofs']): SavedValue[] =>
  [{ module: 'patients', name: 'idProof', value: patientFields.idProof.read({ idProofs } as PatientFacts) as string | null, id: null }]
