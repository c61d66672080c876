import { largestFile, type FileCategory, type StoredObject } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { change, read, type Tx } from '#platform/unit-of-work'
import { attachObject } from './attach-objects.ts'
import { checkObject } from './check-object.ts'
import { storageErrors } from './errors.ts'
import { withoutExtension } from './file-types.ts'
import { reconcileObject } from './reconcile-object.ts'
import { reserveObject } from './reserve-object.ts'
import { ledgerRow, shown } from './stored-object.ts'

interface NewFile {
  bytes: Buffer
  fileName: string
  contentType: string
  category: FileCategory
  patientId: number | null
  /** The objects from which these bytes were made by stamping. */
  stampedFrom?: number[]
}

/**
 * Stores bytes that this server has in its hands: from a request in base64, from an instrument. They go the way of every upload, and are checked
 * before this answers. Refused bytes are an error that says why; where the check cannot be done now, the object is answered unchecked, and is
 * checked as soon as that is possible.
 */
export async function storeFile(actor: Actor, { bytes, stampedFrom, ...about }: NewFile): Promise<StoredObject> {
  const { zone } = await labProfile(actor.labId)
  const made = stampedFrom === undefined ? undefined : { parts: stampedFrom, treatment: 'stamped' as const }
  const { objectId, path } = await change(actor, (tx) => reserveObject(tx, { ...about, size: bytes.length }, zone, made))
  await objects().put(path, bytes, { contentType: about.contentType })
  await reconcileObject(actor, path)
  return checkNow(actor, objectId)
}

/**
 * Reserves the file that several claimed ones become, in this order; in the transaction of the record that uses it. Their checks need not be over:
 * the whole is made and checked after them.
 */
export async function mergeFiles(tx: Tx, parts: readonly [StoredObject, ...StoredObject[]]): Promise<StoredObject> {
  const { zone } = await labProfile(tx.actor.labId)
  const [{ fileName, category, patientId }] = parts
  const size = Math.min(largestFile, parts.reduce((sum, part) => sum + part.size, 0))
  const name = `${withoutExtension(fileName)}.pdf`
  const { objectId } = await reserveObject(tx, { fileName: name, contentType: 'application/pdf', category, patientId, size }, zone,
    { parts: parts.map(({ id }) => id), treatment: 'merged' })
  tx.enqueue('storage.check', { objectId }, { key: `storage.check:${objectId}` })
  return attachObject(tx, { objectId, category, patientId })
}

/** Checks in the request instead of waiting for the job, which then finds nothing to do. What keeps it from being checked is in the ledger. */
export async function checkNow(actor: Actor, objectId: number): Promise<StoredObject> {
  await checkObject({ labId: actor.labId, objectId }, { actor, attempt: 1, lastAttempt: false }).catch(() => {})
  const row = await read(actor, (db) => ledgerRow(db, objectId))
  if (row.refusedBecause !== null) throw storageErrors.content_mismatch({ because: row.refusedBecause })
  return shown(row)
}
