import { Type } from 'typebox'
import type { Static } from 'typebox'
import { CardId, ImageState, PatientGuid, SetAsideReason, SkippedImage } from './imaging.ts'
import { ApiKey, ApiKeyId, CreatedApiKey } from './labs-staff.ts'
import { route } from './route.ts'
import { distinct, filledLine, nullable, oneOf, partial, record, text } from './schema.ts'
import { ActorRef, Code, Count, DateTime, Id, Nothing, Page, Reason, Version, VersionedReasonBody, disabledQuery, pageQuery, searchQuery } from './shared.ts'

export const Clinic = record({
  id: Id, version: Version, code: Code, name: filledLine(80), disabled: Type.Boolean(), cards: Count, images: Count, setAside: Count,
  lastSentAt: nullable(DateTime), skipped: nullable(record({ at: DateTime, total: Count, files: Type.Array(SkippedImage) })),
})
export type Clinic = Static<typeof Clinic>
const clinicParams = record({ clinicId: Id })

export const listClinics = route({
  method: 'GET', path: '/api/imaging/clinics', permission: ['imaging.view', 'imaging.manage'],
  summary: 'Dental clinics that send images', tags: ['imaging'],
  query: record({ ...pageQuery, ...disabledQuery }), response: Page(Clinic), statements: 4,
})
export const createClinic = route({
  method: 'POST', path: '/api/imaging/clinics', permission: 'imaging.manage',
  summary: 'Add a dental clinic, with an account for its keys', tags: ['imaging'],
  body: record({ code: Code, name: filledLine(80) }), response: Clinic, status: 201,
  errors: ['platform.already_exists', 'labs.username_taken', 'labs.permission_not_held'], statements: 16,
})
export const updateClinic = route({
  method: 'PATCH', path: '/api/imaging/clinics/:clinicId', permission: 'imaging.manage',
  summary: 'Rename a clinic, or stop taking its images', tags: ['imaging'],
  params: clinicParams, body: record({ version: Version, ...partial({ name: filledLine(80), disabled: Type.Boolean() }).properties }), response: Clinic,
  errors: ['platform.stale_version'], statements: 9,
})
export const listClinicKeys = route({
  method: 'GET', path: '/api/imaging/clinics/:clinicId/keys', permission: 'imaging.manage',
  summary: 'Keys of a clinic', tags: ['imaging'],
  params: clinicParams, query: record({ ...pageQuery }), response: Page(ApiKey), statements: 6,
})
export const createClinicKey = route({
  method: 'POST', path: '/api/imaging/clinics/:clinicId/keys', permission: 'imaging.manage',
  summary: 'Issue a key for a clinic\'s agent: it may send images and resolve cards, nothing else', tags: ['imaging'],
  params: clinicParams, body: record({ name: filledLine(80), expiresAt: Type.Optional(nullable(DateTime)) }), response: CreatedApiKey, status: 201,
  errors: ['labs.account_disabled', 'labs.permission_not_held'], statements: 14,
})
export const withdrawClinicKey = route({
  method: 'DELETE', path: '/api/imaging/clinics/:clinicId/keys/:apiKeyId', permission: 'imaging.manage',
  summary: 'Withdraw a key of a clinic', tags: ['imaging'],
  params: record({ clinicId: Id, apiKeyId: ApiKeyId }), response: Nothing, status: 204, statements: 12,
})

const CardPatient = record({ id: Id, guid: Type.String(), number: Type.String(), fullName: Type.String(), birthDate: Type.String() })
export const Card = record({
  id: Id, cardId: CardId, clinic: record({ id: Id, name: Type.String() }), patient: CardPatient, addedAt: DateTime, addedBy: ActorRef,
  conflict: Type.Boolean({ description: 'another patient has the same card at this clinic: it names nobody until one of them is removed' }),
})
export type Card = Static<typeof Card>

export const listCards = route({
  method: 'GET', path: '/api/imaging/cards', permission: ['imaging.view', 'imaging.manage'],
  summary: 'Cards of clinics and whose they are', tags: ['imaging'],
  query: record({
    ...pageQuery, ...searchQuery, clinicId: Type.Optional(Id), patientId: Type.Optional(Id), conflicts: Type.Optional(Type.Boolean({ description: 'only those' })),
  }),
  response: Page(Card), statements: 4,
})
export const addCard = route({
  method: 'POST', path: '/api/imaging/cards', permission: 'imaging.manage',
  summary: 'Say whose card this is', tags: ['imaging'],
  body: record({ clinicId: Id, cardId: CardId, patientId: Id }), response: Card, status: 201, errors: ['platform.already_exists'], statements: 10,
})
export const removeCard = route({
  method: 'DELETE', path: '/api/imaging/cards/:cardRowId', permission: 'imaging.manage',
  summary: 'Take a card from a patient', tags: ['imaging'], params: record({ cardRowId: Id }), response: Nothing, status: 204, statements: 8,
})
/** Columns `card_id` and one of `patient_number`, `patient_guid`; a dry run says what would become of each line. */
export const importCards = route({
  method: 'POST', path: '/api/imaging/cards/import', permission: 'imaging.manage',
  summary: 'Cards from a CSV file', tags: ['imaging'],
  body: record({ clinicId: Id, csv: text(1_500_000), dryRun: Type.Boolean() }),
  response: record({
    done: Type.Boolean(), lines: Count, added: Count, known: Count,
    problems: Type.Array(record({ line: Count, cardId: Type.String(), because: oneOf(['no_card', 'no_patient', 'unknown_patient', 'conflict']), with: nullable(Type.String()) })),
  }),
  errors: ['imaging.csv_unreadable'], statements: 12,
})

