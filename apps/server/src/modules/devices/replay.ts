import type { BodyOf, ResponseOf, replayMessages as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { read } from '#platform/unit-of-work'
import { planMessage, processMessage } from './process-messages.ts'

type Outcome = ResponseOf<typeof contract>['after'][number]

/** Of how many messages one replay takes care. */
const most = 500

/**
 * Reads messages again with profiles and mappings as they are now: those named, or those that are held, of one reason or instrument. What somebody
 * decided stays. A dry run shows what stands now and what would stand then.
 */
export async function replayMessages(actor: Actor, { messageIds, reason, instrumentId, dryRun }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const ids = await read(actor, async (db) => (await sql<{ id: number }>`
    select m.id from devices.message m where m.lab_id = ${actor.labId} and m.state in ('held', 'processed')
      ${messageIds ? sql`and m.id = any (${messageIds}::bigint[])` : sql`and m.state = 'held'`}
      ${reason ? sql`and (m.reason = ${reason} or exists (select from devices.result r where r.message_id = m.id and r.state = 'held' and r.reason = ${reason}))` : sql``}
      ${instrumentId ? sql`and m.instrument_id = ${instrumentId}` : sql``}
    order by m.id limit ${most}`.execute(db as never)).rows.map(({ id }) => id))
  const before = await standing(actor, ids)
  if (!dryRun) {
    for (const id of ids) await processMessage(actor, id, { again: true })
    return { done: true, messages: ids.length, before, after: await standing(actor, ids) }
  }
  const { timezone } = await labProfile(actor.labId)
  const decided = new Set(before.filter(({ state }) => state !== 'waiting' && state !== 'held').map((one) => JSON.stringify([one.messageId, one.sampleId, one.testCode, one.value])))
  const after: Outcome[] = before.filter(({ state }) => state !== 'waiting' && state !== 'held')
  for (const id of ids) {
    const plan = await planMessage(actor, id, timezone, true)
    for (const { sampleId, testCode, value, state, reason: why, parameterCode } of plan?.results ?? []) {
      if (!decided.has(JSON.stringify([id, sampleId, testCode, value]))) after.push({ messageId: id, sampleId, testCode, value, state, reason: why, parameter: parameterCode })
    }
  }
  return { done: false, messages: ids.length, before, after: after.sort((a, b) => a.messageId - b.messageId) }
}

const standing = (actor: Actor, ids: number[]): Promise<Outcome[]> => read(actor, async (db) => (await sql<Outcome>`
  select message_id as "messageId", sample_id as "sampleId", test_code as "testCode", value, state, reason, parameter_code as parameter
  from devices.result where message_id = any (${ids}::bigint[]) order by message_id, position`.execute(db as never)).rows)
