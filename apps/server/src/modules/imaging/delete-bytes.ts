import { sql } from 'kysely'
import { sidecarKey } from '@aliquot/contracts'
import type { Job } from '#platform/module'
import { objects } from '#platform/objects'
import { read } from '#platform/unit-of-work'
import { copyKey, copyKinds } from './copies.ts'

/** Removes the bytes of an image that was discarded, or (`from`) what is left where it lay before it was moved; never those that the row names. */
export const deleteBytes: Job = async ({ imageId, from }, { actor }) => {
  const { rows: [image] } = await read(actor, (db) => sql<{ key: string; discarded: boolean }>`
    select key, state = 'gone' and reason is not distinct from 'discarded' as discarded from imaging.image where id = ${Number(imageId)}`.execute(db as never))
  if (!image) return
  const key = typeof from === 'string' ? from : image.key
  if (!image.discarded && key === image.key) return
  await objects().remove(key)
  await objects().remove(sidecarKey(key))
  if (image.discarded) for (const copy of copyKinds) await objects().remove(copyKey(actor.labId, Number(imageId), copy))
}
