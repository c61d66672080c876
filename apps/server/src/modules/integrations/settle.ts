import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import type { Held } from './hold-deliveries.ts'
import { nextTry, restAfter, restSeconds } from './retry-rules.ts'
import type { Recipient, Said } from './send-event.ts'
import { sendSoon } from './send-soon.ts'

/** Keeps what was said. Answers the id of the row. */
export async function logExchange(tx: Tx, partnerId: number, deliveryId: number | null, said: Said): Promise<number> {
  const { rows: [row] } = await sql<{ id: number }>`
    insert into integrations.exchange (lab_id, partner_id, delivery_id, at, milliseconds, url, request_headers, request_body, status, answer_headers, answer_body, trouble)
    values (${tx.actor.labId}, ${partnerId}, ${deliveryId}::bigint, ${said.at}, ${said.milliseconds}, ${said.url}, ${JSON.stringify(said.requestHeaders)},
      ${said.requestBody}, ${said.status}::int, ${JSON.stringify(said.answerHeaders)}, ${said.answerBody}, ${said.trouble}) returning id`.execute(tx.db)
  return row?.id ?? 0
}

/** Writes what came of sending one event: delivered; or due again, by the partner's rules; or failed, until somebody sends it again. */
export async function settle(tx: Tx, to: Recipient, held: Held, said: Said): Promise<void> {
  await logExchange(tx, to.id, held.id, said)
  const attempts = held.attempts + 1
  const delay = said.trouble === null ? null : nextTry(said.trouble, attempts, to, Math.random())
  const state = said.trouble === null ? 'delivered' : delay === null ? 'failed' : 'pending'
  const due = new Date(tx.now.getTime() + (delay ?? 0) * 1000)
  await sql`
    update integrations.delivery set state = ${state}, attempts = ${attempts}, held_until = null, due_at = ${due}, trouble = ${said.trouble},
      delivered_at = case when ${state} = 'delivered' then ${tx.now}::timestamptz end
    where id = ${held.id} and state = 'pending'`.execute(tx.db)
  tx.hint('partner_event', held.id)
  if (said.trouble === null) return noteSuccess(tx, to)
  await noteFailure(tx, to, said.trouble)
  if (state === 'failed') tx.record('integrations.failed', { id: to.id, name: to.name }, { message: held.message, trouble: said.trouble, attempts })
}

async function noteSuccess(tx: Tx, { id, name }: Recipient): Promise<void> {
  const { rows: [before] } = await sql<{ openUntil: Date | null }>`
    update integrations.partner p set failures = 0, open_until = null, failing_since = null, trouble = null, last_success_at = ${tx.now}
    from (select id, open_until from integrations.partner where id = ${id} for no key update) old where p.id = old.id returning old.open_until as "openUntil"`.execute(tx.db)
  if (before?.openUntil) tx.record('integrations.circuit_closed', { id, name })
}

async function noteFailure(tx: Tx, { id, name }: Recipient, trouble: string): Promise<void> {
  const { rows: [partner] } = await sql<{ failures: number }>`
    update integrations.partner set failures = failures + 1, failing_since = coalesce(failing_since, ${tx.now}), trouble = ${trouble} where id = ${id}
    returning failures`.execute(tx.db)
  const failures = partner?.failures ?? 0
  const rest = restSeconds(failures)
  if (rest > 0) await sql`update integrations.partner set open_until = ${new Date(tx.now.getTime() + rest * 1000)} where id = ${id}`.execute(tx.db)
  if (failures === restAfter) tx.record('integrations.circuit_opened', { id, name }, { trouble, failures })
}

/** Queues the next round when something still waits, for the time when it is due. Nothing is due to a partner that is switched off. */
export async function planNext(tx: Tx, { id, name }: Recipient): Promise<void> {
  const { rows: [next] } = await sql<{ at: Date | null }>`
    select greatest(min(greatest(d.due_at, coalesce(d.held_until, d.due_at))), p.open_until) as at
    from integrations.delivery d join integrations.partner p on p.id = d.partner_id and not p.disabled
    where d.partner_id = ${id} and d.state = 'pending' and not exists (
      select from integrations.delivery e where e.partner_id = ${id} and e.state = 'pending' and e.subject_type = d.subject_type and e.subject_id = d.subject_id
        and e.activity_id < d.activity_id)
    group by p.id`.execute(tx.db)
  if (!next?.at) return
  // Due now, and yet not held: another process is about to settle it.
  const at = new Date(Math.max(next.at.getTime(), tx.now.getTime() + 1000))
  tx.record('integrations.waits', { id, name }, { until: at.toISOString() })
  sendSoon(tx, id, at)
}
