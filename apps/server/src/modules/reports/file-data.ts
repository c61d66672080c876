import type { StoredObject, UploadFileBody } from '@aliquot/contracts'
import { sql } from 'kysely'
import { kindOf, storeFile, typeOfName } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { platformErrors, refuseIf, type FieldError } from '#platform/errors'
import { read } from '#platform/unit-of-work'
import { resultErrors } from './result-errors.ts'

/** A file that came inside a request. */
interface GivenBytes {
  bytes: Buffer
  fileName: string
  contentType: string
}

interface FileData {
  labReportId: number
  fileData: NonNullable<UploadFileBody['fileData']>
  fileName?: string | undefined
}

/** Stores and checks the files of a request in base64, all of them before any is used. */
export async function storeFileData(actor: Actor, data: FileData): Promise<StoredObject[]> {
  const { patientId } = await fileReport(actor, data.labReportId)
  const stored: StoredObject[] = []
  for (const file of await decodeFileData(data)) stored.push(await storeFile(actor, { ...file, category: 'FileTypeReport', patientId }))
  return stored
}

/** Whose file it will be; refuses before any byte is stored for a report that takes none. */
export async function fileReport(actor: Actor, labReportId: number): Promise<{ patientId: number }> {
  const { rows: [report] } = await read(actor, (db) => sql<{ patientId: number; isFile: boolean }>`
    select patient_id as "patientId", is_file as "isFile" from reports.report where id = ${labReportId}`.execute(db as never))
  if (!report) throw platformErrors.not_found({ thing: 'report' })
  if (!report.isFile) throw resultErrors.not_a_file_report()
  return report
}

/** The bytes and the kind of each file: by its `data:` prefix, its name or its content, in this order. */
export async function decodeFileData({ fileData, fileName }: Omit<FileData, 'labReportId'>): Promise<GivenBytes[]> {
  const given = typeof fileData === 'string' ? [{ data: fileData, fileName }] : fileData
  const errors: FieldError[] = []
  const files: GivenBytes[] = []
  for (const [index, { data, fileName: name }] of given.entries()) {
    const [, announced, base64 = ''] = /^(?:data:([a-z0-9.+/-]*)[^,]{0,100},)?([^]*)$/.exec(data) ?? []
    const bytes = decode(base64)
    const contentType = bytes && (announced || (name && typeOfName(name)) || (await kindOf(bytes)))
    if (bytes && contentType) files.push({ bytes, contentType, fileName: name ?? `report-${index + 1}` })
    else errors.push({
      path: typeof fileData === 'string' ? '/fileData' : `/fileData/${index}/data`,
      message: bytes ? 'is no kind of file that a report can have' : 'is not base64', code: 'reports.bad_file_data',
    })
  }
  refuseIf(errors)
  return files
}

/** Null for what is no base64: Node skips what it does not know, so the length tells. */
function decode(text: string): Buffer | null {
  const clean = text.replace(/[\s=]+/g, '')
  const bytes = Buffer.from(clean, 'base64')
  return bytes.length > 0 && bytes.length === Math.floor((clean.length * 3) / 4) ? bytes : null
}
