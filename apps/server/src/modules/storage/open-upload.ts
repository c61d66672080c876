import type { ReserveUploadBody, UploadTicket } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { change } from '#platform/unit-of-work'
import { reserveObject, uploadSeconds } from './reserve-object.ts'

/** Reserves an object, then signs the form by which the browser sends its bytes past this server. */
export async function openUpload(actor: Actor, body: ReserveUploadBody): Promise<UploadTicket> {
  const { zone } = await labProfile(actor.labId)
  const { objectId, path, contentType, size } = await change(actor, (tx) => reserveObject(tx, body, zone))
  const { url, fields, expiresAt } = await objects().uploadForm({ key: path, contentType, size, seconds: uploadSeconds })
  return { objectId, filePath: path, upload: { url, fields }, expiresAt }
}
