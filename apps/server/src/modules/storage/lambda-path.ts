import { sql } from 'kysely'
import { systemActor, type Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { objects } from '#platform/objects'
import { change, read } from '#platform/unit-of-work'
import { storageErrors } from './errors.ts'
import { labOfPath } from './object-path.ts'
import { reconcileObject } from './reconcile-object.ts'
import { contradiction, enoughToSniff } from './sniff.ts'
import { ledgerRowAt, type LedgerRow } from './stored-object.ts'

/** The storage's functions have no session: they act in the lab in whose folder the file lies. */
export function lambdaActor(path: string, requestId: string): Actor {
  const labId = labOfPath(path)
  if (labId === null) throw platformErrors.not_found({ thing: 'file' })
  return systemActor(labId, 'Storage function', requestId)
}

export const uploadAt = (actor: Actor, temporaryPath: string): Promise<LedgerRow> => read(actor, (db) => ledgerRowAt(db, temporaryPath))

/**
 * A function of the storage has put what it made of an upload at the file's canonical path; its bytes are checked as any others are. Where it put
 * nothing there, the check makes them of the upload itself. Asking again changes nothing.
 */
export async function acceptConversion(actor: Actor, temporaryPath: string, filePath: string): Promise<LedgerRow> {
  const row = await uploadAt(actor, temporaryPath)
  if (row.finalPath !== filePath) throw storageErrors.path_not_allowed({ because: `the file belongs at ${row.finalPath}` })
  if (row.refusedBecause !== null) throw storageErrors.content_mismatch({ because: row.refusedBecause })
  if (row.state === 'reserved') await reconcileObject(actor, temporaryPath)
  if (row.checked || row.state === 'removed') return row
  const start = await objects().getStart(filePath, enoughToSniff)
  if (start) {
    const because = await contradiction(start, 'application/pdf')
    if (because !== null) throw storageErrors.content_mismatch({ because })
    await change(actor, async (tx) => {
      const { rows } = await sql`
        update storage.object set source_path = final_path where id = ${row.id} and state = 'uploaded' and checked_at is null and source_path <> final_path
        returning id`.execute(tx.db)
      if (rows.length === 0) return
      tx.record('storage.uploaded', { id: row.id }, { fileName: row.fileName })
      tx.enqueue('storage.check', { objectId: row.id }, { key: `storage.check:${row.id}` })
    })
  }
  return uploadAt(actor, temporaryPath)
}
