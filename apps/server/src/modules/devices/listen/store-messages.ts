import { hash } from 'node:crypto'
import type { DeviceProtocol } from '@aliquot/contracts'
import { sql } from 'kysely'
import { systemActor } from '#platform/auth'
import { change, type Tx } from '#platform/unit-of-work'

/** What came over a line and must be kept before it is answered. */
export interface Arrival {
  port: number
  peer: string
  protocol: DeviceProtocol
  receivedAt: Date
  bytes: Uint8Array
  /** incomplete: it broke off; rejected: it is nothing of the protocol. Neither is ever read for results. */
  state: 'stored' | 'incomplete' | 'rejected'
  detail: string | null
  controlId: string | null
  /** What is sent back once it is stored; null: nothing. */
  answer: Uint8Array | null
  instrumentId: number | null
  profileVersionId: number | null
}

export interface Kept {
  id: number
  /** How often the same bytes have come. */
  copies: number
  /** What was answered when they came first. */
  answer: Uint8Array | null
}

const nothing = new Uint8Array(0)

/**
 * Stores arrivals of one lab in one transaction; answers in their order. The same bytes on the same port are the same message, which was sent again since its
 * answer was lost: it is counted, and gets the answer that it got. What was incomplete or refused and now comes whole takes its place.
 * `telling`: the transaction also says what has arrived, with so many that were stored before and not told; null: a later one does.
 */
export async function storeMessages(labId: number, arrivals: readonly Arrival[], telling: { untold: number } | null = { untold: 0 }): Promise<Kept[]> {
  const distinct = new Map<string, { arrival: Arrival; sha256: string; copies: number }>()
  const keys = arrivals.map((arrival) => {
    const sha256 = hash('sha256', arrival.bytes, 'hex')
    const key = `${arrival.port}:${sha256}`
    const known = distinct.get(key)
    if (!known) distinct.set(key, { arrival, sha256, copies: 1 })
    else distinct.set(key, { ...known, copies: known.copies + 1, arrival: known.arrival.state === 'stored' ? known.arrival : arrival })
    return key
  })
  const rows = [...distinct.values()]
  const kept = await change(systemActor(labId, 'devices'), async (tx) => {
    const [stored] = await Promise.all([insertMessages(tx, rows), noteSeen(tx, heardFrom(rows.map(({ arrival }) => arrival)))])
    if (telling) tell(tx, { id: stored.at(-1)?.id ?? 0, count: arrivals.length + telling.untold, peer: rows.at(-1)?.arrival.peer ?? '' })
    return stored
  })
  const byKey = new Map(kept.map((row) => [`${row.port}:${row.sha256}`, row]))
  return keys.map((key) => {
    const row = byKey.get(key)
    if (!row) throw new Error('A message that was stored did not come back')
    return row
  })
}

/** Says that messages have arrived, so that they are read. */
function tell(tx: Tx, { id, count, peer }: { id: number; count: number; peer: string }): void {
  tx.record('devices.received', { id }, { count, peer })
  tx.enqueue('devices.process', {}, { key: `devices.process:${tx.actor.labId}` })
}

/** Tells what was stored and not told: the end of a stream of messages, or what a process left behind that was killed. */
export const tellUntold = (labId: number): Promise<void> => change(systemActor(labId, 'devices'), async (tx) => {
  const { rows: [last] } = await sql<{ id: number; peer: string; count: number }>`
    select id, peer, (select count(*) from devices.message where lab_id = ${labId} and state = 'stored') as count
    from devices.message where lab_id = ${labId} and state = 'stored' order by id desc limit 1`.execute(tx.db)
  if (last) tell(tx, last)
})

const seenEveryMs = 5000
const lastSeen = new Map<number, number>()

/** Instruments that are due to be noted as heard of, with their last peers: a busy one every few seconds, not with every message. */
function heardFrom(arrivals: readonly Arrival[]): [id: number, peer: string][] {
  const clock = performance.now()
  const due = new Map<number, string>()
  for (const { instrumentId, peer } of arrivals) {
    if (instrumentId !== null && clock - (lastSeen.get(instrumentId) ?? -Infinity) >= seenEveryMs) due.set(instrumentId, peer)
  }
  for (const id of due.keys()) lastSeen.set(id, clock)
  return [...due].sort(([a], [b]) => a - b)
}

