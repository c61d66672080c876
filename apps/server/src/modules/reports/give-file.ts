import type { ReportState } from '@aliquot/contracts'
import { storeFile } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { attachStored } from './attach-file.ts'
import { fileReport } from './file-data.ts'

interface Given {
  bytes: Buffer
  contentType: string
  fileName: string
}

/** A file that an instrument made becomes the result of a file report, by the way of every other file. */
export async function giveFile(actor: Actor, labReportId: number, file: Given): Promise<ReportState> {
  const { patientId } = await fileReport(actor, labReportId)
  const { id } = await storeFile(actor, { ...file, category: 'FileTypeReport', patientId })
  return attachStored(actor, { labReportId }, id, 'add')
}
