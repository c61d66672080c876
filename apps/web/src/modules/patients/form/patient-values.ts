import { Phone, type IdProofType, type Patient, type PatientSource, type Ref, type RegisterPatientBody, type Sex } from '@aliquot/contracts'
import type { Choice } from '../../../ui/index.ts'
import { insuranceInput, insuranceOf, type InsuranceValues } from './insurance-values.ts'

export type AgeUnit = 'years' | 'months' | 'days' | 'hours'

export interface IdProofValues {
  key: string
  type: IdProofType
  number: string
  objectId: number | null
  fileName: string | null
}

/** A patient as the form holds it: everything is text until it is sent. */
export interface PatientValues {
  title: string
  fullName: string
  sex: Sex | null
  birthDate: string | null
  birthTime: string
  ageValue: string
  ageUnit: AgeUnit
  phone: string
  email: string
  address: string
  city: string
  pincode: string
  doctor: Choice<unknown> | null
  organisation: Choice<unknown> | null
  nationalIdType: IdProofType | null
  nationalId: string
  notes: string
  source: PatientSource
  idProofs: IdProofValues[]
  insuranceList: InsuranceValues[]
}

export const emptyPatient: PatientValues = {
  title: '', fullName: '', sex: null, birthDate: null, birthTime: '', ageValue: '', ageUnit: 'years', phone: '', email: '', address: '',
  city: '', pincode: '',
  doctor: null, organisation: null, nationalIdType: null, nationalId: '', notes: '', source: 'desk', idProofs: [], insuranceList: [],
}

/** Where the server's names of fields differ from the form's. */
export const serverFields = { age: 'ageValue', 'age.value': 'ageValue', 'age.unit': 'ageUnit', organisationId: 'organisation', doctorId: 'doctor' }

const choice = (ref: Ref | null): Choice<unknown> | null => ref && { id: ref.id, label: ref.name }

export function valuesOf(patient: Patient): PatientValues {
  return {
    title: patient.title ?? '', fullName: patient.fullName, sex: patient.sex, birthDate: patient.birthDate,
    birthTime: patient.birthTime ?? '', ageValue: '', ageUnit: 'years',
    phone: patient.phone ?? '', email: patient.email ?? '', address: patient.address ?? '', city: patient.city ?? '', pincode: patient.pincode ?? '',
    doctor: choice(patient.doctor), organisation: choice(patient.organisation), nationalIdType: patient.nationalIdType,
    nationalId: patient.nationalId ?? '',
    notes: patient.notes ?? '', source: patient.source, idProofs: [], insuranceList: patient.insuranceList.map(insuranceOf),
  }
}

const orNull = (text: string): string | null => text.trim() || null

type Written = Omit<RegisterPatientBody, 'userDetailsId' | 'version' | 'acknowledgeDuplicates'>

/** Everything that the form says, as the server wants it. Of an age in hours the server reckons the time of birth itself. */
function written(values: PatientValues): Written {
  const birth: Written = values.birthDate
    ? { birthDate: values.birthDate, birthTime: values.birthTime || null }
    : values.ageValue.trim() ? { age: { value: Number(values.ageValue), unit: values.ageUnit } } : {}
  return {
    title: orNull(values.title), fullName: values.fullName.trim(), ...(values.sex ? { sex: values.sex } : {}), ...birth,
    phone: orNull(values.phone), email: orNull(values.email), address: orNull(values.address), city: orNull(values.city),
    pincode: orNull(values.pincode),
    doctorId: values.doctor?.id ?? null, organisationId: values.organisation?.id ?? null,
    nationalIdType: values.nationalIdType, nationalId: orNull(values.nationalId), notes: orNull(values.notes), source: values.source,
    insuranceList: values.insuranceList.map(insuranceInput),
  }
}

export function proofInput({ type, number, objectId }: IdProofValues) {
  return { type, number: number.trim(), ...(objectId === null ? {} : { objectId }) }
}

/** A new patient: what is empty is left out. */
export function registration(values: PatientValues): Written {
  const given = Object.entries(written(values)).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
  const idProofs = values.idProofs.map(proofInput)
  return { ...Object.fromEntries(given), ...(idProofs.length > 0 ? { idProofs } : {}) }
}

/** Only what differs from what was read: a correction is then not held up by something else that is wrong, or locked. */
export function correction(values: PatientValues, before: PatientValues): Written {
  const old = written(before) as Record<string, unknown>
  const changed = Object.entries(written(values)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]))
  const now = written(values)
  // An id and its kind are one thing, and so are a day of birth and its hour.
  const pairs = [['nationalId', 'nationalIdType'], ['birthDate', 'birthTime']] as const
  const touched = pairs.flatMap((pair) => (pair.some((name) => changed.some(([other]) => other === name)) ? pair : []))
  return Object.fromEntries([...changed, ...touched.flatMap((name) => (now[name] ? [[name, now[name]]] : []))])
}

const phonePattern = new RegExp((Phone as { pattern?: string }).pattern ?? '')

type Say = (key: 'error.name' | 'error.sex' | 'error.birth' | 'error.age' | 'error.phone' | 'error.email' | 'error.number' | 'error.group' | 'error.policy'
  | 'error.holder') => string

/** What would be refused for its form alone, all of it at once. Everything else is the server's to judge. */
export function patientErrors(values: PatientValues, t: Say): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!values.fullName.trim()) errors.fullName = t('error.name')
  if (values.sex === null) errors.sex = t('error.sex')
  if (!values.birthDate && !values.ageValue.trim()) errors.birthDate = t('error.birth')
  if (values.ageValue.trim() && !/^\d{1,7}$/.test(values.ageValue.trim())) errors.ageValue = t('error.age')
  if (values.phone.trim() && !phonePattern.test(values.phone.trim())) errors.phone = t('error.phone')
  if (values.email.trim() && (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim()))) errors.email = t('error.email')
  values.idProofs.forEach(({ number }, at) => {
    if (!number.trim()) errors[`idProofs.${at}.number`] = t('error.number')
  })
  values.insuranceList.forEach(({ insuranceGroupId, policyNumber, relation, holderName }, at) => {
    if (insuranceGroupId === null) errors[`insuranceList.${at}.insuranceGroupId`] = t('error.group')
    if (!policyNumber.trim()) errors[`insuranceList.${at}.policyNumber`] = t('error.policy')
    if (relation !== 'self' && !holderName.trim()) errors[`insuranceList.${at}.holderName`] = t('error.holder')
  })
  return errors
}
