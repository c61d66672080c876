import type { ReportState, StoredObject, UploadFileBody } from '@aliquot/contracts'
import { sql } from 'kysely'
import { attachAt, attachObjects, cameFrom, mergeFiles } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { Problem, refuseIf } from '#platform/errors'
import { change, type Tx } from '#platform/unit-of-work'
import { attachFile, lockForFile } from './attach-file.ts'
import { storeFileData } from './file-data.ts'
import type { LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'

const category = 'FileTypeReport'

/**
 * Gives a report its file. By path, the bytes are in the store already and never pass through here; in base64, they are stored and checked first.
 * Several files become one, in their order. Who says the same again, since no answer came, finds it done.
 */
export async function uploadFile(actor: Actor, body: UploadFileBody): Promise<ReportState> {
  const { labReportId, initialFilePath, fileData } = body
  if (initialFilePath !== undefined && fileData === undefined) return change(actor, (tx) => byPath(tx, body, [initialFilePath].flat()))
  if (initialFilePath !== undefined || fileData === undefined) {
    refuseIf([{ path: '/initialFilePath', message: 'give either this or fileData', code: 'reports.one_source' }])
  }
  const stored = await storeFileData(actor, { labReportId, fileData: fileData ?? [], fileName: body.fileName })
  return change(actor, async (tx) => {
    const report = await lockForFile(tx, body)
    return finish(tx, body, report, await attachObjects(tx, { objectIds: stored.map(({ id }) => id), category, patientId: report.patientId }))
  })
}

async function byPath(tx: Tx, body: UploadFileBody, paths: string[]): Promise<ReportState> {
  let report: LockedReport
  try {
    report = await lockForFile(tx, body)
  } catch (error) {
    if (error instanceof Problem && overtaken.has(error.code) && (await isDone(tx, body.labReportId, paths))) return reportState(tx.reader, tx.actor, body.labReportId)
    throw error
  }
  if (paths.length > 1 && report.file && (await cameFrom(tx, report.file.objectId, paths))) return reportState(tx.reader, tx.actor, report.id)
  return finish(tx, body, report, await attachAt(tx, { paths, category, patientId: report.patientId }))
}

const overtaken = new Set(['platform.stale_version', 'reports.wrong_status'])

async function isDone(tx: Tx, reportId: number, paths: string[]): Promise<boolean> {
  const { rows: [file] } = await sql<{ objectId: number }>`select object_id as "objectId" from reports.file where report_id = ${reportId}`.execute(tx.db)
  return file !== undefined && cameFrom(tx, file.objectId, paths)
}

async function finish(tx: Tx, { letterhead, reason }: UploadFileBody, report: LockedReport, files: StoredObject[]): Promise<ReportState> {
  const [first, ...rest] = files as [StoredObject, ...StoredObject[]]
  const object = rest.length === 0 ? first : await mergeFiles(tx, [first, ...rest])
  await attachFile(tx, report, { object, letterhead: letterhead ?? report.file?.letterhead ?? 'add', reason })
  return reportState(tx.reader, tx.actor, report.id)
}
