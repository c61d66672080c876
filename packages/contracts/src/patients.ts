import { Type } from 'typebox'
import type { Static } from 'typebox'
import { OpenDetail } from './missing-details.ts'
import { route } from './route.ts'
import { distinct, filledLine, line, list, nullable, oneOf, partial, record, setOf, text } from './schema.ts'
import {
  ActorRef, Age, CodedRef, Count, DateOnly, DateTime, Email, Id, Nothing, Page, Phone, Ref, Sex, TimeOfDay, Version, missingFields, pageQuery, searchQuery,
} from './shared.ts'
import { StoredObject } from './storage.ts'

export const IdProofType = oneOf([
  'aadhaar', 'pan', 'passport', 'driving_licence', 'voter_id', 'national_id', 'health_id', 'social_security', 'residence_permit', 'other',
])
export type IdProofType = Static<typeof IdProofType>

const idProofFields = { type: IdProofType, number: filledLine(60), objectId: nullable(Id) }
/** As given: `objectId` is the scan, once it is uploaded. */
export const IdProofInput = record({ ...idProofFields, objectId: Type.Optional(idProofFields.objectId) })
export const IdProof = record({ id: Id, ...idProofFields, addedAt: DateTime })
export type IdProof = Static<typeof IdProof>

export const PolicyRelation = oneOf(['self', 'spouse', 'child', 'parent', 'other'])
export type PolicyRelation = Static<typeof PolicyRelation>

const percent = Type.Number({ minimum: 0, maximum: 100, description: 'of a bill; kept to two decimals' })
const policyFields = {
  policyNumber: filledLine(60),
  relation: PolicyRelation,
  holderName: nullable(line(160)),
  validFrom: nullable(DateOnly),
  validTo: nullable(DateOnly),
  priority: Type.Integer({ minimum: 1, maximum: 99, description: '1 is asked first' }),
  coveragePercent: percent,
}
/** `holderName` is needed where the policy is somebody else's. Without a priority, the place in the list counts; without a coverage, all of it. */
export const InsuranceInput = record({ insuranceGroupId: Id, ...partial(policyFields).properties, policyNumber: policyFields.policyNumber })
export type InsuranceInput = Static<typeof InsuranceInput>
/** A policy that covers a patient. */
export const Insurance = record({ id: Id, insuranceGroup: Ref, ...policyFields })
export type Insurance = Static<typeof Insurance>

export const PatientSource = oneOf(['desk', 'phone', 'home_visit', 'camp', 'portal', 'integration', 'import'])
export type PatientSource = Static<typeof PatientSource>

const Guid = Type.String({ format: 'uuid' })

const details = {
  title: nullable(line(20)),
  fullName: filledLine(160),
  sex: Sex,
  birthTime: nullable(TimeOfDay),
  phone: nullable(Phone),
  email: nullable(Email),
  address: nullable(text(400)),
  city: nullable(line(80)),
  pincode: nullable(line(16)),
  nationalId: nullable(filledLine(60)),
  nationalIdType: nullable(IdProofType),
  notes: nullable(text(2000)),
}

export const Patient = record({
  id: Id,
  guid: Guid,
  number: Type.String(),
  version: Version,
  ...details,
  birthDate: DateOnly,
  birthDateEstimated: Type.Boolean({ description: 'reckoned from an age' }),
  ageText: Type.String({ examples: ['34 y', '9 d'] }),
  organisation: nullable(Ref),
  doctor: nullable(Ref),
  idProofs: Type.Array(IdProof),
  insuranceList: Type.Array(Insurance),
  mergedRecords: Type.Array(record({ id: Id, number: Type.String(), fullName: Type.String(), mergedAt: DateTime }), {
    description: 'records of the same person that were merged into this one',
  }),
  testsLimited: Type.Boolean({ description: 'only the allowed tests may be billed' }),
  strictFields: Type.Array(Type.String(), { description: 'details that the caller may not change because a report is signed' }),
  source: PatientSource,
  ...missingFields,
  missingDetails: Type.Array(OpenDetail),
  registeredAt: DateTime,
  registeredBy: ActorRef,
  updatedAt: DateTime,
})
export type Patient = Static<typeof Patient>

export const PatientSummary = record({
  id: Id, guid: Guid, number: Type.String(), version: Version, fullName: Type.String(), sex: Sex, birthDate: DateOnly, ageText: Type.String(),
  phone: nullable(Type.String()), city: nullable(Type.String()), organisation: nullable(Ref), doctor: nullable(Ref),
  ...missingFields, registeredAt: DateTime, lastVisitAt: nullable(DateTime),
})
export type PatientSummary = Static<typeof PatientSummary>

