import { FileCategory, ObjectState, type LedgerEntry, type QueryOf, type StorageSummary, type listObjects as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { theConfig } from '#platform/config'
import { containing } from '#platform/db'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { objects } from '#platform/objects'
import { scannerState } from '#platform/scanner'
import { now, read, type Reader } from '#platform/unit-of-work'
import type { Actor } from '#platform/auth'
import { storedObjectJson } from './stored-object.ts'
import { isUnused } from './sweep-unused.ts'

/** The ledger, newest first. */
export async function listObjects(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<Page<LedgerEntry>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id')
  const word = query.q?.trim() ?? ''
  const like = containing(word)
  const { rows } = await sql<{ entry: LedgerEntry }>`
    select ${storedObjectJson('o')} || jsonb_build_object('temporaryPath', l.temporary_path, 'compatiblePath', l.compatible_path, 'originalPath', l.original_path,
      'claimed', l.claimed_at is not null, 'createdBy', l.created_by, 'uploadUntil', l.upload_until, 'checkedAt', l.checked_at, 'attachedAt', l.attached_at,
      'removedAt', l.removed_at, 'bytesDeletedAt', l.bytes_deleted_at, 'checkAttempts', l.check_attempts, 'checkTrouble', l.check_trouble) as entry
    from storage.object l join storage.pub_object o on o.id = l.id
    where l.lab_id = ${labId}
      ${query.state ? sql`and l.state = any (${query.state}::text[])` : sql``}
      ${query.category ? sql`and l.category = any (${query.category}::text[])` : sql``}
      ${query.objectId ? sql`and l.id = ${query.objectId}` : sql``}
      ${query.patientId ? sql`and l.patient_id = ${query.patientId}` : sql``}
      ${query.refused === undefined ? sql`` : sql`and (l.refused_because is not null) = ${query.refused}`}
      ${word ? sql`and (l.file_name ilike ${like} or l.path ilike ${like} or l.temporary_path ilike ${like} or l.sha256 = ${word.toLowerCase()})` : sql``}
      ${after ? sql`and l.id < ${after[0]}` : sql``}
    order by l.id desc limit ${limit + 1}`.execute(db as never)
  return pageOf(rows.map(({ entry }) => entry), limit, ({ id }) => [id])
}

interface Sums {
  state: ObjectState
  category: FileCategory
  count: number
  bytes: number
  waiting: number
  refused: number
  unused: number
  unusedBytes: number
}

/** How much is stored, in which states, and whether store and scanner answer. */
export async function storageSummary(actor: Actor): Promise<StorageSummary> {
  const time = now()
  const [rows, scanner] = await Promise.all([read(actor, async (db) => (await sql<Sums>`
    select state, category, count(*)::int as count, coalesce(sum(coalesce(stored_size, size)) filter (where state not in ('reserved', 'removed')), 0)::bigint as bytes,
      count(*) filter (where state = 'uploaded' and refused_because is null)::int as waiting,
      count(*) filter (where state = 'uploaded' and refused_because is not null)::int as refused,
      count(*) filter (where ${isUnused(time)})::int as unused, coalesce(sum(size) filter (where ${isUnused(time)} and state <> 'reserved'), 0)::bigint as "unusedBytes"
    from storage.object where lab_id = ${actor.labId} group by state, category`.execute(db as never)).rows), scannerState()])
  const total = (some: Sums[], of: 'count' | 'bytes' | 'waiting' | 'refused' | 'unused' | 'unusedBytes') => some.reduce((sum, row) => sum + row[of], 0)
  const amount = (some: Sums[]) => ({ count: total(some, 'count'), bytes: total(some, 'bytes') })
  const store = objects()
  return {
    store: { kind: store.kind, place: store.kind === 's3' ? theConfig().s3?.bucket ?? '' : theConfig().dataFolder },
    scanner,
    states: ObjectState.enum.map((state) => ({ state, ...amount(rows.filter((row) => row.state === state)) })),
    categories: FileCategory.enum.map((category) => ({ category, ...amount(rows.filter((row) => row.category === category)) })),
    beingChecked: total(rows, 'waiting'),
    refused: total(rows, 'refused'),
    unused: { count: total(rows, 'unused'), bytes: total(rows, 'unusedBytes') },
  }
}
