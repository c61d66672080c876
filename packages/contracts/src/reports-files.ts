import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Letterhead, ReportState } from './reports.ts'
import { ReportStatus } from './reports-status.ts'
import { route } from './route.ts'
import { distinct, filledLine, nullable, record } from './schema.ts'
import { FilePath } from './storage.ts'
import { Id, Reason, Version } from './shared.ts'

// The routes of the seeds, by their paths and field names. `labReportId` is the report's id.

const labReportId = Id
/** Older callers know no version; who gives one is told when it is stale. */
const version = Type.Optional(Version)
const writeErrors = ['platform.stale_version', 'reports.wrong_status', 'reports.radiology_guarded'] as const

export const convertReport = route({
  method: 'POST', path: '/convertReportToFileOrNormal/', permission: 'reports.convert',
  summary: 'Make a report one of a file or one of values; what it held is discarded and kept in its history', tags: ['reports'],
  body: record({ labReportId, version, fileInputReport: Type.Boolean({ description: 'true: its result is a file' }), reason: Type.Optional(Reason) }),
  response: ReportState, errors: [...writeErrors, 'reports.already_of_that_kind', 'reports.no_parameters'], statements: 16,
})

/** What a body may carry; larger files are uploaded directly. */
const largestInline = 32 * 1024 * 1024
/** Each of up to twenty files in a body is reserved, stored, checked and attached on its own. By path it is eight, which a test holds. */
const inlineStatements = 700
/** With or without a `data:` prefix; what is no base64 is refused by the command. */
const Base64 = Type.String({ minLength: 4, maxLength: largestInline })
const fileData = Type.Unsafe<string | { fileName?: string, data: string }[]>({
  anyOf: [Base64, { type: 'array', minItems: 1, maxItems: 20, items: record({ fileName: Type.Optional(filledLine(200)), data: Base64 }) }],
  description: 'the bytes in base64, or several files that are made one',
})
const initialFilePath = Type.Unsafe<string | string[]>({
  anyOf: [FilePath, { type: 'array', items: FilePath, minItems: 1, maxItems: 20, uniqueItems: true }],
  description: 'of a reconciled upload of this report\'s patient, or of several that are made one in this order',
})
const fileErrors = [
  ...writeErrors, 'reports.not_a_file_report', 'reports.file_missing', 'storage.not_uploaded', 'storage.content_mismatch', 'storage.type_not_allowed',
] as const

export const UploadFileBody = record({
  labReportId, version,
  initialFilePath: Type.Optional(initialFilePath),
  fileData: Type.Optional(fileData),
  fileName: Type.Optional(filledLine(200)),
  letterhead: Type.Optional(Letterhead),
  reason: Type.Optional(Type.String({ ...Reason, description: 'why a signed report gets another file: it is amended' })),
})
export type UploadFileBody = Static<typeof UploadFileBody>

export const uploadFileTypeReport = route({
  method: 'POST', path: '/uploadFileTypeReport/', permission: 'reports.enter',
  summary: 'Give a report its file: by the path of a reconciled upload, or the bytes themselves. The report is complete then', tags: ['reports'],
  body: UploadFileBody, maxBody: largestInline + 65_536, response: ReportState, errors: fileErrors, statements: inlineStatements,
})

export const uploadFileWithHeader = route({
  method: 'POST', path: '/uploadFileWithHeader/', permission: 'reports.enter',
  summary: 'Give a report a file with the lab\'s header and footer printed on every page of it', tags: ['reports'],
  body: record({
    labReportId, version, fileData, fileName: Type.Optional(filledLine(200)),
    acceptSignatureLoss: Type.Optional(Type.Boolean({ description: 'a digitally signed PDF loses its signature by this' })),
  }),
  maxBody: largestInline + 65_536, response: ReportState, errors: [...fileErrors, 'reports.file_is_signed', 'reports.file_unchecked', 'reports.file_refused'], statements: inlineStatements,
})

export const markReportsDone = route({
  method: 'POST', path: '/mark_report_as_done/', permission: 'reports.complete',
  summary: 'Complete other reports of the same bill whose results are in the file of this one', tags: ['reports'],
  body: record({ labReportId, siblingIds: Type.Optional(distinct(Id, 100)) }),
  response: record({ reports: Type.Array(record({ labReportId: Id, number: Type.String(), status: ReportStatus, version: Version })) }),
  errors: ['reports.wrong_status', 'reports.none_left_open', 'reports.not_a_file_report'], statements: 12,
})

export const getCanonicalPath = route({
  method: 'POST', path: '/report-value/file-type/get/storage-manager/path', permission: 'lambda',
  summary: 'Where the file of a temporary path belongs: its canonical path, ending in .pdf', tags: ['reports'],
  body: record({ temporary_filepath: FilePath }),
  response: record({
    filePath: Type.String(), temporary_filepath: Type.String(), fileName: Type.String(), fileCategory: Type.String(), labId: Id, patientId: nullable(Id),
    bucket: nullable(Type.String()),
  }),
  statements: 6,
})

export const updateFilePath = route({
  method: 'POST', path: '/report-value/file-type/update', permission: 'lambda',
  summary: 'The file of a temporary path now lies at its canonical path: the report and the ledger follow. Asking again changes nothing', tags: ['reports'],
  body: record({ filePath: FilePath, temporary_filepath: FilePath, labReportId }),
  response: record({ labReportId, filePath: Type.String(), status: ReportStatus, checked: Type.Boolean() }),
  errors: ['reports.wrong_status', 'reports.not_a_file_report', 'storage.not_uploaded', 'storage.content_mismatch', 'storage.path_not_allowed'], statements: 36,
})
