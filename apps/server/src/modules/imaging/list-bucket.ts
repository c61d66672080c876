import { readImageKey } from '@aliquot/contracts'
import { sql } from 'kysely'
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
 * told apart by clinics and patients, for its keys name no tenant. Queues itself for the next hour.
 */
export const listBucket: Job = async (_payload, { actor }) => {
  const started = now()
  const seen = new Set<string>()
  let [found, waiting] = [0, [] as ListedObject[]]
  const flush = async () => {
    found += await noteOwn(actor, waiting, seen)
    waiting = []
  }
  for await (const object of objects().list('images/')) {
    if (!object.key.endsWith('.json')) waiting.push(object)
    if (waiting.length >= batch) await flush()
  }
  await flush()
  const gone = await markGone(actor, seen, started)
  await change(actor, async (tx) => {
    tx.record('imaging.bucket_listed', { id: actor.labId }, { found, gone })
    tx.enqueue('imaging.list', {}, { key: `imaging.list:${actor.labId}`, runAt: new Date(tx.now.getTime() + hour) })
  })
}

/** Of these objects, those that name a clinic or a patient of the lab. */
async function noteOwn(actor: Actor, listed: readonly ListedObject[], seen: Set<string>): Promise<number> {
  const named = listed.flatMap(({ key, size }) => {
    const guid = guidInKey.exec(key)?.[1]
    return guid ? [{ key, size, guid, clinicId: readImageKey(key)?.clinicId ?? null }] : []
  })
  if (named.length === 0) return 0
  const { clinicIds, own } = await read(actor, async (db) => {
    const { rows: clinics } = await sql<{ id: number }>`select id from imaging.clinic`.execute(db as never)
    const { rows: patients } = await sql<{ guid: string }>`
      select guid::text from patients.pub_patient where guid = any (${[...new Set(named.map(({ guid }) => guid))]}::uuid[])`.execute(db as never)
    const ids = new Set(clinics.map(({ id }) => id))
    const guids = new Set(patients.map(({ guid }) => guid))
    const ours = named.filter(({ guid, clinicId }) => guids.has(guid) || (clinicId !== null && ids.has(clinicId)))
    const { rows: known } = await sql<{ key: string }>`
      select key from imaging.image where key = any (${ours.map(({ key }) => key)}::text[]) and state <> 'gone'`.execute(db as never)
    const there = new Set(known.map(({ key }) => key))
    for (const { key } of ours) seen.add(key)
    return { clinicIds: ids, own: ours.filter(({ key }) => !there.has(key)) }
  })
  return own.length === 0 ? 0 : change(actor, (tx) => noteImages(tx, own, clinicIds))
}

/** Rows whose object was not listed, unless they came while it was. */
async function markGone(actor: Actor, seen: ReadonlySet<string>, started: Date): Promise<number> {
  const { rows } = await read(actor, (db) => sql<{ id: number; key: string }>`
    select id, key from imaging.image where state in ('ready', 'set_aside') and found_at < ${started}
      and (checked_at is null or checked_at < ${started})`.execute(db as never))
  const lost = rows.filter(({ key }) => !seen.has(key)).map(({ id }) => id)
  for (let at = 0; at < lost.length; at += batch) {
    await change(actor, async (tx) => {
      const { rows: gone } = await sql<{ id: number; patientId: number | null }>`
        update imaging.image set state = 'gone', reason = null, version = version + 1
        where id = any (${lost.slice(at, at + batch)}::bigint[]) and state in ('ready', 'set_aside') returning id, patient_id as "patientId"`.execute(tx.db)
      for (const image of gone) tx.record('imaging.image_gone', image)
    })
  }
  return lost.length
}
