import type { StoredObject } from '@aliquot/contracts'
import type { Tx } from '#platform/unit-of-work'
import { releaseObjects } from './attach-objects.ts'
import { storageErrors } from './errors.ts'
import { ledgerRow, shown } from './stored-object.ts'

/** Removes a file, also one in use: where it was, file_not_exists.pdf is shown from then on. Removing it again changes nothing. */
export async function removeObject(tx: Tx, objectId: number, { reason }: { reason: string }): Promise<StoredObject> {
  const row = await ledgerRow(tx.reader, objectId)
  if (row.state === 'uploaded' && row.claimed && row.refusedBecause === null) throw storageErrors.not_removable()
  if (row.state !== 'removed') {
    await releaseObjects(tx, [objectId])
    tx.record('storage.removed_by_hand', row, { reason })
  }
  return shown(await ledgerRow(tx.reader, objectId))
}

/** Queues the check of an upload again: one that was refused may pass by newer rules, one in trouble need not wait for its next try. */
export async function checkAgain(tx: Tx, objectId: number): Promise<StoredObject> {
  const row = await ledgerRow(tx.reader, objectId)
  if (row.state === 'reserved' || row.state === 'removed') throw storageErrors.not_uploaded()
  if (row.state === 'uploaded') {
    await tx.db.updateTable('storage.object').set({ refused_because: null, checked_at: null, check_trouble: null }).where('id', '=', objectId).execute()
    tx.record('storage.uploaded', { id: objectId }, { fileName: row.fileName })
    tx.enqueue('storage.check', { objectId }, { key: `storage.check:${objectId}` })
  }
  return shown(await ledgerRow(tx.reader, objectId))
}