/** The patient as bills, specimens and reports show it. `ageText` is the age on the day of the order. */
export const PatientBrief = record({
  id: Id, number: Type.String(), fullName: Type.String(), sex: Sex, birthDate: DateOnly, birthTime: nullable(TimeOfDay),
  birthDateEstimated: Type.Boolean(), ageText: Type.String(), phone: nullable(Type.String()),
})
export type PatientBrief = Static<typeof PatientBrief>

export const PatientDuplicate = record({
  patient: PatientSummary,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  reasons: Type.Array(oneOf(['name', 'birth_date', 'phone', 'national_id', 'email'])),
})
export type PatientDuplicate = Static<typeof PatientDuplicate>

/**
 * Creates a patient, or with `userDetailsId` and `version` updates one: what is left out stays, null clears.
 * On creation full name, sex, and birth date or age are required; the command says so together with its other rules, so that
 * a clerk sees every error at once.
 */
export const RegisterPatientBody = record({
  userDetailsId: Type.Optional(Id),
  version: Type.Optional(Version),
  ...partial(details).properties,
  birthDate: Type.Optional(DateOnly),
  age: Type.Optional(Age),
  organisationId: Type.Optional(nullable(Id)),
  doctorId: Type.Optional(nullable(Id)),
  idProofs: Type.Optional(list(IdProofInput, 10)),
  insuranceList: Type.Optional(list(InsuranceInput, 10)),
  allowedTests: Type.Optional(nullable(distinct(Id, 500))),
  acknowledgeDuplicates: Type.Optional(Type.Boolean({ description: 'register although similar patients exist' })),
  source: Type.Optional(PatientSource),
})
export type RegisterPatientBody = Static<typeof RegisterPatientBody>

export const RegisterPatientResult = record({
  userDetailsId: Id, created: Type.Boolean(), patient: Patient, duplicates: Type.Array(PatientDuplicate),
})
export type RegisterPatientResult = Static<typeof RegisterPatientResult>

/** `patients.possible_duplicate` carries `context.duplicates`, a list of PatientDuplicate. */
export const registerPatient = route({
  method: 'POST', path: '/api-v3/registration/patients/new', permission: ['patients.register', 'patients.update'],
  summary: 'Register or update a patient', tags: ['patients'],
  body: RegisterPatientBody, response: RegisterPatientResult,
  errors: [
    'patients.possible_duplicate', 'patients.national_id_taken', 'patients.identity_locked', 'patients.merged', 'platform.stale_version',
    'storage.not_uploaded',
  ],
  statements: 11,
})

export const listPatients = route({
  method: 'GET', path: '/api/patients', permission: 'patients.view',
  summary: 'Patients, the last registered first, or the best match first with q', tags: ['patients'],
  query: record({ ...pageQuery, ...searchQuery, organisationId: Type.Optional(Id), doctorId: Type.Optional(Id) }),
  response: Page(PatientSummary), statements: 4,
})

const patientParams = record({ patientId: Id })

export const getPatient = route({
  method: 'GET', path: '/api/patients/:patientId', permission: 'patients.view',
  summary: 'One patient; the reading is logged. The id of a merged record finds the one that was kept', tags: ['patients'],
  params: patientParams, response: Patient, statements: 8,
})

export const getPatientByGuid = route({
  method: 'GET', path: '/api/patients/by-guid/:guid', permission: 'patients.view',
  summary: 'One patient, by the id that systems exchange; that of a merged record finds the one that was kept', tags: ['patients'],
  params: record({ guid: Guid }), response: Patient, statements: 9,
})

/** What may be taken over from the merged record; a birth date with its time, an address with its town, an id with its kind. */
export const MergeField = oneOf([
  'title', 'fullName', 'sex', 'birthDate', 'phone', 'email', 'address', 'nationalId', 'notes', 'organisation', 'doctor',
])
export type MergeField = Static<typeof MergeField>

export const MergePreview = record({
  keep: Patient,
  merge: Patient,
  moves: Type.Record(Type.String(), Count, { description: 'how many records of each sort refer to the one that goes' }),
})
export type MergePreview = Static<typeof MergePreview>

export const previewMerge = route({
  method: 'GET', path: '/api/patients/:patientId/merge/:mergeId', permission: 'patients.merge',
  summary: 'What merging a second record into this one would move', tags: ['patients'],
  params: record({ patientId: Id, mergeId: Id }), response: MergePreview, errors: ['patients.merged'], statements: 24,
})

