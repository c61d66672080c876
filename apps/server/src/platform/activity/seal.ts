import { thePool } from '../db/index.ts'
import { log } from '../log/index.ts'

const batch = 2000

/**
 * Seals what no older transaction can still precede: per lab one link, hash = sha256(previous || sha256 of each row), rows in the
 * order (xid, id). Runs beside the commands and locks none of them. Returns how many rows it sealed.
 */
export async function sealActivity(): Promise<number> {
  const client = await thePool().connect()
  try {
    await client.query('begin')
    // One sealer at a time in the whole database; the others have nothing to do.
    const { rows: [lock] } = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock(7331002) as held')
    let sealed = 0
    if (lock?.held) {
      const { rows } = await client.query<{ sealed: number }>(sealing, [batch])
      sealed = rows.reduce((sum, row) => sum + Number(row.sealed), 0)
    }
    await client.query('commit')
    return sealed
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const sealing = `
  with labs as (
    select distinct lab_id from platform.activity_seal
    union select lab_id from platform.activity where xid >= (select coalesce(max(last_xid), '0') from platform.activity_seal) and xid < platform.log_horizon()
  ), last as (
    select l.lab_id, s.sequence, s.last_xid, s.last_id, s.hash
    from labs l left join lateral (select * from platform.activity_seal s where s.lab_id = l.lab_id order by sequence desc limit 1) s on true
  ), rows as (
    select last.lab_id, coalesce(last.sequence, 0) + 1 as sequence, coalesce(last.hash, ''::bytea) as previous, r.*
    from last cross join lateral (
      select a.xid, a.id, platform.activity_hash(a) as row_hash from platform.activity a
      where a.lab_id = last.lab_id and (a.xid, a.id) > (coalesce(last.last_xid, '0'), coalesce(last.last_id, 0)) and a.xid < platform.log_horizon()
      order by a.xid, a.id limit $1) r
  ), links as (
    select lab_id, sequence, previous, (array_agg(xid order by xid, id))[count(*)] as last_xid, (array_agg(id order by xid, id))[count(*)] as last_id,
      array_agg(id order by xid, id) as ids, string_agg(row_hash, ''::bytea order by xid, id) as row_hashes
    from rows group by lab_id, sequence, previous)
  insert into platform.activity_seal (lab_id, sequence, last_xid, last_id, ids, row_hashes, previous, hash)
  select lab_id, sequence, last_xid, last_id, ids, row_hashes, previous, sha256(previous || row_hashes) from links
  returning cardinality(ids) as sealed`

/** Seals every few seconds until stopped. */
export function startSealing(every = 3000): () => Promise<void> {
  let working: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    working = working.then(sealActivity).catch((error: Error) => log.error({ err: error.message }, 'sealing the activity log failed; it will be tried again'))
  }, every)
  return async () => {
    clearInterval(timer)
    await working
  }
}
