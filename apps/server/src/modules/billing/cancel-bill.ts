import type { Bill } from '@aliquot/contracts'
import { sql } from 'kysely'
import { withdrawBill } from '#modules/missing-details'
import { cancelReports } from '#modules/reports'
import type { Tx } from '#platform/unit-of-work'
import { dropClaim } from './fit-claim.ts'
import { getBill } from './get-bill.ts'
import { lockOpenBill } from './lock-bill.ts'

/** Cancels a bill and the tests it ordered; refused once one has results. What was paid is due to the patient. */
export async function cancelBill(tx: Tx, billId: number, { version, reason }: { version: number; reason: string }): Promise<Bill> {
  const bill = await lockOpenBill(tx, billId, version)
  await dropClaim(tx, bill, `the bill was cancelled: ${reason}`)
  await cancelReports(tx, { billItemIds: bill.items.map(({ id }) => id), reason })
  await sql`update billing.bill set version = version + 1, status = 'cancelled', cancelled_at = ${tx.now}, cancel_reason = ${reason}
    where id = ${billId}`.execute(tx.db)
  await withdrawBill(tx, billId)
  tx.record('billing.cancelled', bill, { reason })
  return getBill(tx.reader, tx.actor.labId, billId)
}
