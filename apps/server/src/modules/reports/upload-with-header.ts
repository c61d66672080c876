import type { BodyOf, ReportState, uploadFileWithHeader as contract } from '@aliquot/contracts'
import { storedBytes, storeFile, withoutExtension } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { DocumentRefused, mergePdfs, SignedDocument } from '#platform/documents'
import { attachStored } from './attach-file.ts'
import { storeFileData } from './file-data.ts'
import { stampForReport } from './print-file.ts'
import { resultErrors } from './result-errors.ts'

const mergeSent = (files: Buffer[]): Promise<Uint8Array> => mergePdfs(files, { asUpload: true }).then(({ bytes }) => bytes, (error: unknown) => {
  throw error instanceof DocumentRefused ? resultErrors.file_refused({ because: error.says }) : error
})

/** Stores what was sent, prints the lab's header and footer on every page of it, and makes that the file of the report. What was sent is kept too. */
export async function uploadFileWithHeader(actor: Actor, body: BodyOf<typeof contract>): Promise<ReportState> {
  const { labReportId, acceptSignatureLoss = false } = body
  const sent = await storeFileData(actor, body)
  const bytes = await storedBytes(actor.labId, sent.map(({ id }) => id))
  const [first] = sent
  // Nothing is printed on what could not be checked.
  if (!first || bytes.size < sent.length) throw resultErrors.file_unchecked()
  const { patientId, fileName } = first
  const whole = sent.length === 1 ? bytes.get(first.id) : await mergeSent(sent.map(({ id }) => bytes.get(id) as Buffer))
  const stamped = await stampForReport(actor, labReportId, whole as Uint8Array, { acceptSignatureLoss }).catch((error: unknown) => {
    throw error instanceof SignedDocument ? resultErrors.file_is_signed() : error
  })
  const object = await storeFile(actor, {
    bytes: Buffer.from(stamped), fileName: `${withoutExtension(fileName)}.pdf`, contentType: 'application/pdf', category: 'FileTypeReport', patientId,
    stampedFrom: sent.map(({ id }) => id),
  })
  return attachStored(actor, body, object.id, 'own')
}
