import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import type { Kind } from './masters.ts'

/** The lab's own row of a default's name stands for it: the default is off for the lab. */
export async function standInForDefault(tx: Tx, kind: Kind, name: string): Promise<void> {
  await sql`
    insert into molecular.default_off (lab_id, kind, master_id, at)
    select ${tx.actor.labId}, ${kind}, id, ${tx.now} from ${sql.table(`molecular.${kind}`)} where lab_id is null and lower(name) = lower(${name})
    on conflict do nothing`.execute(tx.db)
}

/** Refuses to bring a default back beside the lab's own row of its name. */
export async function refuseBesideOwn(tx: Tx, kind: Kind, name: string): Promise<void> {
  const { rows } = await sql`
    select from ${sql.table(`molecular.${kind}`)} where lab_id = ${tx.actor.labId} and lower(name) = lower(${name}) and not is_disabled`.execute(tx.db)
  if (rows.length > 0) throw platformErrors.already_exists()
}
