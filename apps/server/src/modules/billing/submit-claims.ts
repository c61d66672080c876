import type { Claim } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { claimsOf, lockClaims, refuseTooLarge, tooLarge } from './claim-row.ts'
import { billingErrors } from './errors.ts'

/**
 * Submits drafts, and rejected claims again: all of them or none, in a constant number of statements. A bill of a rejected claim expects its
 * amount again, so no more than what is still due of it.
 */
export async function submitClaims(tx: Tx, claimIds: readonly number[]): Promise<Claim[]> {
  const claims = await lockClaims(tx, claimIds)
  const wrong = claims.find(({ status }) => status !== 'draft' && status !== 'rejected')
  if (wrong) throw billingErrors.claim_wrong_status({ number: wrong.number, status: wrong.status })
  const again = claims.filter(({ status }) => status === 'rejected')
  refuseTooLarge(again.filter(({ amount, uncovered }) => amount > uncovered)
    .map(({ id, uncovered }) => tooLarge(`/claimIds/${claimIds.indexOf(id)}`, Math.max(uncovered, 0))))
  await sql`
    with expected as (
      update billing.bill b set insured = c.amount, version = b.version + 1 from billing.claim c
      where c.bill_id = b.id and c.id = any (${again.map(({ id }) => id)}::bigint[])
    )
    update billing.claim set version = version + 1, status = 'submitted', submissions = submissions + 1, submitted_at = ${tx.now},
      approved = null, answered_at = null
    where id = any (${claimIds}::bigint[])`.execute(tx.db)
  for (const claim of claims) {
    tx.record('billing.claim_submitted', claim, { amount: claim.amount })
    tx.hint('bill', claim.billId)
  }
  return claimsOf(tx.reader, claimIds)
}
