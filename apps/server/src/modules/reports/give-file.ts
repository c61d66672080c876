import type { ReportState } from '@aliquot/contracts'
import { attachObjects, storeFile } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { change } from '#platform/unit-of-work'
import { attachFile, lockForFile } from './attach-file.ts'
import { fileReport } from './file-data.ts'
import { reportState } from './report-state.ts'

interface Given {
  bytes: Buffer
  contentType: string
  fileName: string
}

/** A file that an instrument made becomes the result of a file report, by the way of every other file. */
export async function giveFile(actor: Actor, labReportId: number, file: Given): Promise<ReportState> {
  const { patientId } = await fileReport(actor, labReportId)
  const { id } = await storeFile(actor, { ...file, category: 'FileTypeReport', patientId })
  return change(actor, async (tx) => {
    const report = await lockForFile(tx, { labReportId })
    const [object] = await attachObjects(tx, { objectIds: [id], category: 'FileTypeReport', patientId })
    if (object) await attachFile(tx, report, { object, letterhead: 'add' })
    return reportState(tx.reader, tx.actor, labReportId)
  })
}
