import type { ActorRef, Attachment, StoredObject } from '@aliquot/contracts'
import { sql } from 'kysely'
import { attachObject, releaseObjects, storedObjectJson } from '#modules/storage'
import { actorRef } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { decodeCursor, encodeCursor, type Page } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'

interface Row {
  id: number
  title: string
  object: StoredObject
  addedAt: Date
  addedBy: ActorRef
}

const toAttachment = ({ addedAt, ...row }: Row): Attachment => ({ ...row, addedAt: addedAt.toISOString() })

/** The files attached to a patient, the last added first. */
export async function listAttachments(db: Reader, patientId: number, page: { cursor?: string; limit?: number }): Promise<Page<Attachment>> {
  const limit = page.limit ?? 50
  const after = decodeCursor(page.cursor, 'id')
  const { rows } = await sql<Row>`
    select a.id, a.title, ${storedObjectJson('o')} as object, a.added_at as "addedAt", a.added_by as "addedBy"
    from patients.attachment a join storage.pub_object o on o.id = a.object_id
    where a.patient_id = ${patientId} ${after ? sql`and a.id < ${after[0]}` : sql``}
    order by a.id desc limit ${limit + 1}`.execute(db as never)
  const items = rows.slice(0, limit).map(toAttachment)
  return { items, next: rows.length > limit ? encodeCursor([items.at(-1)?.id ?? 0]) : null }
}

/** Attaches an uploaded and checked file to a patient. */
export async function addAttachment(tx: Tx, patientId: number, { objectId, title }: { objectId: number; title: string }): Promise<Attachment> {
  const patient = await tx.db.selectFrom('patients.patient').select('id').where('id', '=', patientId).where('merged_into', 'is', null).forKeyShare().executeTakeFirst()
  if (!patient) throw platformErrors.not_found({ thing: 'patient' })
  const object = await attachObject(tx, { objectId, category: 'PatientAttachment', patientId })
  const { id } = await tx.db.insertInto('patients.attachment').values({
    lab_id: tx.actor.labId, patient_id: patientId, object_id: objectId, title: title.trim(), added_at: tx.now,
    added_by: JSON.stringify(actorRef(tx.actor)),
  }).returning('id').executeTakeFirstOrThrow()
  tx.record('patients.attachment_added', { id, patientId }, { title: title.trim(), objectId })
  return toAttachment({ id, title: title.trim(), object, addedAt: tx.now, addedBy: actorRef(tx.actor) })
}

/** Takes an attachment away; its file goes with it. */
export async function removeAttachment(tx: Tx, patientId: number, attachmentId: number): Promise<void> {
  const removed = await tx.db.deleteFrom('patients.attachment').where('id', '=', attachmentId).where('patient_id', '=', patientId)
    .returning(['id', 'title', 'object_id as objectId']).executeTakeFirst()
  if (!removed) throw platformErrors.not_found({ thing: 'attachment' })
  await releaseObjects(tx, [removed.objectId])
  tx.record('patients.attachment_removed', { id: removed.id, patientId }, { title: removed.title, objectId: removed.objectId })
}
