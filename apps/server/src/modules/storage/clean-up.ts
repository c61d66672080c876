import { FileCategory, type BodyOf, type CleanUp, type SweptFile, type cleanUp as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { objects, type ListedObject } from '#platform/objects'
import { change, now, read, type Reader } from '#platform/unit-of-work'
import { releaseObjects } from './attach-objects.ts'
import { foldersOf } from './object-path.ts'
import { unusedFor } from './reserve-object.ts'
import { isUnused } from './sweep-unused.ts'

/** What one clean-up looks at and takes; a larger store is cleaned up in several. */
const mostKeys = 20_000
const mostRows = 1000

/**
 * Compares the lab's folders in the store with its ledger. A dry run says what it would remove; the real one removes that, or as much of it as the
 * caller chose. What came within the last day is left alone: it may be on its way.
 */
export async function cleanUp(actor: Actor, { dryRun, unusedIds, strayPaths }: BodyOf<typeof contract>): Promise<CleanUp> {
  const { zone } = await labProfile(actor.labId)
  const listed = await listFolders(foldersOf(zone, actor.labId, FileCategory.enum))
  const found = await read(actor, async (db) => ({
    unused: await unused(db), strays: await strays(db, listed.keys), lost: listed.whole ? await lost(db, listed.keys) : [],
  }))
  const chosen = {
    unused: found.unused.filter(({ objectId }) => !unusedIds || unusedIds.includes(objectId ?? 0)),
    strays: found.strays.filter(({ path }) => !strayPaths || strayPaths.includes(path)),
  }
  if (!dryRun && chosen.unused.length + chosen.strays.length > 0) await remove(actor, chosen)
  const swept = dryRun ? found : { ...chosen, lost: found.lost }
  return {
    done: !dryRun, ...swept, bytes: [...swept.unused, ...swept.strays].reduce((sum, { size }) => sum + size, 0),
    more: !listed.whole || found.unused.length >= mostRows,
  }
}

async function listFolders(folders: string[]): Promise<{ keys: ListedObject[]; whole: boolean }> {
  const keys: ListedObject[] = []
  for (const folder of folders) {
    for await (const object of objects().list(folder)) {
      if (keys.length >= mostKeys) return { keys, whole: false }
      keys.push(object)
    }
  }
  return { keys, whole: true }
}

/** Nothing came of what is only reserved. */
const swept = sql`id as "objectId", path, file_name as "fileName", case when state = 'reserved' then 0 else coalesce(stored_size, size) end as size,
  created_at as at`

async function unused(db: Reader): Promise<SweptFile[]> {
  const { rows } = await sql<SweptFile>`
    select ${swept} from storage.object where ${isUnused(now())} order by id limit ${mostRows}`.execute(db as never)
  return rows
}

/** Bytes that no row of the ledger accounts for: an upload is accounted for until its check is over. */
async function strays(db: Reader, keys: ListedObject[]): Promise<SweptFile[]> {
  const old = keys.filter(({ modifiedAt }) => modifiedAt.getTime() < now().getTime() - unusedFor)
  const { rows } = await sql<{ key: string }>`
    select key from unnest(${old.map(({ key }) => key)}::text[]) as key where not exists (
      select from storage.object o where bytes_deleted_at is null
        and (o.final_path = key or o.original_path = key or (o.temporary_path = key and o.path = o.temporary_path))) limit ${mostRows}`.execute(db as never)
  const nobodys = new Set(rows.map(({ key }) => key))
  return old.filter(({ key }) => nobodys.has(key)).map(({ key, size, modifiedAt }) =>
    ({ objectId: null, path: key, fileName: key.slice(key.lastIndexOf('/') + 1), size, at: modifiedAt.toISOString() }))
}

async function lost(db: Reader, keys: ListedObject[]): Promise<SweptFile[]> {
  const { rows } = await sql<SweptFile>`
    select ${swept} from storage.object o where state in ('verified', 'attached', 'superseded') and checked_at is not null
      and not (path = any (${keys.map(({ key }) => key)}::text[])) order by id limit ${mostRows}`.execute(db as never)
  return rows
}

async function remove(actor: Actor, { unused: rows, strays: bytes }: { unused: SweptFile[]; strays: SweptFile[] }): Promise<void> {
  await change(actor, async (tx) => {
    const { rows: still } = await sql<{ id: number }>`
      select id from storage.object where id = any (${rows.map(({ objectId }) => objectId)}::bigint[]) and ${isUnused(tx.now)} order by id for update`.execute(tx.db)
    await releaseObjects(tx, still.map(({ id }) => id))
    if (bytes.length > 0) tx.record('storage.strays_deleted', { id: actor.labId }, { count: bytes.length, paths: bytes.map(({ path }) => path) })
  })
  for (const { path } of bytes) await objects().remove(path)
}
