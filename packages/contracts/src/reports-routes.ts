import { Type } from 'typebox'
import type { Static } from 'typebox'
import { HistoryEntry, Report, ReportState } from './reports.ts'
import { ReportStatus } from './reports-status.ts'
import { route } from './route.ts'
import { distinct, filledLine, filledList, list, nullable, record, text } from './schema.ts'
import { DateTime, FileBytes, Id, Page, Reason, Version, VersionedReasonBody, pageQuery } from './shared.ts'
import { ParameterCode } from './catalog-definition.ts'

const reportParams = record({ reportId: Id })
const versionBody = record({ version: Version })

/** The text as typed or measured: '12.5', '<0.01', 'Reactive'. Null takes the value away. */
export const ValueInput = record({
  code: ParameterCode,
  value: nullable(text(20_000)),
  note: Type.Optional(nullable(text(1000))),
  confirmed: Type.Optional(Type.Boolean({ description: 'looked at again: take it although it is outside the plausible limits' })),
})
export type ValueInput = Static<typeof ValueInput>
const interpretation = Type.Optional(nullable(text(8000)))

export const getReport = route({
  method: 'GET', path: '/api/reports/:reportId', permission: 'reports.view',
  summary: 'One report with everything that result entry needs; the reading is logged', tags: ['reports'],
  params: reportParams, response: Report, statements: 12,
})

export const SaveValuesBody = record({
  version: Version, values: list(ValueInput, 300), interpretation, complete: Type.Boolean({ description: 'also mark the report as complete' }),
})
export type SaveValuesBody = Static<typeof SaveValuesBody>

export const saveValues = route({
  method: 'PUT', path: '/api/reports/:reportId/values', permission: 'reports.enter',
  summary: 'Save some or all results; calculated ones follow', tags: ['reports'],
  params: reportParams, body: SaveValuesBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status', 'reports.values_missing', 'reports.critical_unacknowledged', 'reports.file_report', 'reports.sections_report'], statements: 12,
})

export const completeReport = route({
  method: 'POST', path: '/api/reports/:reportId/complete', permission: 'reports.complete',
  summary: 'All required results are there', tags: ['reports'],
  params: reportParams, body: versionBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status', 'reports.values_missing', 'reports.critical_unacknowledged', 'reports.file_report', 'reports.sections_report'], statements: 13,
})

export const verifyReport = route({
  method: 'POST', path: '/api/reports/:reportId/verify', permission: 'reports.verify',
  summary: 'The results are technically right', tags: ['reports'],
  params: reportParams, body: versionBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status', 'reports.critical_unacknowledged', 'reports.file_unchecked'], statements: 13,
})

export const signReport = route({
  method: 'POST', path: '/api/reports/:reportId/sign', permission: 'reports.sign',
  summary: 'Sign; from completed this verifies as well; below the required rank the report is partially signed', tags: ['reports'],
  params: reportParams, body: versionBody, response: ReportState,
  errors: [
    'platform.stale_version', 'reports.wrong_status', 'reports.critical_unacknowledged', 'reports.rank_too_low', 'reports.already_signed_by_you',
    'reports.file_unchecked',
  ],
  statements: 14,
})

export const unsignReport = route({
  method: 'POST', path: '/api/reports/:reportId/unsign', permission: 'reports.unsign',
  summary: 'Take the signatures back', tags: ['reports'],
  params: reportParams, body: VersionedReasonBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status'], statements: 13,
})

export const AmendBody = record({ version: Version, reason: Reason, values: list(ValueInput, 300), interpretation })
export type AmendBody = Static<typeof AmendBody>

export const amendReport = route({
  method: 'POST', path: '/api/reports/:reportId/amend', permission: 'reports.amend',
  summary: 'Change a signed report: it keeps what was issued and is signed again', tags: ['reports'],
  params: reportParams, body: AmendBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status', 'reports.values_missing', 'reports.file_report', 'reports.sections_report'], statements: 16,
})

export const rerunReport = route({
  method: 'POST', path: '/api/reports/:reportId/rerun', permission: 'reports.rerun',
  summary: 'Measure some parameters again; the first results stay in the history', tags: ['reports'],
  params: reportParams,
  body: record({ version: Version, codes: distinct(ParameterCode, 300), reason: Reason }),
  response: ReportState, errors: ['platform.stale_version', 'reports.wrong_status', 'reports.sections_report'], statements: 14,
})

export const cancelReport = route({
  method: 'POST', path: '/api/reports/:reportId/cancel', permission: 'reports.cancel',
  summary: 'Cancel an ordered test; the bill stays as it is', tags: ['reports'],
  params: reportParams, body: VersionedReasonBody, response: ReportState,
  errors: ['platform.stale_version', 'reports.wrong_status'], statements: 14,
})

