import type { Bill, InsuranceInput } from '@aliquot/contracts'
import { answerClaim, settleClaim, submitClaims } from '../modules/billing/index.ts'
import type { Actor } from '../platform/auth/index.ts'
import { at, change } from '../platform/unit-of-work/index.ts'
import type { Random } from './random.ts'

const hour = 3_600_000

/** Some visitors are insured; by a chance of their own, so that everything else in the month stays what it was. */
export function policiesOf(random: Random, groupIds: readonly number[]): InsuranceInput[] {
  if (groupIds.length === 0 || !random.chance(0.12)) return []
  return [{
    insuranceGroupId: random.pick([...groupIds]), policyNumber: `${random.pick(['PL', 'HX', 'SH'])}-${random.digits(4)}-${random.digits(4)}`,
    coveragePercent: random.pick([70, 80, 100]),
  }]
}

/** What became of the claim of a bill: submitted in the evening, answered and paid on the following days, as far as they have come. */
export async function followClaim(actor: Actor, random: Random, bill: Bill, placed: Date): Promise<void> {
  const [claim] = bill.claims
  const after = (hours: number) => new Date(placed.getTime() + hours * hour)
  const now = Date.now()
  if (!claim || after(10).getTime() > now) return
  const [sent] = await at(after(10), () => change(actor, (tx) => submitClaims(tx, [claim.id])))
  if (!sent || after(26).getTime() > now) return
  const rejected = random.chance(0.15)
  const cut = random.chance(0.2)
  const approved = cut ? Math.ceil(sent.amount / 200) * 100 : sent.amount
  const reason = rejected ? 'Treatment note of the referring doctor is missing' : cut ? 'Above the tariff of the scheme' : null
  const answered = await at(after(26), () => change(actor, (tx) => answerClaim(tx, sent.id, {
    version: sent.version, outcome: rejected ? 'rejected' : 'accepted', ...(rejected ? {} : { approved: Math.min(approved, sent.amount) }), reason,
  })))
  if (rejected || after(60).getTime() > now) return
  const payerReference = `UTR${random.digits(8)}`
  await at(after(60), () => change(actor, (tx) => settleClaim(tx, answered.id, {
    version: answered.version, amount: answered.approved ?? answered.amount, payerReference,
  })))
}
