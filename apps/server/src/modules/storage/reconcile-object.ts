import type { StoredObject } from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { change, now, read, type Tx } from '#platform/unit-of-work'
import { storageErrors } from './errors.ts'
import { contradiction, enoughToSniff } from './sniff.ts'
import { ledgerRowAt, shown, type LedgerRow } from './stored-object.ts'

/**
 * Looks at what arrived in the store, outside any transaction: its size and its first bytes. Then notes that it is there and queues its check, or
 * notes why it is refused. Asking again changes nothing. A refused file is never used: the upload starts again with a new reservation.
 */
export async function reconcileObject(actor: Actor, filePath: string): Promise<StoredObject> {
  const row = await read(actor, (db) => ledgerRowAt(db, filePath))
  if (row.refusedBecause !== null) throw storageErrors.content_mismatch({ because: row.refusedBecause })
  if (row.state === 'removed') throw storageErrors.not_uploaded()
  if (row.state !== 'reserved') return shown(row)
  const arrived = await inspect(row)
  if (!arrived) throw new Date(row.uploadUntil) < now() ? storageErrors.upload_expired() : storageErrors.not_uploaded()
  await change(actor, (tx) => noteArrival(tx, row, arrived.refusedBecause))
  if (arrived.refusedBecause !== null) throw storageErrors.content_mismatch({ because: arrived.refusedBecause })
  return { ...shown(row), state: 'uploaded' }
}

async function inspect({ temporaryPath, announcedSize, contentType }: LedgerRow): Promise<{ refusedBecause: string | null } | null> {
  const head = await objects().head(temporaryPath)
  if (!head) return null
  if (head.size !== announcedSize) return { refusedBecause: `it has ${head.size} bytes, not ${announcedSize}` }
  const start = await objects().getStart(temporaryPath, enoughToSniff)
  return start && { refusedBecause: await contradiction(start, contentType) }
}

async function noteArrival(tx: Tx, { id, fileName, patientId }: LedgerRow, refusedBecause: string | null): Promise<void> {
  const noted = await tx.db.updateTable('storage.object').set({ state: 'uploaded', refused_because: refusedBecause })
    .where('id', '=', id).where('state', '=', 'reserved').executeTakeFirst()
  // Somebody else who asked at the same moment has noted it.
  if (noted.numUpdatedRows === 0n) return
  if (refusedBecause !== null) return tx.record('storage.refused', { id, patientId }, { fileName, because: refusedBecause })
  tx.record('storage.uploaded', { id }, { fileName })
  tx.enqueue('storage.check', { objectId: id }, { key: `storage.check:${id}` })
}