export const AcknowledgeBody = record({
  version: Version, parameterCodes: distinct(ParameterCode, 300), toldWhom: filledLine(160), toldAt: DateTime,
  readBack: Type.Boolean({ description: 'the listener repeated the value' }), note: Type.Optional(nullable(text(1000))),
})
export type AcknowledgeBody = Static<typeof AcknowledgeBody>

export const acknowledgeCritical = route({
  method: 'POST', path: '/api/reports/:reportId/critical-notices', permission: 'reports.acknowledge',
  summary: 'Somebody was told about critical values', tags: ['reports'],
  params: reportParams, body: AcknowledgeBody, response: ReportState, status: 201,
  errors: ['platform.stale_version', 'reports.wrong_status'], statements: 14,
})

/** With the versions that the caller saw: nobody signs what changed under their eyes. */
export const BulkBody = record({ reports: filledList(record({ reportId: Id, version: Version }), 200) })
export type BulkBody = Static<typeof BulkBody>

/** Each report succeeds or fails alone; `code` and `detail` say why one failed. */
export const BulkOutcome = record({
  reportId: Id, ok: Type.Boolean(), status: nullable(ReportStatus), version: nullable(Version),
  code: nullable(Type.String()), detail: nullable(Type.String()),
})
export type BulkOutcome = Static<typeof BulkOutcome>
const BulkResult = record({ outcomes: Type.Array(BulkOutcome) })

export const verifyReports = route({
  method: 'POST', path: '/api/reports/bulk/verify', permission: 'reports.verify',
  summary: 'Verify many reports', tags: ['reports'],
  body: BulkBody, response: BulkResult, statements: 14,
})

export const signReports = route({
  method: 'POST', path: '/api/reports/bulk/sign', permission: 'reports.sign',
  summary: 'Sign many reports', tags: ['reports'],
  body: BulkBody, response: BulkResult, statements: 16,
})

export const getHistory = route({
  method: 'GET', path: '/api/reports/:reportId/history', permission: 'reports.view',
  summary: 'Every value, status and amendment a report has had, newest first', tags: ['reports'],
  params: reportParams, query: record(pageQuery), response: Page(HistoryEntry), statements: 12,
})

export const getReportPdf = route({
  method: 'GET', path: '/api/reports/:reportId/report.pdf', permission: 'reports.print',
  summary: 'The report as PDF; marked as preliminary until it is signed', tags: ['reports'],
  params: reportParams,
  query: record({ preview: Type.Optional(Type.Boolean({ description: 'not counted as printed' })) }),
  response: FileBytes, produces: 'application/pdf', errors: ['reports.wrong_status', 'reports.file_unchecked', 'reports.file_missing', 'reports.too_large_to_print'], statements: 16,
})

export const getMergedPdf = route({
  method: 'GET', path: '/api/reports/merged.pdf', permission: 'reports.print',
  summary: 'Several reports of one patient as one PDF', tags: ['reports'],
  query: record({
    ids: Type.String({ pattern: '^[1-9]\\d{0,14}(,[1-9]\\d{0,14}){0,49}$', examples: ['1,2,3'] }), preview: Type.Optional(Type.Boolean()),
  }),
  response: FileBytes, produces: 'application/pdf', errors: ['reports.wrong_status', 'reports.patients_differ', 'reports.file_unchecked', 'reports.file_missing', 'reports.too_large_to_print'], statements: 16,
})

/** What the page behind the QR code shows: enough to compare with the paper, and no result. */
export const PublicVerification = record({
  labName: Type.String(),
  accreditation: nullable(Type.String()),
  reportNumber: Type.String(),
  testName: Type.String(),
  patientInitials: Type.String(),
  birthYear: Type.Integer(),
  status: ReportStatus,
  amendment: Type.Integer({ minimum: 0, description: 'how many times the report was amended' }),
  current: Type.Boolean({ description: 'the copy asked about is the latest that was issued' }),
  collectedAt: nullable(DateTime),
  signedAt: nullable(DateTime),
  signedBy: Type.Array(Type.String()),
})
export type PublicVerification = Static<typeof PublicVerification>

export const verifyPublicly = route({
  method: 'GET', path: '/api/public/verify/:token', permission: 'public',
  summary: 'Is a printed report genuine', tags: ['reports'],
  params: record({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' }) }),
  query: record({ a: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'the amendment that the copy carries; absent: 0' })) }),
  response: PublicVerification, statements: 4,
})
