import type { BodyOf, DeviceMessage, DeviceProfile, MessageEntry, Page, QueryOf, dismissMessages as dismissContract, listMessages as listContract } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { containing } from '#platform/db'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'
import { decodeForViewing } from './read/decode-for-viewing.ts'
import { deviceResults } from './results.ts'

const entry = sql`m.id, m.received_at as "receivedAt", case when i.id is null then null else jsonb_build_object('id', i.id, 'name', i.name) end as instrument, m.port, m.peer,
  m.protocol, m.kind, m.state, m.reason, m.detail, length(m.bytes) as size, m.control_id as "controlId", m.copies, m.sample_ids as "sampleIds",
  (select count(*)::int from devices.result r where r.message_id = m.id) as results,
  (select count(*)::int from devices.result r where r.message_id = m.id and r.state = 'held') as held`

const messages = <R>(db: Reader, condition: RawBuilder<unknown>, most: number, more = sql``) => sql<R>`
  select ${entry} ${more} from devices.message m left join devices.instrument i on i.id = m.instrument_id where ${condition} order by m.id desc limit ${most}`.execute(db as never)

/** Everything that came, newest first. */
export async function listMessages(db: Reader, labId: number, query: QueryOf<typeof listContract>): Promise<Page<MessageEntry>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id')
  const { timezone } = await labProfile(labId)
  const word = query.q?.trim() ?? ''
  const like = containing(word)
  const { rows } = await messages<MessageEntry>(db, sql`m.lab_id = ${labId}
    ${query.state ? sql`and m.state = any (${query.state}::text[])` : sql``} ${query.kind ? sql`and m.kind = any (${query.kind}::text[])` : sql``}
    ${query.instrumentId ? sql`and m.instrument_id = ${query.instrumentId}` : sql``}
    ${query.from ? sql`and m.received_at >= (${query.from}::date::timestamp at time zone ${timezone})` : sql``}
    ${query.to ? sql`and m.received_at < ((${query.to}::date + 1)::timestamp at time zone ${timezone})` : sql``}
    ${word ? sql`and (m.control_id = ${word} or m.peer = ${word} or exists (select from unnest(m.sample_ids) as sample where sample ilike ${like}))` : sql``}
    ${after ? sql`and m.id < ${after[0]}` : sql``}`, limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

type Row = MessageEntry & { bytes: Buffer; answer: Buffer | null; sha256: string; definition: DeviceProfile | null }

/** One message as it came and as it was read. */
export async function getMessage(db: Reader, id: number): Promise<DeviceMessage> {
  const { rows: [row] } = await messages<Row>(db, sql`m.id = ${id}`, 1, sql`, m.bytes, m.answer, m.sha256,
    (select v.definition from devices.profile_version v where v.id = m.profile_version_id) as definition`)
  if (!row) throw platformErrors.not_found({ thing: 'message' })
  const { bytes, answer, definition, ...rest } = row
  const seen = (some: Buffer) => (rest.protocol as string) === 'json' ? { text: some.toString(), lossy: false } : decodeForViewing(rest.protocol as DeviceProfile['protocol'], some, definition?.charset ?? null)
  return { ...rest, ...seen(bytes), answer: answer && seen(answer).text, entries: (await deviceResults(db, sql`r.message_id = ${id}`, 1000)).reverse() }
}

/** Messages that need nothing; with them, what of them still waits. */
export async function dismissMessages(tx: Tx, { messageIds, reason }: BodyOf<typeof dismissContract>): Promise<{ dismissed: number }> {
  const { rows } = await sql<{ id: number }>`
    with gone as (
      update devices.message set state = 'dismissed', detail = ${reason}
      where id = any (${messageIds}::bigint[]) and state in ('held', 'rejected', 'incomplete', 'processed') returning id
    ), ended as (
      update devices.result set state = 'dismissed', detail = ${reason}, decided_at = ${tx.now}, decided_by = ${tx.actor.accountId}::bigint, version = version + 1
      where message_id in (select id from gone) and state in ('waiting', 'held')
    )
    select id from gone`.execute(tx.db)
  for (const { id } of rows) tx.record('devices.message_dismissed', { id }, { reason })
  return { dismissed: rows.length }
}
