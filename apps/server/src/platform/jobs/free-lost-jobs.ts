import { thePool } from '../db/index.ts'

/** Seconds between two signs of life; a worker that gave none for four times as long is dead. */
const beat = 15

/**
 * Says that these workers are alive, and frees the jobs of those that are not: a process that was killed would keep its jobs locked for hours.
 * A job is freed when its worker was not seen for a minute; a worker that only seemed dead may run it a second time, as any job may be.
 */
export async function freeLostJobs(workerIds: readonly string[]): Promise<void> {
  await thePool().query(`
    with alive as (
      insert into platform.worker (id, seen_at) select id, now() from unnest($1::text[]) as id
      on conflict (id) do update set seen_at = excluded.seen_at
    ), forgotten as (delete from platform.worker where seen_at < now() - interval '1 day')
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
    where locked_at < now() - $2 * interval '1 second' and locked_by <> all ($1::text[])
      and not exists (select from platform.worker w where w.id = locked_by and w.seen_at > now() - $2 * interval '1 second')`, [workerIds, beat * 4])
}

/** Does so now and every few seconds, for as long as the workers of this process run. Answers how to stop it. */
export function keepWorkersKnown(workerIds: ReadonlySet<string>, onError: (error: unknown) => void): () => void {
  const tell = () => void freeLostJobs([...workerIds]).catch(onError)
  tell()
  const timer = setInterval(tell, beat * 1000)
  timer.unref()
  return () => clearInterval(timer)
}
