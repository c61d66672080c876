import type { BodyOf, ResponseOf, getCanonicalPath as pathContract, updateFilePath as contract } from '@aliquot/contracts'
import { acceptConversion, attachAt, lambdaActor, uploadAt } from '#modules/storage'
import { theConfig } from '#platform/config'
import { change } from '#platform/unit-of-work'
import { attachFile, lockForFile } from './attach-file.ts'
import { fileReport } from './file-data.ts'
import { reportState } from './report-state.ts'

/** Where a function of the storage is to put the PDF that it makes of an upload. The answer never changes, whatever has been done meanwhile. */
export async function canonicalPath({ temporary_filepath }: BodyOf<typeof pathContract>, requestId: string): Promise<ResponseOf<typeof pathContract>> {
  const actor = lambdaActor(temporary_filepath, requestId)
  const { finalPath, fileName, category, patientId } = await uploadAt(actor, temporary_filepath)
  return { filePath: finalPath, temporary_filepath, fileName, fileCategory: category, labId: actor.labId, patientId, bucket: theConfig().s3?.bucket ?? null }
}

/** The function has put it there, or leaves it to our own check: the report gets the file, at its final path. */
export async function updateFilePath({ filePath, temporary_filepath, labReportId }: BodyOf<typeof contract>,
  requestId: string): Promise<ResponseOf<typeof contract>> {
  const actor = lambdaActor(temporary_filepath, requestId)
  await fileReport(actor, labReportId)
  const row = await acceptConversion(actor, temporary_filepath, filePath)
  const state = await change(actor, async (tx) => {
    const before = await reportState(tx.reader, actor, labReportId)
    if (before.file?.object.id === row.id) return before
    const report = await lockForFile(tx, { labReportId })
    const [object] = await attachAt(tx, { paths: [temporary_filepath], category: 'FileTypeReport', patientId: report.patientId })
    if (object) await attachFile(tx, report, { object, letterhead: report.file?.letterhead ?? 'add' })
    return reportState(tx.reader, actor, labReportId)
  })
  return { labReportId, filePath, status: state.status, checked: state.file?.check === 'passed' }
}
