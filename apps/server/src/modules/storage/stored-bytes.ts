import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { systemActor } from '#platform/auth'
import { objects } from '#platform/objects'
import { read } from '#platform/unit-of-work'
import { missingFilePage } from './missing-file-page.ts'
import { ledgerRows } from './stored-object.ts'

/**
 * The checked bytes of files that the caller found to be allowed: a doctor may read a report's file, but not the ledger. A removed file, and one
 * whose bytes the store lost, is a page that says so. What is not checked is absent.
 */
export async function storedBytes(labId: number, objectIds: readonly number[]): Promise<Map<number, Buffer>> {
  const rows = await read(systemActor(labId, 'print'), (db) => ledgerRows(db, sql`l.id = any (${[...objectIds]}::bigint[])`))
  const found = await Promise.all(rows.filter(({ checked, refusedBecause }) => checked && refusedBecause === null).map(async ({ id, path, state }) => {
    const stream = state === 'removed' ? null : await objects().get(path)
    return [id, stream ? await buffer(stream) : await missingFilePage()] as const
  }))
  return new Map(found)
}