export const MergePatientsBody = record({
  version: Version,
  mergeId: Id,
  mergeVersion: Version,
  choose: Type.Optional(setOf(MergeField, 11)),
})
export type MergePatientsBody = Static<typeof MergePatientsBody>

/** `choose` names the details to take over from the merged record; all others stay as they are. */
export const mergePatients = route({
  method: 'POST', path: '/api/patients/:patientId/merge', permission: 'patients.merge',
  summary: 'Merge a second record of the same person into this one; everything of it moves here', tags: ['patients'],
  params: patientParams, body: MergePatientsBody, response: Patient,
  errors: ['platform.stale_version', 'patients.merged', 'patients.identity_locked'], statements: 36,
})

export const findDuplicates = route({
  method: 'GET', path: '/api/patients/duplicates', permission: 'patients.view',
  summary: 'Similar patients, while a form is being filled', tags: ['patients'],
  query: record({
    fullName: filledLine(160), birthDate: Type.Optional(DateOnly), sex: Type.Optional(Sex), phone: Type.Optional(line(24)),
    nationalId: Type.Optional(line(60)), exceptPatientId: Type.Optional(Id),
  }),
  response: record({ duplicates: Type.Array(PatientDuplicate) }), statements: 4,
})

export const TimelineEntry = record({
  at: DateTime,
  kind: oneOf(['registration', 'bill', 'payment', 'specimen', 'report', 'attachment', 'change', 'view']),
  title: Type.String(),
  detail: nullable(Type.String()),
  actor: ActorRef,
  url: nullable(Type.String({ description: 'path of the screen in the web application' })),
})
export type TimelineEntry = Static<typeof TimelineEntry>

export const getTimeline = route({
  method: 'GET', path: '/api/patients/:patientId/timeline', permission: 'patients.view',
  summary: 'Everything that happened with a patient, newest first', tags: ['patients'],
  params: patientParams, query: record(pageQuery), response: Page(TimelineEntry), statements: 9,
})

export const saveIdProofs = route({
  method: 'POST', path: '/api-v3/registration/patients/:patientId/id-proofs', permission: 'patients.manage_files',
  summary: 'Replace the id proofs of a patient', tags: ['patients'],
  params: patientParams,
  body: record({ idProofs: list(IdProofInput, 10) }),
  response: record({ idProofs: Type.Array(IdProof) }), errors: ['patients.national_id_taken', 'storage.not_uploaded'], statements: 11,
})

export const Attachment = record({ id: Id, title: Type.String(), object: StoredObject, addedAt: DateTime, addedBy: ActorRef })
export type Attachment = Static<typeof Attachment>

export const listAttachments = route({
  method: 'GET', path: '/api/patients/:patientId/attachments', permission: 'patients.view',
  summary: 'Files attached to a patient', tags: ['patients'],
  params: patientParams, query: record(pageQuery), response: Page(Attachment), statements: 8,
})

export const addAttachment = route({
  method: 'POST', path: '/api/patients/:patientId/attachments', permission: 'patients.manage_files',
  summary: 'Attach an uploaded file', tags: ['patients'],
  params: patientParams,
  body: record({ objectId: Id, title: filledLine(160) }),
  response: Attachment, status: 201, errors: ['storage.not_uploaded'], statements: 11,
})

export const deleteAttachment = route({
  method: 'DELETE', path: '/api/patients/:patientId/attachments/:attachmentId', permission: 'patients.manage_files',
  summary: 'Remove an attachment', tags: ['patients'],
  params: record({ patientId: Id, attachmentId: Id }), response: Nothing, status: 204, statements: 10,
})

export const AllowedTests = record({ limited: Type.Boolean(), tests: Type.Array(CodedRef) })
export type AllowedTests = Static<typeof AllowedTests>

export const getAllowedTests = route({
  method: 'GET', path: '/api/patients/:patientId/allowed-tests', permission: 'patients.view',
  summary: 'The tests that may be billed to a patient', tags: ['patients'],
  params: patientParams, response: AllowedTests, statements: 8,
})

export const setAllowedTests = route({
  method: 'PUT', path: '/api/patients/:patientId/allowed-tests', permission: 'patients.limit_tests',
  summary: 'Limit the tests of a patient; null allows all', tags: ['patients'],
  params: patientParams,
  body: record({ testIds: nullable(distinct(Id, 500)) }),
  response: AllowedTests, statements: 11,
})
