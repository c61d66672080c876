import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { billingErrors } from './errors.ts'
import type { LockedBill } from './lock-bill.ts'

/**
 * Keeps the claim of a locked bill within a new total: a draft shrinks with it, or goes when nothing is left. One that the insurer has stands
 * for the sum that it was told, so the sum may not change under it. No statement for a bill without one, one or two for the others.
 */
export async function fitClaim(tx: Tx, bill: Pick<LockedBill, 'id' | 'total' | 'paid' | 'insured' | 'claim'>, total: number): Promise<void> {
  const { claim } = bill
  if (claim === null || total === bill.total) return
  if (claim.status === 'submitted' || claim.status === 'accepted') throw billingErrors.claim_sent({ number: claim.number })
  const left = Math.max(total - bill.paid, 0)
  if (left === 0) return dropClaim(tx, bill, 'nothing is left of the bill')
  if (claim.status !== 'draft' || claim.amount <= left) return
  await sql`
    with expected as (update billing.bill set insured = ${left} where id = ${bill.id})
    update billing.claim set version = version + 1, amount = ${left} where id = ${claim.id}`.execute(tx.db)
  tx.record('billing.claim_updated', claim, { from: claim.amount, to: left })
}

/** Withdraws the claim of a bill that is cancelled; refused once the insurer has it. */
export async function dropClaim(tx: Tx, { id, claim }: Pick<LockedBill, 'id' | 'claim'>, reason: string): Promise<void> {
  if (claim === null) return
  if (claim.status === 'submitted' || claim.status === 'accepted') throw billingErrors.claim_sent({ number: claim.number })
  await sql`
    with expected as (update billing.bill set insured = 0 where id = ${id})
    update billing.claim set version = version + 1, status = 'withdrawn', approved = null, reason = ${reason} where id = ${claim.id}`.execute(tx.db)
  tx.record('billing.claim_withdrawn', claim, { reason })
}
