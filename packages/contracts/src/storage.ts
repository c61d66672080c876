import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { distinct, filledLine, list, nullable, oneOf, record } from './schema.ts'
import { ActorRef, Count, DateTime, Id, Page, Reason, pageQuery, searchQuery } from './shared.ts'

/** Part of the stored path, in the spelling of the seeds. */
export const FileCategory = oneOf(['FileTypeReport', 'IdProof', 'PatientAttachment', 'LabLogo', 'Signature'])
export type FileCategory = Static<typeof FileCategory>

/**
 * reserved: a form was given out. uploaded: the bytes arrived and are being checked, or were refused. verified: the checked bytes are stored
 * for good. attached: a record uses them. superseded: another file took its place. removed: the bytes are gone.
 */
export const ObjectState = oneOf(['reserved', 'uploaded', 'verified', 'attached', 'superseded', 'removed'])
export type ObjectState = Static<typeof ObjectState>

/** What was done to an upload: nothing, repaired, an image made into pages, several files made one, the lab's header and footer printed on it. */
export const ObjectTreatment = oneOf(['kept', 'repaired', 'converted', 'merged', 'stamped'])
export type ObjectTreatment = Static<typeof ObjectTreatment>

export const largestFile = 100 * 1024 * 1024
const FileSize = Type.Integer({ minimum: 1, maximum: largestFile, description: 'bytes' })
/** Any of the three spellings of a path: temporary (where it was uploaded), canonical, or compatible (without the id in front of the name). */
export const FilePath = Type.String({ minLength: 1, maxLength: 500, pattern: '^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'hex' })

const objectFields = {
  id: Id,
  path: Type.String({ description: '<zone>/<labId>/<patientId>/<category>/<cloudDocId>_<fileName>.<extension> once it was checked' }),
  fileName: Type.String(),
  contentType: Type.String(),
  size: FileSize,
  sha256: nullable(Type.String()),
  category: FileCategory,
  state: ObjectState,
  patientId: nullable(Id),
  pages: nullable(Type.Integer()),
  treatment: nullable(ObjectTreatment),
  notice: nullable(Type.String({ description: 'what somebody should look at: "repaired, 3 pages: please look"' })),
  refusedBecause: nullable(Type.String({ description: 'why these bytes may not be used' })),
  createdAt: DateTime,
}
export const StoredObject = record(objectFields)
export type StoredObject = Static<typeof StoredObject>

export const ReserveUploadBody = record({
  fileName: filledLine(200),
  contentType: Type.String({ pattern: '^[a-z]+/[a-z0-9][a-z0-9.+-]*$', maxLength: 100 }),
  size: FileSize,
  category: FileCategory,
  patientId: nullable(Id),
  cloud_path: Type.Optional(FilePath),
  sha256: Type.Optional(Sha256),
})
export type ReserveUploadBody = Static<typeof ReserveUploadBody>

/** Where to send the bytes: a multipart form POST with these fields first and the file last. `filePath` names the upload from then on. */
export const UploadTicket = record({
  objectId: Id,
  filePath: Type.String(),
  upload: record({ url: Type.String(), fields: Type.Record(Type.String(), Type.String()) }),
  expiresAt: DateTime,
})
export type UploadTicket = Static<typeof UploadTicket>

export const reserveUpload = route({
  method: 'POST', path: '/sm_generate_presigned_url/', permission: 'storage.upload',
  summary: 'Reserve a place for a file that is then uploaded directly', tags: ['storage'],
  body: ReserveUploadBody, response: UploadTicket, status: 201,
  errors: ['storage.type_not_allowed', 'storage.path_not_allowed', 'storage.path_taken'], statements: 9,
})

export const reconcileUpload = route({
  method: 'POST', path: '/sm_reconcile_presigned_url/', permission: 'storage.upload',
  summary: 'Note what arrived: size and kind; the checks that take longer follow by themselves. Asking again changes nothing', tags: ['storage'],
  body: record({ filePath: FilePath }), response: StoredObject,
  errors: ['storage.not_uploaded', 'storage.content_mismatch', 'storage.upload_expired'], statements: 12,
})

const objectParams = record({ objectId: Id })

export const getObject = route({
  method: 'GET', path: '/api/storage/objects/:objectId', permission: 'storage.upload',
  summary: 'One file of the ledger: what an uploader asks until its check is over', tags: ['storage'],
  params: objectParams, response: StoredObject, statements: 4,
})

export const DownloadLink = record({ url: Type.String(), fileName: Type.String(), contentType: Type.String(), expiresAt: DateTime })
export type DownloadLink = Static<typeof DownloadLink>
const downloadErrors = ['storage.not_uploaded', 'storage.still_checking', 'storage.content_mismatch'] as const

export const getDownloadLink = route({
  method: 'GET', path: '/api/storage/objects/:objectId/download', permission: 'storage.download',
  summary: 'A short-lived link to the bytes; of a removed file, to a page that says so', tags: ['storage'],
  params: objectParams, query: record({ original: Type.Optional(Type.Boolean({ description: 'as it was uploaded' })) }),
  response: DownloadLink, errors: downloadErrors, statements: 9,
})

export const getDownloadLinkByPath = route({
  method: 'GET', path: '/api/storage/download', permission: 'storage.download',
  summary: 'The same by temporary, canonical or compatible path', tags: ['storage'],
  query: record({ filePath: FilePath }), response: DownloadLink, errors: downloadErrors, statements: 9,
})

/** A row of the ledger as those who look after it see it. */
export const LedgerEntry = record({
  ...objectFields,
  temporaryPath: Type.String(),
  compatiblePath: Type.String(),
  originalPath: nullable(Type.String({ description: 'the upload as it came, where it was changed' })),
  claimed: Type.Boolean({ description: 'a record waits for its check' }),
  createdBy: ActorRef,
  uploadUntil: DateTime,
  checkedAt: nullable(DateTime),
  attachedAt: nullable(DateTime),
  removedAt: nullable(DateTime),
  bytesDeletedAt: nullable(DateTime),
  checkAttempts: Count,
  checkTrouble: nullable(Type.String({ description: 'why the check could not be done yet' })),
})
export type LedgerEntry = Static<typeof LedgerEntry>

export const listObjects = route({
  method: 'GET', path: '/api/storage/objects', permission: 'storage.manage',
  summary: 'The ledger of stored files, newest first', tags: ['storage'],
  query: record({
    ...pageQuery, ...searchQuery, state: Type.Optional(distinct(ObjectState, 6)), category: Type.Optional(distinct(FileCategory, 5)),
    patientId: Type.Optional(Id), objectId: Type.Optional(Id), refused: Type.Optional(Type.Boolean()),
  }),
  response: Page(LedgerEntry), statements: 4,
})

const Amount = { count: Count, bytes: Count }
export const StorageSummary = record({
  store: record({ kind: oneOf(['disk', 's3']), place: Type.String({ description: 'the folder or the bucket' }) }),
  scanner: oneOf(['off', 'up', 'down']),
  states: Type.Array(record({ state: ObjectState, ...Amount })),
  categories: Type.Array(record({ category: FileCategory, ...Amount })),
  beingChecked: Count,
  refused: Count,
  unused: record(Amount),
})
export type StorageSummary = Static<typeof StorageSummary>

export const getStorageSummary = route({
  method: 'GET', path: '/api/storage/summary', permission: 'storage.manage',
  summary: 'How much is stored, in which states', tags: ['storage'],
  response: StorageSummary, statements: 5,
})

const SweptFile = record({ objectId: nullable(Id), path: Type.String(), fileName: Type.String(), size: Count, at: DateTime })
export type SweptFile = Static<typeof SweptFile>

/** What a clean-up found. Nothing of it is in use. */
export const CleanUp = record({
  done: Type.Boolean({ description: 'false: this is what would be done' }),
  unused: Type.Array(SweptFile, { description: 'uploads of more than a day ago that no record uses' }),
  lost: Type.Array(SweptFile, { description: 'files in use whose bytes the store does not have any more; nothing is done to them' }),
  strays: Type.Array(SweptFile, { description: 'bytes of more than a day ago that the ledger does not know' }),
  bytes: Count,
  more: Type.Boolean({ description: 'there is more than one clean-up takes' }),
})
export type CleanUp = Static<typeof CleanUp>

export const cleanUp = route({
  method: 'POST', path: '/api/storage/clean-up', permission: 'storage.manage',
  summary: 'Find what nobody uses; remove it unless this is a dry run', tags: ['storage'],
  body: record({ dryRun: Type.Boolean(), unusedIds: Type.Optional(list(Id, 1000)), strayPaths: Type.Optional(list(FilePath, 1000)) }),
  response: CleanUp, statements: 24,
})

export const removeObject = route({
  method: 'POST', path: '/api/storage/objects/:objectId/remove', permission: 'storage.manage',
  summary: 'Delete the bytes of a file; where it was used, a page says that it is gone', tags: ['storage'],
  params: objectParams, body: record({ reason: Reason }), response: StoredObject, errors: ['storage.not_removable'], statements: 12,
})

export const checkAgain = route({
  method: 'POST', path: '/api/storage/objects/:objectId/check', permission: 'storage.manage',
  summary: 'Check an upload again: after the scanner is back, or by newer rules', tags: ['storage'],
  params: objectParams, response: StoredObject, errors: ['storage.not_uploaded'], statements: 10,
})
