import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'

export interface Held {
  id: number
  activityId: number
  action: string
  subjectType: string
  subjectId: number
  happenedAt: Date
  message: string
  attempts: number
}

const atOnce = 8
/** Longer than a request may take. A process that died loses what it held after that. */
const holdSeconds = 60

/**
 * Takes the next events of a partner that may be sent now: of each record the oldest that waits, eight records at a time, a single one where the partner
 * had failed. None while the partner is given a rest, or switched off.
 */
export async function holdDeliveries(tx: Tx, partnerId: number): Promise<Held[]> {
  const until = new Date(tx.now.getTime() + holdSeconds * 1000)
  const { rows } = await sql<Held>`
    update integrations.delivery held set held_until = ${until}
    where held.id in (
      select d.id from integrations.partner p join integrations.delivery d on d.partner_id = p.id and d.state = 'pending'
      where p.id = ${partnerId} and not p.disabled and (p.open_until is null or p.open_until <= ${tx.now})
        and d.due_at <= ${tx.now} and (d.held_until is null or d.held_until <= ${tx.now})
        and not exists (select from integrations.delivery e where e.partner_id = p.id and e.state = 'pending'
          and e.subject_type = d.subject_type and e.subject_id = d.subject_id and e.activity_id < d.activity_id)
      order by d.activity_id limit (select case when failures > 0 then 1 else ${atOnce}::int end from integrations.partner where id = ${partnerId})
      for update of d skip locked)
    returning held.id, held.activity_id as "activityId", held.action, held.subject_type as "subjectType", held.subject_id as "subjectId",
      held.happened_at as "happenedAt", held.message, held.attempts`.execute(tx.db)
  return rows.sort((one, other) => one.activityId - other.activityId)
}
