import type { FileCategory, StoredObject } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { storageErrors } from './errors.ts'
import { ledgerRowAt, storedObjectJson } from './stored-object.ts'

export interface Attach {
  objectIds: number[]
  category: FileCategory
  /** The patient whose file it must be; null for the lab's own files. */
  patientId: number | null
}

/**
 * Takes objects into use, in the transaction of the record that uses them. One that is still being checked is claimed, and attached by its check.
 * Refuses what is not there, was refused, is of another kind or of another patient. An object that was reserved before the patient existed becomes
 * this patient's. One statement, none for no objects. Taking one into use again changes nothing.
 */
export async function attachObjects(tx: Tx, { objectIds, ...attach }: Attach): Promise<StoredObject[]> {
  if (objectIds.length === 0) return []
  const objects = await takeIntoUse(tx, { which: sql`o.id = any (${objectIds}::bigint[])`, place: sql`array_position(${objectIds}::bigint[], o.id)`, ...attach })
  if (objects.length < new Set(objectIds).size) {
    const refused = await tx.db.selectFrom('storage.object').select('refused_because').where('id', 'in', objectIds)
      .where('refused_because', 'is not', null).executeTakeFirst()
    throw refused ? storageErrors.content_mismatch({ because: refused.refused_because ?? '' }) : storageErrors.not_uploaded()
  }
  return objects
}

interface Take extends Omit<Attach, 'objectIds'> {
  /** A condition on storage.object as o. */
  which: RawBuilder<unknown>
  /** In which order they are answered. */
  place: RawBuilder<unknown>
}

async function takeIntoUse(tx: Tx, { which, place, category, patientId }: Take): Promise<StoredObject[]> {
  const { rows } = await sql<{ object: StoredObject }>`
    with taken as (
      update storage.object o
      set claimed_at = coalesce(o.claimed_at, ${tx.now}), patient_id = coalesce(o.patient_id, ${patientId}),
        attached_at = case when o.state = 'verified' then ${tx.now} else o.attached_at end,
        state = case when o.state = 'verified' then 'attached' else o.state end
      where ${which} and (o.state in ('verified', 'attached') or (o.state = 'uploaded' and o.refused_because is null)) and o.category = ${category}
        and (o.patient_id is null or o.patient_id = ${patientId})
      returning o.id, o.path, o.file_name, o.content_type, coalesce(o.stored_size, o.size) as size, o.sha256, o.category, o.state, o.patient_id, o.pages,
        o.treatment, o.notice, o.refused_because, o.created_at, ${place} as place
    )
    select ${storedObjectJson('o')} as object from taken o order by o.place`.execute(tx.db)
  return rows.map(({ object }) => object)
}

export const attachObject = async (tx: Tx, { objectId, ...attach }: Omit<Attach, 'objectIds'> & { objectId: number }): Promise<StoredObject> => {
  const [object] = await attachObjects(tx, { ...attach, objectIds: [objectId] })
  if (!object) throw storageErrors.not_uploaded()
  return object
}

/** The same by path, in the order of the paths; says what is wrong with the first that cannot be used. */
export async function attachAt(tx: Tx, { paths, ...attach }: Omit<Attach, 'objectIds'> & { paths: string[] }): Promise<StoredObject[]> {
  const found = await takeIntoUse(tx, {
    ...attach,
    which: sql`(o.temporary_path = any (${paths}::text[]) or o.final_path = any (${paths}::text[]))`,
    place: sql`coalesce(array_position(${paths}::text[], o.temporary_path), array_position(${paths}::text[], o.final_path))`,
  })
  if (found.length < paths.length) for (const path of paths) await explain(tx, path, attach)
  return found
}

/** Why a path cannot be used, as an error; nothing where it can. */
async function explain(tx: Tx, path: string, { category, patientId }: Omit<Attach, 'objectIds'>): Promise<void> {
  const { state, refusedBecause, ...row } = await ledgerRowAt(tx.reader, path)
  if (row.category !== category) throw storageErrors.path_not_allowed({ because: `it is a file of the kind ${row.category}` })
  if (row.patientId !== null && row.patientId !== patientId) throw storageErrors.path_not_allowed({ because: 'it belongs to another patient' })
  if (refusedBecause !== null) throw storageErrors.content_mismatch({ because: refusedBecause })
  if (state === 'reserved') throw storageErrors.not_uploaded()
  if (state === 'superseded' || state === 'removed') throw platformErrors.not_found({ thing: 'file' })
}

/** Whether a file is the upload at this path, or was merged of those at these paths, in their order. */
export async function cameFrom(tx: Tx, objectId: number, paths: string[]): Promise<boolean> {
  const { rows: [row] } = await sql<{ same: boolean }>`
    select ${paths}::text[] in (array[o.temporary_path], array[o.final_path], (
      select array_agg(p.temporary_path order by part.place) from unnest(o.parts) with ordinality as part(id, place)
        join storage.object p on p.id = part.id)) as same
    from storage.object o where o.id = ${objectId}`.execute(tx.db)
  return row?.same ?? false
}

/** Ends the use of objects by a record: they are kept, as what was there before. */
export async function supersedeObjects(tx: Tx, objectIds: number[]): Promise<void> {
  if (objectIds.length === 0) return
  const ended = await tx.db.updateTable('storage.object').set({ state: 'superseded', claimed_at: null })
    .where('id', 'in', objectIds).where('state', 'in', ['uploaded', 'verified', 'attached'])
    .returning(['id', 'file_name as fileName', 'patient_id as patientId']).execute()
  for (const object of ended) tx.record('storage.superseded', object)
}

/** Ends the use of objects for good: the record that used them is gone. Their bytes are deleted after the commit, and those that they were made of. */
export async function releaseObjects(tx: Tx, objectIds: number[]): Promise<void> {
  if (objectIds.length === 0) return
  const { rows } = await sql<{ id: number; fileName: string; patientId: number | null }>`
    with recursive whole as (
      select id, parts from storage.object where id = any (${objectIds}::bigint[])
      union select o.id, o.parts from whole w join storage.object o on o.id = any (w.parts)
    )
    update storage.object set state = 'removed', removed_at = ${tx.now}, claimed_at = null where id in (select id from whole) and state <> 'removed'
    returning id, file_name as "fileName", patient_id as "patientId"`.execute(tx.db)
  for (const object of rows) {
    tx.record('storage.removed', object)
    tx.enqueue('storage.delete_bytes', { objectId: object.id })
  }
}
