import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'

/** Masters of a lab change one command at a time: replacing a list of mappings and disabling their ends must see each other. */
export async function lockMasters(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('molecular.masters'), hashtext(${String(tx.actor.labId)}))`.execute(tx.db)
}
