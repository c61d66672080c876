import { readImageKey } from '@aliquot/contracts'
import { sql } from 'kysely'
import { patientsByGuid } from '#modules/patients'
import type { Actor } from '#platform/auth'
import type { Job } from '#platform/module'
import { objects, type ListedObject } from '#platform/objects'
import { change, now, read } from '#platform/unit-of-work'
import { noteImages } from './note-images.ts'

const batch = 500
const hour = 3600_000
const guidInKey = /^images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//

/**
 * Lists `images/` and makes the index agree with it: what is new is checked, what is not there any more is gone. A bucket that several labs share is
 * told apart by clinics and patients, for its keys name no tenant. Both are walked in the order of their keys, a page at a time. Queues itself for the
 * next hour.
 */
export const listBucket: Job = async (_payload, { actor }) => {
  const started = now()
  let [found, gone, after] = [0, 0, '']
  let page: ListedObject[] = []
  const flush = async (upTo: string | null) => {
    found += await noteOwn(actor, page)
    gone += await markGone(actor, { after, upTo, listed: page.map(({ key }) => key), started })
    ;[page, after] = [[], upTo ?? after]
  }
  for await (const object of objects().list('images/')) {
    if (!object.key.endsWith('.json')) page.push(object)
    if (page.length >= batch) await flush(object.key)
  }
  await flush(null)
  await change(actor, async (tx) => {
    tx.record('imaging.bucket_listed', { id: actor.labId }, { found, gone })
    tx.enqueue('imaging.list', {}, { key: `imaging.list:${actor.labId}`, runAt: new Date(tx.now.getTime() + hour) })
  })
}

/** Of these objects, those that name a clinic or a patient of the lab. */
async function noteOwn(actor: Actor, listed: readonly ListedObject[]): Promise<number> {
  const named = listed.flatMap(({ key, size }) => {
    const guid = guidInKey.exec(key)?.[1]
    return guid ? [{ key, size, guid, clinicId: readImageKey(key)?.clinicId ?? null }] : []
  })
  if (named.length === 0) return 0
  const { clinicIds, own } = await read(actor, async (db) => {
    const { rows: clinics } = await sql<{ id: number }>`select id from imaging.clinic`.execute(db as never)
    const guids = await patientsByGuid(db, named.map(({ guid }) => guid))
    const ids = new Set(clinics.map(({ id }) => id))
    const ours = named.filter(({ guid, clinicId }) => guids.has(guid) || (clinicId !== null && ids.has(clinicId)))
    const { rows: known } = await sql<{ key: string }>`
      select key from imaging.image where key = any (${ours.map(({ key }) => key)}::text[]) and state <> 'gone'`.execute(db as never)
    const there = new Set(known.map(({ key }) => key))
    return { clinicIds: ids, own: ours.filter(({ key }) => !there.has(key)) }
  })
  return own.length === 0 ? 0 : change(actor, (tx) => noteImages(tx, own, clinicIds))
}

interface Walked {
  /** the keys that were listed lie behind `after`, up to `upTo`; null: to the end */
  after: string
  upTo: string | null
  listed: readonly string[]
  started: Date
}

/** Rows whose object was not listed where it should have been, unless they came since. The bucket sorts by bytes, as the collation "C" does. */
async function markGone(actor: Actor, { after, upTo, listed, started }: Walked): Promise<number> {
  const lost = await read(actor, async (db) => (await sql<{ id: number }>`
    select id from imaging.image where state in ('ready', 'set_aside') and key collate "C" > ${after} and ${upTo === null ? sql`true` : sql`key collate "C" <= ${upTo}`}
      and key <> all (${listed}::text[]) and found_at < ${started} and (checked_at is null or checked_at < ${started})
    order by key collate "C" limit ${batch}`.execute(db as never)).rows.map(({ id }) => id))
  if (lost.length === 0) return 0
  await change(actor, async (tx) => {
    const { rows: gone } = await sql<{ id: number; patientId: number | null }>`
      update imaging.image set state = 'gone', reason = null, version = version + 1
      where id = any (${lost}::bigint[]) and state in ('ready', 'set_aside') returning id, patient_id as "patientId"`.execute(tx.db)
    for (const image of gone) tx.record('imaging.image_gone', image)
  })
  return lost.length + await markGone(actor, { after, upTo, listed, started })
}
