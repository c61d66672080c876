import type { PartnerEvent, PartnerExchange, QueryOf, listPartnerEvents as listContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { sendSoon } from './send-soon.ts'

const columns = sql`
  d.id, 'evt_' || d.activity_id as "eventId", jsonb_build_object('id', p.id, 'name', p.name) as partner, d.action,
  jsonb_build_object('type', d.subject_type, 'id', d.subject_id) as subject, d.patient_id as "patientId", d.message, d.happened_at as "happenedAt", d.state, d.attempts,
  case when d.state = 'pending' then greatest(d.due_at, p.open_until) end as "dueAt", d.delivered_at as "deliveredAt", d.trouble`

export async function listPartnerEvents(db: Reader, labId: number, query: QueryOf<typeof listContract>): Promise<Page<PartnerEvent>> {
  const { timezone } = await labProfile(labId)
  const { cursor, limit = 50, from, to, partnerId, state, action, patientId, reportId } = query
  const after = decodeCursor(cursor, 'id')
  const all: RawBuilder<unknown>[] = [sql`true`]
  if (after) all.push(sql`d.id < ${after[0]}::bigint`)
  if (partnerId !== undefined) all.push(sql`d.partner_id = ${partnerId}`)
  if (state !== undefined) all.push(sql`d.state = ${state}`)
  if (action !== undefined) all.push(sql`d.action = ${action}`)
  if (patientId !== undefined) all.push(sql`d.patient_id = ${patientId}`)
  if (reportId !== undefined) all.push(sql`d.subject_type = 'report' and d.subject_id = ${reportId}`)
  if (from !== undefined) all.push(sql`d.happened_at >= (${from}::date)::timestamp at time zone ${timezone}`)
  if (to !== undefined) all.push(sql`d.happened_at < (${to}::date + 1)::timestamp at time zone ${timezone}`)
  const { rows } = await sql<PartnerEvent>`
    select ${columns} from integrations.delivery d join integrations.partner p on p.id = d.partner_id
    where ${sql.join(all, sql` and `)} order by d.id desc limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** One event with everything that was said about it, newest first. */
export async function getPartnerEvent(db: Reader, id: number): Promise<{ delivery: PartnerEvent; exchanges: PartnerExchange[] }> {
  const { rows: [delivery] } = await sql<PartnerEvent>`
    select ${columns} from integrations.delivery d join integrations.partner p on p.id = d.partner_id where d.id = ${id}`.execute(db as never)
  if (!delivery) throw platformErrors.not_found({ thing: 'event' })
  const { rows: exchanges } = await sql<PartnerExchange>`
    select id, at, milliseconds, url, request_headers as "requestHeaders", request_body as "requestBody", status, answer_headers as "answerHeaders",
      answer_body as "answerBody", trouble
    from integrations.exchange where delivery_id = ${id} order by id desc limit 100`.execute(db as never)
  return { delivery, exchanges }
}

/** Makes events due again, with the ids that they had. Of those of one record the oldest goes first, as always. */
export async function replayPartnerEvents(tx: Tx, ids: number[]): Promise<{ queued: number }> {
  const partners = await move(tx, ids, sql`state = 'pending', attempts = 0, due_at = ${tx.now}, held_until = null, trouble = null, delivered_at = null`,
    ['delivered', 'failed', 'dropped', 'pending'])
  for (const { id, name, count } of partners) {
    tx.record('integrations.replayed', { id, name }, { count })
    sendSoon(tx, id)
  }
  return { queued: partners.reduce((sum, { count }) => sum + count, 0) }
}

/** Events that nobody wants any more; what waited behind them goes on. */
export async function dropPartnerEvents(tx: Tx, ids: number[]): Promise<{ dropped: number }> {
  const partners = await move(tx, ids, sql`state = 'dropped', held_until = null`, ['failed', 'pending'])
  for (const { id, name, count } of partners) {
    tx.record('integrations.dropped', { id, name }, { count })
    sendSoon(tx, id)
  }
  return { dropped: partners.reduce((sum, { count }) => sum + count, 0) }
}

/** Refuses all when one is not of this lab. Answers the partners concerned. */
async function move(tx: Tx, ids: number[], sets: RawBuilder<unknown>, from: string[]): Promise<{ id: number; name: string; count: number }[]> {
  const { rows: [found] } = await sql<{ count: number }>`select count(*)::int as count from integrations.delivery where id = any (${ids}::bigint[])`.execute(tx.db)
  if (found?.count !== ids.length) throw platformErrors.not_found({ thing: 'event' })
  const { rows } = await sql<{ id: number; name: string; count: number }>`
    with moved as (
      update integrations.delivery set ${sets} where id in (
        select id from integrations.delivery where id = any (${ids}::bigint[]) and state = any (${from}::text[]) order by id for update)
      returning partner_id)
    select p.id, p.name, count(*)::int as count from moved join integrations.partner p on p.id = moved.partner_id group by p.id, p.name order by p.id`.execute(tx.db)
  return rows
}
