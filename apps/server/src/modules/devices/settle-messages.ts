import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'

/** A message waits for a person for as long as one of its results is held. */
export async function settleMessages(tx: Tx, messageIds: readonly number[]): Promise<void> {
  await sql`
    update devices.message m set state = case when held.reason is null then 'processed' else 'held' end, reason = held.reason
    from (select id, (select r.reason from devices.result r where r.message_id = one.id and r.state = 'held' order by r.position limit 1) as reason
      from unnest(${[...messageIds]}::bigint[]) as one(id)) as held
    where m.id = held.id and m.state in ('processed', 'held') and m.reason is distinct from 'unknown_instrument'`.execute(tx.db)
  for (const id of messageIds) tx.hint('message', id)
}
