import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { filledLine, filledList, line, list, nullable, oneOf, record } from './schema.ts'
import { Count, DateTime, Id } from './shared.ts'

/** A patient's number in the clinic's own system: compared without spaces around it, and exactly otherwise. */
export const CardId = filledLine(64)
export const PatientGuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', description: 'lower case' })
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'hex, lower case' })
/** The number of an image in the clinic's system: of file `0000_{imageId}.dcm`. */
export const ClinicImageId = Type.String({ pattern: '^[0-9]{1,18}$' })
export const largestImage = 512 * 1024 * 1024
const ImageSize = Type.Integer({ minimum: 1, maximum: largestImage, description: 'bytes' })

const imageKeyPattern = '^images/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([1-9][0-9]{0,15})_([0-9]{1,18})_([0-9a-f]{8})\\.dcm$'
export const ImageKey = Type.String({ pattern: imageKeyPattern, maxLength: 200, description: 'images/{patientGuid}/{clinicId}_{imageId}_{first 8 of sha256}.dcm' })

export interface ImageName {
  patientGuid: string
  clinicId: number
  imageId: string
  /** of the file: hex */
  sha256: string
}

/** Where the bytes of an image lie in the bucket. The same image has the same key, whoever writes it and however often. */
export const imageKey = ({ patientGuid, clinicId, imageId, sha256 }: ImageName): string =>
  `images/${patientGuid}/${clinicId}_${imageId}_${sha256.slice(0, 8)}.dcm`

/** What {@link imageKey} was made of, `hash` being the first 8 digits; null for any other key. */
export const readImageKey = (key: string): { patientGuid: string; clinicId: number; imageId: string; hash: string } | null => {
  const [, patientGuid, clinicId, imageId, hash] = new RegExp(imageKeyPattern).exec(key) ?? []
  return patientGuid && clinicId && imageId && hash ? { patientGuid, clinicId: Number(clinicId), imageId, hash } : null
}

/**
 * What an agent may put beside an image, at the image's key with `.json` for `.dcm`, when it writes to the bucket with credentials of its own:
 * the name that the clinic gave the image. Not needed where `noteUploads` says it.
 */
export const ImageSidecar = record({ name: line(300) })
export const sidecarKey = (key: string): string => key.replace(/\.dcm$/, '.json')

const clinicId = Type.Optional(Id)
const CardIds = filledList(CardId, 500)

/** Only with a clinic's key; `clinicId` may be given and must then be that clinic. A card that two patients have is ambiguous: nobody is chosen. */
export const resolvePatients = route({
  method: 'POST', path: '/api/app/patient-pms-resolver/resolve', permission: 'imaging.upload',
  summary: 'Whose cards these are: card ids to patient GUIDs, in batches; also takes a bare list of card ids', tags: ['imaging'],
  body: Type.Union([record({ cardIds: CardIds, clinicId }), CardIds]),
  response: record({
    patients: Type.Array(record({ cardId: CardId, patientGuid: PatientGuid })), unresolved: Type.Array(CardId), ambiguous: Type.Array(CardId),
  }),
  errors: ['imaging.not_a_clinic'], statements: 6,
})

const Announced = record({ patientGuid: PatientGuid, imageId: ClinicImageId, size: ImageSize, sha256: Sha256 })

/**
 * Answers in the order of `files`. `form` is null where the image is there already: nothing need be sent. Otherwise it is posted as multipart/form-data
 * to `url`: the fields first, then the bytes as `file`, with content type application/dicom and exactly the announced size.
 */
export const openImageUploads = route({
  method: 'POST', path: '/api/app/imaging/uploads', permission: 'imaging.upload',
  summary: 'Forms to send images straight to the bucket', tags: ['imaging'],
  body: record({ clinicId, files: filledList(Announced, 100) }),
  response: record({
    uploads: Type.Array(record({
      key: ImageKey, form: nullable(record({ url: Type.String(), fields: Type.Record(Type.String(), Type.String()), expiresAt: DateTime })),
    })),
  }),
  errors: ['imaging.not_a_clinic', 'imaging.unknown_patient'], statements: 6,
})

/** waiting: known, not looked at yet. ready: checked and shown. set_aside: for a person to decide. gone: the bucket has it no more. */
export const ImageState = oneOf(['waiting', 'ready', 'set_aside', 'gone'])
export type ImageState = Static<typeof ImageState>

/** Why an image is not filed under the patient of its key. */
export const SetAsideReason = oneOf([
  'unknown_patient', 'unknown_clinic', 'name_differs', 'birth_date_differs', 'card_of_another', 'no_identity', 'not_dicom', 'damaged', 'no_pixels', 'unsupported',
  'too_large', 'bytes_differ', 'unknown_name', 'discarded',
])
export type SetAsideReason = Static<typeof SetAsideReason>

/**
 * Tells of images in the bucket, so that they are indexed at once, and answers what became of each: ask again to follow them.
 * What is not told is found by the next listing of the bucket. Asking twice changes nothing.
 */
export const noteImageUploads = route({
  method: 'POST', path: '/api/app/imaging/uploaded', permission: 'imaging.upload',
  summary: 'These images are in the bucket; what became of each', tags: ['imaging'],
  body: record({ clinicId, images: filledList(record({ key: ImageKey, name: Type.Optional(line(300)) }), 500) }),
  response: record({
    images: Type.Array(record({ key: ImageKey, state: ImageState, reason: nullable(SetAsideReason), detail: nullable(Type.String()) })),
  }),
  errors: ['imaging.not_a_clinic'], statements: 12,
})

/** What an agent left out and why, for the lab's staff; the latest report of a clinic replaces the one before. */
export const SkippedImage = record({ file: filledLine(500), reason: filledLine(80), detail: Type.Optional(line(300)) })
export const reportSkipped = route({
  method: 'POST', path: '/api/app/imaging/skipped', permission: 'imaging.upload',
  summary: 'Files that the agent did not send, and why', tags: ['imaging'],
  body: record({ clinicId, total: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), files: list(SkippedImage, 1000) }),
  response: record({ noted: Count }), errors: ['imaging.not_a_clinic'], statements: 8,
})

