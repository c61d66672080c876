import type { FileCategory, StoredObject, UploadTicket } from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import type { Tx } from '#platform/unit-of-work'
import { openUpload } from './open-upload.ts'
import { reconcileObject } from './reconcile-object.ts'
import { reserveObject } from './reserve-object.ts'
import { checkNow } from './store-file.ts'

/** One empty page. */
export const pdf = aPdf('')

/** One page that says something; well-formed to the byte. */
export function aPdf(words: string): Buffer {
  const content = `BT /F1 24 Tf 60 700 Td (${words}) Tj ET`
  const bodies = [
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = bodies.map((body, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${text}xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`)
}

/** One transparent pixel. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

interface Upload {
  fileName?: string
  contentType?: string
  category?: FileCategory
  patientId?: number | null
  bytes?: Buffer
  cloud_path?: string
}

/** A place for a file whose bytes have not come yet. */
export const aReservation = (actor: Actor, { fileName = 'scan.pdf', contentType = 'application/pdf', category = 'PatientAttachment', patientId = null, bytes = pdf, ...more }: Upload): Promise<UploadTicket> =>
  openUpload(actor, { fileName, contentType, category, patientId, size: bytes.length, ...more })

/** A file on its way: uploaded and reconciled; its check has not been done. Answers the path by which it was uploaded, too. */
export async function anUpload(actor: Actor, upload: Upload): Promise<StoredObject & { filePath: string }> {
  const { bytes = pdf, contentType = 'application/pdf' } = upload
  const { filePath } = await aReservation(actor, upload)
  await objects().put(filePath, bytes, { contentType })
  return { ...(await reconcileObject(actor, filePath)), filePath }
}

/** A checked file in the ledger alone, in a command's own transaction: for tests that never read its bytes. */
export async function aCheckedRow(tx: Tx, patientId: number): Promise<number> {
  const { objectId } = await reserveObject(tx, { fileName: 'scan.pdf', contentType: 'application/pdf', size: 1000, category: 'FileTypeReport', patientId }, 'IN')
  await tx.db.updateTable('storage.object').set({ state: 'verified', checked_at: tx.now, pages: 1, sha256: 'ab' }).where('id', '=', objectId).execute()
  return objectId
}

/** A file that was uploaded, checked and found good; a PDF unless something else is given. */
export async function aStoredObject(actor: Actor, upload: Upload): Promise<StoredObject> {
  const { id } = await anUpload(actor, upload)
  return checkNow(actor, id)
}
