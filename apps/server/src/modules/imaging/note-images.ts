import { readImageKey, type BodyOf, type ResponseOf, type noteImageUploads as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { clinicOf } from './clinic-of.ts'
import { imagingErrors } from './errors.ts'
import { queueCheck } from './queue-check.ts'

export interface Noted { key: string; name?: string; size?: number }

/**
 * Makes rows of images that are in the bucket, and queues the check of those that are new or came back. Known ones stay as they are, whatever became
 * of them. `clinicIds`: clinics of this lab. Answers how many are to be checked.
 */
export async function noteImages(tx: Tx, images: readonly Noted[], clinicIds: ReadonlySet<number>): Promise<number> {
  const rows = images.map(({ key, name = '', size = 0 }) => {
    const read = readImageKey(key)
    return {
      key, name, size, guid: read?.patientGuid ?? key.split('/')[1], clinicId: read && clinicIds.has(read.clinicId) ? read.clinicId : null, imageId: read?.imageId ?? null,
    }
  })
  const { rows: fresh } = await sql<{ id: number; clinicId: number | null }>`
    insert into imaging.image (lab_id, key, sent_key, clinic_id, clinic_image_id, name, patient_guid, state, size, found_at)
    select ${tx.actor.labId}, i.key, i.key, i."clinicId", i."imageId", i.name, i.guid, 'waiting', i.size, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(key text, name text, size bigint, guid uuid, "clinicId" bigint, "imageId" text)
    where not exists (select from imaging.image o where o.sent_key = i.key and o.key <> i.key)
    on conflict (lab_id, key) do update set state = 'waiting', reason = null, detail = null, found_at = excluded.found_at, version = image.version + 1
      where image.state = 'gone' and image.reason is distinct from 'discarded'
    returning id, clinic_id as "clinicId"`.execute(tx.db)
  for (const { id } of fresh) {
    tx.record('imaging.image_found', { id })
    queueCheck(tx, id)
  }
  return fresh.length
}

/** What a clinic's agent says that it sent, and what became of each. */
export async function noteUploads(tx: Tx, { clinicId, images }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const clinic = await clinicOf(tx.reader, tx.actor, clinicId)
  if (images.some(({ key }) => readImageKey(key)?.clinicId !== clinic)) throw imagingErrors.not_a_clinic()
  const unique = [...new Map(images.map((image) => [image.key, image])).values()]
  const fresh = await noteImages(tx, unique, new Set([clinic]))
  if (fresh > 0) await sql`update imaging.clinic set last_sent_at = ${tx.now} where id = ${clinic}`.execute(tx.db)
  const keys = unique.map(({ key }) => key)
  const { rows } = await sql<ResponseOf<typeof contract>['images'][number] & { lies: string }>`
    select sent_key as key, key as lies, state, reason, detail from imaging.image where sent_key = any (${keys}::text[]) or key = any (${keys}::text[])`.execute(tx.db)
  const found = new Map([...rows.map(({ lies, ...row }) => [lies, { ...row, key: lies }] as const), ...rows.map(({ lies: _, ...row }) => [row.key, row] as const)])
  return { images: keys.map((key) => found.get(key) ?? { key, state: 'waiting', reason: null, detail: null }) }
}
