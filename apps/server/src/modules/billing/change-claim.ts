import type { BodyOf, Claim, answerClaim as answerContract, settleClaim as settleContract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { claimsOf, expectOf, lockClaim, refuseTooLarge, tooLarge } from './claim-row.ts'
import { writePayments } from './take-payments.ts'

/** Claims another amount, at most what is due of the bill. */
export async function updateClaim(tx: Tx, claimId: number, { version, amount }: { version: number; amount: number }): Promise<Claim> {
  const claim = await lockClaim(tx, claimId, version, ['draft', 'rejected'])
  const most = claim.uncovered + claim.insured
  if (amount > most) refuseTooLarge([tooLarge('/amount', most)])
  await sql`update billing.claim set version = version + 1, amount = ${amount} where id = ${claimId}`.execute(tx.db)
  if (claim.status === 'draft') await expectOf(tx, claim.billId, amount)
  tx.record('billing.claim_updated', claim, { from: claim.amount, to: amount })
  return theClaim(tx, claimId)
}

/** What the insurer answered. What it does not approve falls back to the patient. */
export async function answerClaim(tx: Tx, claimId: number, { version, outcome, approved: given, reason, payerReference }: BodyOf<typeof answerContract>):
Promise<Claim> {
  const claim = await lockClaim(tx, claimId, version, ['submitted'])
  const accepted = outcome === 'accepted'
  const approved = accepted ? given ?? claim.amount : null
  if (!accepted && !reason) refuseIf([{ path: '/reason', message: 'is needed: say why it was rejected', code: 'platform.required' }])
  if (approved !== null && approved > claim.amount) refuseTooLarge([tooLarge('/approved', claim.amount)])
  await sql`
    update billing.claim set version = version + 1, status = ${outcome}, approved = ${approved}::bigint, answered_at = ${tx.now},
      reason = ${reason ?? null}, payer_reference = coalesce(${payerReference ?? null}, payer_reference)
    where id = ${claimId}`.execute(tx.db)
  await expectOf(tx, claim.billId, approved ?? 0)
  tx.record(accepted ? 'billing.claim_accepted' : 'billing.claim_rejected', claim, { ...(approved === null ? {} : { approved }), reason: reason ?? '' })
  return theClaim(tx, claimId)
}

/** What the insurer paid becomes a payment on the bill; what it approved and did not pay is the patient's. */
export async function settleClaim(tx: Tx, claimId: number, { version, amount, payerReference }: BodyOf<typeof settleContract>): Promise<Claim> {
  const claim = await lockClaim(tx, claimId, version, ['accepted'])
  if (amount > (claim.approved ?? 0)) refuseTooLarge([tooLarge('/amount', claim.approved ?? 0)])
  await sql`
    update billing.claim set version = version + 1, status = 'settled', settled = ${amount}, settled_at = ${tx.now},
      payer_reference = coalesce(${payerReference ?? null}, payer_reference)
    where id = ${claimId}`.execute(tx.db)
  const payment = { kind: 'payment' as const, method: 'insurance' as const, amount, reference: payerReference ?? claim.number }
  await writePayments(tx, { id: claim.billId, organisationId: claim.organisationId }, { creditLimit: null }, [payment], '')
  await expectOf(tx, claim.billId, 0, amount)
  tx.record('billing.claim_settled', claim, { amount })
  return theClaim(tx, claimId)
}

/** Takes a claim back. */
export async function withdrawClaim(tx: Tx, claimId: number, { version, reason }: { version: number; reason: string }): Promise<Claim> {
  const claim = await lockClaim(tx, claimId, version, ['draft', 'submitted', 'accepted', 'rejected'])
  await sql`
    update billing.claim set version = version + 1, status = 'withdrawn', approved = null, reason = ${reason} where id = ${claimId}`.execute(tx.db)
  await expectOf(tx, claim.billId, 0)
  tx.record('billing.claim_withdrawn', claim, { reason })
  return theClaim(tx, claimId)
}

async function theClaim(tx: Tx, id: number): Promise<Claim> {
  const [claim] = await claimsOf(tx.reader, [id])
  if (!claim) throw new Error(`claim ${id} is gone`)
  return claim
}
