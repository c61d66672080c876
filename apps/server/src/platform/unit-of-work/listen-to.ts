import { sql } from 'kysely'
import { actionSpec, isJob } from '../module/index.ts'
import type { Tx } from './index.ts'

/** What a job that listens is given, besides the lab. */
export interface Heard {
  /** Of the activity log's row; of one subject, later rows have higher ids. */
  activityId: number
  action: string
  subjectType: string
  subjectId: number
}

/**
 * From this commit on the job is queued whenever one of the actions is recorded in the lab, in the transaction that records it. Replaces what the
 * job listened to in this lab before; for what every lab needs there are the manifest's subscriptions.
 */
export async function listenTo(tx: Tx, job: string, actions: readonly string[]): Promise<void> {
  if (!isJob(job)) throw new Error(`No module declares the job ${job}`)
  for (const action of actions) actionSpec(action)
  await sql`
    with gone as (delete from platform.listener where job = ${job} and action <> all (${[...actions]}::text[]))
    insert into platform.listener (lab_id, action, job) select ${tx.actor.labId}, action, ${job} from unnest(${[...new Set(actions)]}::text[]) action
    on conflict do nothing`.execute(tx.db)
}
