import type { BodyOf, Card, QueryOf, addCard as addContract, listCards as listContract, resolvePatients as resolveContract, ResponseOf } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { holdPatients } from '#modules/patients'
import { actorRef, type Actor } from '#platform/auth'
import { containing } from '#platform/db'
import { platformErrors, refuseIf } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { clinicOf } from './clinic-of.ts'

/** The patient p as lists of images and cards show it. */
export const patientJson = sql`jsonb_build_object('id', p.id, 'guid', p.guid, 'number', p.number, 'fullName', p.full_name, 'birthDate', p.birth_date)`

async function select(db: Reader, condition: RawBuilder<unknown>, most: number): Promise<Card[]> {
  const { rows } = await sql<Card>`
    select k.id, k.card_id as "cardId", jsonb_build_object('id', c.id, 'name', c.name) as clinic, ${patientJson} as patient,
      to_char(k.added_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "addedAt", k.added_by as "addedBy",
      exists (select from imaging.card o where o.clinic_id = k.clinic_id and o.card_id = k.card_id and o.patient_id <> k.patient_id) as conflict
    from imaging.card k join imaging.clinic c on c.id = k.clinic_id join patients.pub_patient p on p.id = k.patient_id
    where ${condition} order by k.id desc limit ${most}`.execute(db as never)
  return rows
}

export async function listCards(db: Reader, { cursor, limit = 50, q, clinicId, patientId, conflicts }: QueryOf<typeof listContract>): Promise<Page<Card>> {
  const after = decodeCursor(cursor, 'id')
  const rows = await select(db, sql.join([
    after ? sql`k.id < ${after[0]}` : sql`true`,
    q?.trim() ? sql`(k.card_id ilike ${containing(q)} or p.full_name ilike ${containing(q)} or p.number = ${q.trim()})` : sql`true`,
    clinicId ? sql`k.clinic_id = ${clinicId}` : sql`true`, patientId ? sql`k.patient_id = ${patientId}` : sql`true`,
    conflicts ? sql`exists (select from imaging.card o where o.clinic_id = k.clinic_id and o.card_id = k.card_id and o.patient_id <> k.patient_id)` : sql`true`,
  ], sql` and `), limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** A card that another patient has too is kept and shown as a conflict: nobody is chosen. */
export async function addCard(tx: Tx, { clinicId, cardId, patientId }: BodyOf<typeof addContract>): Promise<Card> {
  const patients = await holdPatients(tx, [patientId])
  const { rows: clinics } = await sql`select from imaging.clinic where id = ${clinicId}`.execute(tx.db)
  refuseIf([
    ...(clinics.length > 0 ? [] : [{ path: '/clinicId', message: 'names no clinic of this lab', code: 'platform.not_found' }]),
    ...(patients.has(patientId) ? [] : [{ path: '/patientId', message: 'names no patient of this lab', code: 'platform.not_found' }]),
  ])
  const { rows: [made] } = await sql<{ id: number }>`
    insert into imaging.card (lab_id, clinic_id, card_id, patient_id, added_at, added_by)
    values (${tx.actor.labId}, ${clinicId}, ${cardId.trim()}, ${patientId}, ${tx.now}, ${JSON.stringify(actorRef(tx.actor))}) returning id`.execute(tx.db)
  const [card] = await select(tx.reader, sql`k.id = ${made?.id}`, 1)
  if (!card) throw platformErrors.not_found({ thing: 'card' })
  tx.record('imaging.card_added', { id: clinicId, patientId }, { cardId: card.cardId, fullName: card.patient.fullName })
  return card
}

export async function removeCard(tx: Tx, cardRowId: number): Promise<void> {
  const { rows: [card] } = await sql<{ cardId: string; clinicId: number; patientId: number }>`
    delete from imaging.card where id = ${cardRowId} returning card_id as "cardId", clinic_id as "clinicId", patient_id as "patientId"`.execute(tx.db)
  if (!card) throw platformErrors.not_found({ thing: 'card' })
  tx.record('imaging.card_removed', { id: card.clinicId, patientId: card.patientId }, { cardId: card.cardId })
}

/** Card ids of the clinic whose key is used, to GUIDs; one that several patients have names none of them. */
export async function resolvePatients(db: Reader, actor: Actor, body: BodyOf<typeof resolveContract>): Promise<ResponseOf<typeof resolveContract>> {
  const { cardIds, clinicId } = Array.isArray(body) ? { cardIds: body, clinicId: undefined } : body
  const clinic = await clinicOf(db, actor, clinicId)
  const asked = [...new Set(cardIds.map((cardId) => cardId.trim()))]
  const { rows } = await sql<{ cardId: string; guids: string[] }>`
    select k.card_id as "cardId", array_agg(p.guid::text) as guids from imaging.card k join patients.pub_patient p on p.id = k.patient_id
    where k.clinic_id = ${clinic} and k.card_id = any (${asked}::text[]) group by k.card_id`.execute(db as never)
  const found = new Map(rows.map(({ cardId, guids }) => [cardId, guids]))
  return {
    patients: asked.flatMap((cardId) => {
      const [patientGuid, ...others] = found.get(cardId) ?? []
      return patientGuid && others.length === 0 ? [{ cardId, patientGuid }] : []
    }),
    unresolved: asked.filter((cardId) => !found.has(cardId)), ambiguous: asked.filter((cardId) => (found.get(cardId)?.length ?? 0) > 1),
  }
}
