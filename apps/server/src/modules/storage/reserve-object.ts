import { randomUUID } from 'node:crypto'
import type { ReserveUploadBody } from '@aliquot/contracts'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { actorRef } from '#platform/auth'
import { storageErrors } from './errors.ts'
import { categoryRules, typeOf } from './file-types.ts'
import { pathsOf, withChosenPath } from './object-path.ts'

/** Seconds for which an upload form holds. */
export const uploadSeconds = 3600
/** An object that no record uses within a day is swept. */
export const unusedFor = 24 * 3600_000

export interface Reservation {
  objectId: number
  /** Where the bytes are to go; never the path at which they end. */
  path: string
  contentType: string
  size: number
}

/** What an object that the server makes itself is made of, and how. */
interface Made {
  parts: number[]
  treatment: 'merged' | 'stamped'
}

/** Refuses what the category does not take; the ledger row is written before a form is given out, so no bytes arrive unknown. */
export async function reserveObject(tx: Tx, body: ReserveUploadBody, zone: string, made?: Made): Promise<Reservation> {
  const errors = announcementErrors(body)
  if (errors.length > 0) throw storageErrors.type_not_allowed({}, { errors })
  const { contentType, size, category, patientId, cloud_path: chosen, sha256 = null } = body
  const fileName = readable(body.fileName)
  const cloudDocId = randomUUID()
  const place = { zone, labId: tx.actor.labId, patientId, category, cloudDocId, fileName, contentType }
  const paths = chosen === undefined ? pathsOf(place) : withChosenPath(chosen, place)
  if (typeof paths === 'string') throw storageErrors.path_not_allowed({ because: paths })
  const merged = made?.treatment === 'merged'
  const { id } = await tx.db.insertInto('storage.object').values({
    lab_id: tx.actor.labId, path: paths.temporary, file_name: fileName, content_type: contentType, category, patient_id: patientId,
    state: merged ? 'uploaded' : 'reserved', size, cloud_doc_id: cloudDocId, temporary_path: paths.temporary, final_path: paths.canonical,
    compatible_path: paths.compatible, source_path: merged ? null : paths.temporary, announced_sha256: sha256, parts: made?.parts ?? null,
    treatment: made?.treatment ?? null, created_at: tx.now, created_by: actorRef(tx.actor), upload_until: new Date(tx.now.getTime() + uploadSeconds * 1000),
  }).returning('id').executeTakeFirstOrThrow()
  // Not filed under the patient: what is checked is.
  tx.record('storage.reserved', { id }, { fileName, category })
  tx.enqueue('storage.sweep_unused', { objectId: id }, { runAt: new Date(tx.now.getTime() + unusedFor + 60_000) })
  return { objectId: id, path: paths.temporary, contentType, size }
}

/** Without the invisible marks that make `gpj.exe` read as `exe.jpg`. */
const readable = (fileName: string): string => fileName.toWellFormed().normalize('NFC').replace(/\p{Cf}/gu, '').trim()

function announcementErrors({ fileName, contentType, size, category }: ReserveUploadBody): FieldError[] {
  const { types, maxBytes } = categoryRules[category]
  const type = types.includes(contentType) ? typeOf(contentType) : undefined
  const extension = /\.([^.]{1,10})$/.exec(readable(fileName))?.[1]?.toLowerCase()
  const errors: FieldError[] = []
  if (!type) {
    const taken = types.map((name) => typeOf(name)?.extensions[0]).filter((name, i, all) => all.indexOf(name) === i).join(', ')
    errors.push({ path: '/contentType', message: `is not accepted here; possible are ${taken}`, code: 'storage.type_not_allowed' })
  } else if (extension && !type.extensions.includes(extension)) {
    errors.push({ path: '/fileName', message: `ends in .${extension}, which does not go with ${contentType}`, code: 'storage.type_not_allowed' })
  }
  if (size > maxBytes) {
    const most = `${maxBytes / 1024 / 1024} MB`
    errors.push({ path: '/size', message: `is more than the ${most} that this kind of file may have`, code: 'storage.too_large' })
  }
  return errors
}