export const ImageKind = oneOf(['intra_oral', 'panoramic', 'cephalometric', 'x_ray', 'ct', 'photo', 'other'])
const imageFields = {
  id: Id, version: Version, name: Type.String(), state: ImageState, reason: nullable(SetAsideReason), detail: nullable(Type.String()),
  clinic: nullable(record({ id: Id, name: Type.String() })), clinicImageId: nullable(Type.String()),
  modality: nullable(Type.String()), kind: nullable(ImageKind), takenAt: nullable(Type.String({ description: 'local time of the clinic, or the day alone' })),
  teeth: Type.Array(Type.String({ description: 'ISO 3950' })), region: nullable(Type.String()), laterality: nullable(Type.String()),
  width: nullable(Count), height: nullable(Count), size: Count, foundAt: DateTime,
  thumbnail: nullable(Type.String({ description: 'link that expires' })),
}
export const DentalImage = record(imageFields)
export type DentalImage = Static<typeof DentalImage>

export const listPatientImages = route({
  method: 'GET', path: '/api/imaging/patients/:patientGuid/images', permission: 'imaging.view',
  summary: 'Images of a patient, newest first: by GUID, and by nothing else; the look is logged', tags: ['imaging'],
  params: record({ patientGuid: PatientGuid }), query: record({ ...pageQuery, kind: Type.Optional(distinct(ImageKind, 7)) }),
  response: Page(DentalImage), statements: 12,
})

export const ImageSpacing = record({ row: Type.Number(), column: Type.Number(), at: oneOf(['calibrated', 'detector', 'scanned', 'unspecified']) })
const patientOfImage = record({ id: Id, guid: Type.String(), number: Type.String(), fullName: Type.String(), birthDate: Type.String() })
export const DentalImageDetail = record({
  ...imageFields, patient: nullable(patientOfImage),
  header: record({
    patientName: nullable(Type.String()), patientId: nullable(Type.String()), birthDate: nullable(Type.String()), sex: nullable(Type.String()),
    device: nullable(Type.String()), description: nullable(Type.String()), transferSyntax: nullable(Type.String()), lossy: Type.Boolean(), frames: Count,
    studyUid: nullable(Type.String()), seriesUid: nullable(Type.String()),
  }),
  spacing: nullable(record({ ...ImageSpacing.properties })),
  sha256: nullable(Type.String()),
  decided: nullable(record({ by: ActorRef, at: DateTime, reason: Type.String() })),
  tags: Type.Array(record({ tag: Type.String(), name: Type.String(), vr: Type.String(), value: Type.String(), depth: Count })),
  links: record({
    original: nullable(Type.String()), picture: nullable(Type.String({ description: 'as seen, in full size' })),
    view: nullable(Type.String({ description: 'gray values for a viewer: docs/imaging.md' })), expiresAt: DateTime,
  }),
})
export type DentalImageDetail = Static<typeof DentalImageDetail>
const imageParams = record({ imageId: Id })

export const getDentalImage = route({
  method: 'GET', path: '/api/imaging/images/:imageId', permission: 'imaging.view',
  summary: 'One image with its header and links to its bytes; the look is logged', tags: ['imaging'],
  params: imageParams, response: DentalImageDetail, statements: 10,
})
export const shareDentalImage = route({
  method: 'POST', path: '/api/imaging/images/:imageId/links', permission: 'imaging.view',
  summary: 'A link for somebody outside: works without signing in until it expires', tags: ['imaging'],
  params: imageParams, body: record({ what: oneOf(['picture', 'original']), hours: Type.Integer({ minimum: 1, maximum: 168 }) }),
  response: record({ url: Type.String(), expiresAt: DateTime }), errors: ['imaging.not_ready'], statements: 8,
})

export const listSetAside = route({
  method: 'GET', path: '/api/imaging/set-aside', permission: 'imaging.manage',
  summary: 'Images that wait for a person, with the reason', tags: ['imaging'],
  query: record({ ...pageQuery, ...searchQuery, reason: Type.Optional(distinct(SetAsideReason, 14)), clinicId: Type.Optional(Id) }),
  response: Page(record({ ...imageFields, patient: nullable(patientOfImage), header: DentalImageDetail.properties.header })), statements: 4,
})
export const fileDentalImage = route({
  method: 'POST', path: '/api/imaging/images/:imageId/file', permission: 'imaging.manage',
  summary: 'Say whose image this is, after looking; it moves to that patient', tags: ['imaging'],
  params: imageParams, body: record({ version: Version, reason: Reason, patientId: Id }), response: DentalImage,
  errors: ['platform.stale_version', 'imaging.not_possible'], statements: 12,
})
export const discardDentalImage = route({
  method: 'POST', path: '/api/imaging/images/:imageId/discard', permission: 'imaging.manage',
  summary: 'Nobody needs this image: its bytes are deleted, and it is not taken again', tags: ['imaging'],
  params: imageParams, body: VersionedReasonBody, response: DentalImage, errors: ['platform.stale_version', 'imaging.not_possible'], statements: 12,
})
export const checkDentalImage = route({
  method: 'POST', path: '/api/imaging/images/:imageId/check', permission: 'imaging.manage',
  summary: 'Look at it again: the patient or the card may have been put right', tags: ['imaging'],
  params: imageParams, body: record({ version: Version }), response: DentalImage, errors: ['platform.stale_version', 'imaging.not_possible'], statements: 12,
})
export const lookForImages = route({
  method: 'POST', path: '/api/imaging/look', permission: 'imaging.manage',
  summary: 'List the bucket now, not only by the hour', tags: ['imaging'], body: record({}), response: Nothing, status: 204, statements: 6,
})
