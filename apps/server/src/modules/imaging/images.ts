import type { DentalImage, DentalImageDetail, QueryOf, ResponseOf, listPatientImages as listContract, listSetAside as asideContract,
  shareDentalImage as shareContract, BodyOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { patientsByGuid } from '#modules/patients'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { containing } from '#platform/db'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { change, now, read, type Reader } from '#platform/unit-of-work'
import { imagingErrors } from './errors.ts'
import { headerJson, imageColumns, imageJoins, linkSeconds, linkTo, toImage, type ImageRow } from './image-row.ts'

/**
 * The images of a patient, newest first. By GUID and nothing else: no card, no path of the clinic leads here. That of a merged record leads to the one
 * that was kept.
 */
export async function listPatientImages(actor: Actor, patientGuid: string, { cursor, limit = 50, kind }: QueryOf<typeof listContract>): Promise<Page<DentalImage>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const { patient, rows } = await read(actor, async (db) => {
    const found = (await patientsByGuid(db, [patientGuid])).get(patientGuid)
    if (!found) throw platformErrors.not_found({ thing: 'patient' })
    const { rows: images } = await sql<ImageRow>`
      select ${imageColumns} from imaging.image i ${imageJoins} where i.patient_id = ${found.id} and i.state = 'ready'
        and ${kind ? sql`i.kind = any (${kind}::text[])` : sql`true`}
        and ${after ? sql`(coalesce(i.taken_at, ''), i.id) < (${after[0]}, ${after[1]})` : sql`true`}
      order by coalesce(i.taken_at, '') desc, i.id desc limit ${limit + 1}`.execute(db as never)
    return { patient: found, rows: images }
  })
  const { items, next } = pageOf(rows, limit, ({ takenAt, id }) => [takenAt ?? '', id])
  if (items.length > 0) await viewed(actor, 'imaging.list_viewed', { id: patient.id, patientId: patient.id })
  return { items: await Promise.all(items.map(toImage)), next }
}

export async function imageRow(db: Reader, imageId: number): Promise<ImageRow> {
  const { rows: [row] } = await sql<ImageRow>`select ${imageColumns} from imaging.image i ${imageJoins} where i.id = ${imageId}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'image' })
  return row
}

export async function getImage(actor: Actor, imageId: number): Promise<DentalImageDetail> {
  const { row, tags } = await read(actor, async (db) => {
    const { rows: [extra] } = await sql<{ tags: DentalImageDetail['tags'] | null }>`select tags from imaging.image where id = ${imageId}`.execute(db as never)
    return { row: await imageRow(db, imageId), tags: extra?.tags ?? [] }
  })
  // What is set aside is under nobody's name: only those who decide about it see it.
  if (row.state !== 'ready' && !actor.permissions.has('imaging.manage')) throw platformErrors.not_found({ thing: 'image' })
  await viewed(actor, 'imaging.image_viewed', { id: row.id, patientId: row.patientId })
  const [image, original, picture, view] = await Promise.all([toImage(row), linkTo(row, 'original'), linkTo(row, 'picture'), linkTo(row, 'view')])
  return {
    ...image, patient: row.patient, header: headerJson(row.header), spacing: row.header?.spacing ?? null, sha256: row.sha256,
    decided: row.decided && { by: row.decided.by, at: row.decided.at, reason: row.decided.reason }, tags,
    links: { original, picture, view, expiresAt: new Date(now().getTime() + linkSeconds * 1000).toISOString() },
  }
}

/** A link for somebody without an account; who made it, of what and until when is in the log. */
export async function shareImage(actor: Actor, imageId: number, { what, hours }: BodyOf<typeof shareContract>): Promise<ResponseOf<typeof shareContract>> {
  const row = await read(actor, (db) => imageRow(db, imageId))
  const url = row.state === 'ready' ? await linkTo(row, what, hours * 3600) : null
  if (url === null) throw imagingErrors.not_ready()
  await change(actor, async (tx) => tx.record('imaging.image_shared', { id: row.id, patientId: row.patientId }, { what, hours }))
  return { url, expiresAt: new Date(now().getTime() + hours * 3600_000).toISOString() }
}

type SetAside = ResponseOf<typeof asideContract>['items'][number]

export async function listSetAside(actor: Actor, { cursor, limit = 50, q, reason, clinicId }: QueryOf<typeof asideContract>): Promise<Page<SetAside>> {
  const after = decodeCursor(cursor, 'id')
  const { rows } = await read(actor, (db) => sql<ImageRow>`
    select ${imageColumns} from imaging.image i ${imageJoins} where i.state = 'set_aside' and ${after ? sql`i.id < ${after[0]}` : sql`true`}
      and ${reason ? sql`i.reason = any (${reason}::text[])` : sql`true`} and ${clinicId ? sql`i.clinic_id = ${clinicId}` : sql`true`}
      and ${q?.trim() ? sql`(i.name ilike ${containing(q)} or p.full_name ilike ${containing(q)} or i.header->'patient'->'name'->>'text' ilike ${containing(q)}
        or i.clinic_image_id = ${q.trim()})` : sql`true`}
    order by i.id desc limit ${limit + 1}`.execute(db as never))
  const { items, next } = pageOf(rows, limit, ({ id }) => [id])
  return { items: await Promise.all(items.map(async (row) => ({ ...(await toImage(row)), patient: row.patient, header: headerJson(row.header) }))), next }
}
