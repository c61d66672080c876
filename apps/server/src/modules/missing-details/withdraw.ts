import { sql, type RawBuilder } from 'kysely'
import { actorRef } from '#platform/auth'
import type { Tx } from '#platform/unit-of-work'

/** Closes what is open of a cancelled bill: nobody asks for its details any more. One statement, within the command that cancels. */
export async function withdrawBill(tx: Tx, billId: number): Promise<void> {
  await withdraw(tx, sql`bill_id = ${billId}`).execute(tx.db)
}

/**
 * Closes the own details of a patient who is merged into another, and hands the bills' to the one who stays. Two statements; the caller then saves
 * the details of the one who stays through captureDetails, which also names all of them anew.
 */
export async function mergeDetails(tx: Tx, { keepId, mergeId }: { keepId: number; mergeId: number }): Promise<void> {
  await withdraw(tx, sql`patient_id = ${mergeId} and bill_id is null`).execute(tx.db)
  await sql`
    update missing_details.incident set patient_id = ${keepId}, updated_at = ${tx.now}
    where lab_id = ${tx.actor.labId} and patient_id = ${mergeId} and bill_id is not null`.execute(tx.db)
}

const withdraw = (tx: Tx, which: RawBuilder<unknown>) => sql`
  update missing_details.incident set state = 'withdrawn', updated_at = ${tx.now}, resolved_at = ${tx.now},
    resolved_by = ${JSON.stringify(actorRef(tx.actor))}::jsonb
  where lab_id = ${tx.actor.labId} and state = 'open' and ${which}`
