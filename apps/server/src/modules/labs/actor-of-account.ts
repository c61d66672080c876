import type { Actor } from '#platform/auth'
import { read } from '#platform/unit-of-work'
import { loadActor } from './load-actor.ts'

/** An account of the lab as an actor, for what is done in its name; null when it is disabled or there is none. */
export async function actorOfAccount(actor: Actor, accountId: number): Promise<Actor | null> {
  const account = await read(actor, (db) => db.selectFrom('labs.account').select('user_id').where('id', '=', accountId).executeTakeFirst())
  const found = account && (await loadActor(account.user_id))
  return found ? { ...found, requestId: actor.requestId } : null
}
