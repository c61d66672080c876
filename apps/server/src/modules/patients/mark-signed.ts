import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { keptId } from './kept-patients.ts'

/**
 * Notes, in the transaction that signs a report, that its patient has one: the lab's strict fields are locked from the first on.
 * One statement; a patient that is marked already is not written again. A record merged
 * at this moment passes the mark on to the one that was kept.
 */
export async function markSigned(tx: Tx, patientIds: number | readonly number[], at: Date = tx.now): Promise<void> {
  await sql`
    update patients.patient set signed_since = ${at}
    where id in (select ${keptId} from patients.patient s where s.id = any (${[patientIds].flat()}::bigint[]))
      and signed_since is null`.execute(tx.db)
}
