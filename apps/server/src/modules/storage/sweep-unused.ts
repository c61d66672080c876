import { sql } from 'kysely'
import type { Job } from '#platform/module'
import { objects } from '#platform/objects'
import { change, read } from '#platform/unit-of-work'
import { releaseObjects } from './attach-objects.ts'
import { unusedFor } from './reserve-object.ts'
import { ledgerRows } from './stored-object.ts'

/** What nobody uses: never claimed by a record, or refused, and older than a day. A condition on storage.object. */
export const isUnused = (time: Date) => sql<boolean>`state in ('reserved', 'uploaded', 'verified') and created_at <= ${new Date(time.getTime() - unusedFor)}
  and (claimed_at is null or refused_because is not null)`

/** A day after its reservation: an object that no record uses is removed, and its bytes with it. */
export const sweepUnused: Job = async ({ objectId }, { actor }) => {
  await change(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`select id from storage.object where id = ${Number(objectId)} and ${isUnused(tx.now)} for update`.execute(tx.db)
    await releaseObjects(tx, rows.map(({ id }) => id))
  })
}

/** Deletes the bytes of a removed object, wherever they are; the ledger keeps its row. */
export const deleteBytes: Job = async ({ objectId }, { actor }) => {
  const [object] = await read(actor, (db) => ledgerRows(db, sql`l.id = ${Number(objectId)} and l.state = 'removed' and l.bytes_deleted_at is null`))
  if (!object) return
  for (const path of [object.temporaryPath, object.finalPath, object.originalPath]) if (path) await objects().remove(path)
  await change(actor, async (tx) => {
    const noted = await tx.db.updateTable('storage.object').set({ bytes_deleted_at: tx.now })
      .where('id', '=', object.id).where('bytes_deleted_at', 'is', null).executeTakeFirst()
    if (noted.numUpdatedRows > 0n) tx.record('storage.bytes_deleted', object)
  })
}

/** Deletes the upload once the checked bytes are stored under their final path. */
export const deleteUpload: Job = async ({ objectId }, { actor }) => {
  const [object] = await read(actor, (db) => ledgerRows(db, sql`l.id = ${Number(objectId)} and l.path <> l.temporary_path`))
  if (object) await objects().remove(object.temporaryPath)
}
