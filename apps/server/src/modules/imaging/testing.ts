import { createHash, randomUUID } from 'node:crypto'
import { imageKey, type Clinic, type Patient } from '@aliquot/contracts'
import { writeDicom, type WrittenElement } from '@aliquot/dicom'
import { sql } from 'kysely'
import { actorOfAccount } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { objects } from '#platform/objects'
import { change, read } from '#platform/unit-of-work'
import { checkImage } from './check-image.ts'
import { createClinic } from './clinics.ts'
import { noteImages } from './note-images.ts'

let made = 0

export const aClinic = (actor: Actor): Promise<Clinic> => {
  const number = ++made
  return change(actor, (tx) => createClinic(tx, { code: `smile-${number}`, name: `Smile ${number}` }))
}

/** The clinic's agent, as one of its keys makes it. */
export async function agentOf(actor: Actor, clinic: Clinic): Promise<Actor> {
  const { rows: [row] } = await read(actor, (db) => sql<{ id: number }>`select account_id as id from imaging.clinic where id = ${clinic.id}`.execute(db as never))
  const agent = await actorOfAccount(actor, row?.id ?? 0)
  if (!agent) throw new Error('The clinic has no account')
  return agent
}

interface Shown { name?: string; birthDate?: string; patientId?: string; tooth?: string; more?: WrittenElement[] }

/** A small X-ray of somebody. */
export function xRayOf({ name = '', birthDate = '', patientId = '', tooth, more = [] }: Shown): Buffer {
  const number = ++made
  const values = Uint16Array.from({ length: 32 * 24 }, (_, at) => (at * 5 + number) % 4096)
  return Buffer.from(writeDicom({ elements: [
    [0x0008_0005, 'CS', 'ISO_IR 192'], [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.1.3'], [0x0008_0018, 'UI', `1.2.3.${number}`], [0x0008_0020, 'DA', '20250102'],
    [0x0008_0060, 'CS', 'IO'], [0x0010_0010, 'PN', name], [0x0010_0020, 'LO', patientId], [0x0010_0030, 'DA', birthDate.replaceAll('-', '')],
    ...(tooth ? [[0x0008_2218, 'SQ', { items: [[[0x0008_0100, 'SH', tooth], [0x0008_0102, 'SH', 'ISO3950'], [0x0008_0104, 'LO', `Tooth ${tooth}`]]] }]] as WrittenElement[] : []),
    [0x0018_1164, 'DS', '0.03\\0.03'], [0x0028_0002, 'US', [1]], [0x0028_0004, 'CS', 'MONOCHROME2'], [0x0028_0010, 'US', [24]], [0x0028_0011, 'US', [32]],
    [0x0028_0100, 'US', [16]], [0x0028_0101, 'US', [12]], [0x0028_0102, 'US', [11]], [0x0028_0103, 'US', [0]],
    ...more, [0x7fe0_0010, 'OW', new Uint8Array(values.buffer)],
  ] }))
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Puts an image where an agent puts it. Answers its key. */
export async function send(clinicId: number, patientGuid: string, bytes: Buffer): Promise<string> {
  const key = imageKey({ patientGuid, clinicId, imageId: String(++made), sha256: sha256(bytes) })
  await objects().put(key, bytes, { contentType: 'application/dicom' })
  return key
}

async function checked(actor: Actor, clinic: Clinic, key: string): Promise<{ id: number; version: number }> {
  await change(actor, (tx) => noteImages(tx, [{ key }], new Set([clinic.id])))
  const row = () => read(actor, async (db) => (await sql<{ id: number; version: number }>`
    select id, version from imaging.image where key = ${key}`.execute(db as never)).rows[0])
  const id = (await row())?.id ?? 0
  await checkImage({ labId: actor.labId, imageId: id }, { actor, attempt: 1, lastAttempt: false })
  return { id, version: (await row())?.version ?? 0 }
}

/** An image for a patient that the lab does not have. */
export async function aSetAsideImage(actor: Actor): Promise<{ id: number; version: number }> {
  const clinic = await aClinic(actor)
  return checked(actor, clinic, await send(clinic.id, randomUUID(), xRayOf({ name: 'Nobody' })))
}

export async function aReadyImage(actor: Actor, clinic: Clinic, { guid, fullName, birthDate }: Patient): Promise<{ id: number; version: number }> {
  return checked(actor, clinic, await send(clinic.id, guid, xRayOf({ name: fullName, birthDate })))
}