async function noteSeen(tx: Tx, seen: [id: number, peer: string][]): Promise<void> {
  if (seen.length === 0) return
  await sql`
    update devices.instrument i set last_message_at = ${tx.now}, last_peer = s.peer
    from unnest(${seen.map(([id]) => id)}::bigint[], ${seen.map(([, peer]) => peer)}::text[]) as s(id, peer) where i.id = s.id`.execute(tx.db)
}

interface StoredRow extends Kept {
  port: number
  sha256: string
  state: string
}

/** All bytes travel as one parameter, which goes in binary; an array of them would go as hexadecimal text. */
async function insertMessages(tx: Tx, rows: readonly { arrival: Arrival; sha256: string; copies: number }[]): Promise<StoredRow[]> {
  const parts: Uint8Array[] = []
  let at = 1
  const place = (bytes: Uint8Array | null): { from: number; length: number | null } => {
    const from = at
    parts.push(bytes ?? nothing)
    at += bytes?.length ?? 0
    return { from, length: bytes?.length ?? null }
  }
  const bytes = rows.map(({ arrival }) => place(arrival.bytes))
  const answers = rows.map(({ arrival }) => place(arrival.answer))
  const of = <T>(pick: (arrival: Arrival) => T): T[] => rows.map(({ arrival }) => pick(arrival))
  const { rows: stored } = await sql<StoredRow>`
    with arrived as (
      select * from unnest(${of(({ port }) => port)}::int[], ${of(({ peer }) => peer)}::text[], ${of(({ protocol }) => protocol)}::text[],
        ${of(({ receivedAt }) => receivedAt)}::timestamptz[], ${bytes.map(({ from }) => from)}::int[], ${bytes.map(({ length }) => length)}::int[],
        ${rows.map(({ sha256 }) => sha256)}::text[], ${of(({ controlId }) => controlId)}::text[], ${answers.map(({ from }) => from)}::int[],
        ${answers.map(({ length }) => length)}::int[], ${rows.map(({ copies }) => copies)}::int[], ${of(({ instrumentId }) => instrumentId)}::bigint[],
        ${of(({ profileVersionId }) => profileVersionId)}::bigint[], ${of(({ state }) => state)}::text[], ${of(({ detail }) => detail)}::text[])
      as a(port, peer, protocol, received_at, bytes_from, bytes_length, sha256, control_id, answer_from, answer_length, copies, instrument_id,
        profile_version_id, state, detail)
    )
    insert into devices.message as m (lab_id, port, peer, protocol, received_at, bytes, sha256, control_id, answer, copies, instrument_id, profile_version_id,
      state, reason, detail)
    select ${tx.actor.labId}, port, peer, protocol, received_at, substring(blob from bytes_from for bytes_length), sha256, control_id,
      substring(blob from answer_from for answer_length), copies, instrument_id, profile_version_id, state, case when state = 'rejected' then 'not_read' end, detail
    from arrived, (values (${Buffer.concat(parts)}::bytea)) as all_bytes(blob)
    on conflict on constraint message_once do update set copies = m.copies + excluded.copies,
      (state, answer, reason, detail, control_id, instrument_id, profile_version_id, received_at, peer) = (
        select case when whole then excluded.state else m.state end, case when whole then excluded.answer else m.answer end,
          case when not whole then m.reason end, case when not whole then m.detail end,
          case when whole then excluded.control_id else m.control_id end, case when whole then excluded.instrument_id else m.instrument_id end,
          case when whole then excluded.profile_version_id else m.profile_version_id end,
          case when whole then excluded.received_at else m.received_at end, case when whole then excluded.peer else m.peer end
        from (values (m.state in ('incomplete', 'rejected') and excluded.state = 'stored')) as v(whole))
    returning id, port, sha256, state, copies, case when copies > 1 then answer end as answer`.execute(tx.db)
  const answerOf = new Map(rows.map(({ arrival, sha256 }) => [`${arrival.port}:${sha256}`, arrival.answer]))
  return stored.map((row) => (row.copies > 1 ? row : { ...row, answer: answerOf.get(`${row.port}:${row.sha256}`) ?? null }))
}
