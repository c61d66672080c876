import type { Claim, ClaimStatus } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, type FieldError } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'
import { billingErrors } from './errors.ts'

/** A claim as contracts show it, of billing.claim c. */
export const claimJson = sql<Claim>`jsonb_build_object('id', c.id, 'version', c.version, 'number', c.number, 'status', c.status,
  'insuranceGroup', (select jsonb_build_object('id', g.id, 'name', g.name) from labs.pub_insurance_group g where g.id = c.insurance_group_id),
  'policyNumber', c.policy_number, 'relation', c.relation, 'holderName', c.holder_name,
  'patient', (select jsonb_build_object('id', p.id, 'number', p.number, 'fullName', p.full_name) from patients.pub_patient p where p.id = c.patient_id),
  'bill', (select jsonb_build_object('id', b.id, 'number', b.number, 'orderedAt', ${utc('b.ordered_at')}, 'total', b.total)
    from billing.bill b where b.id = c.bill_id),
  'currency', (select b.currency from billing.bill b where b.id = c.bill_id), 'amount', c.amount, 'approved', c.approved, 'settled', c.settled,
  'reason', c.reason, 'payerReference', c.payer_reference, 'submissions', c.submissions, 'createdAt', ${utc('c.created_at')},
  'submittedAt', ${utc('c.submitted_at')}, 'answeredAt', ${utc('c.answered_at')}, 'settledAt', ${utc('c.settled_at')})`

function utc(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** Claims in the order of their ids. */
export async function claimsOf(db: Reader, ids: readonly number[]): Promise<Claim[]> {
  const { rows } = await sql<{ claim: Claim }>`
    select ${claimJson} as claim from billing.claim c where c.id = any (${ids}::bigint[]) order by c.id`.execute(db as never)
  return rows.map(({ claim }) => claim)
}

export interface LockedClaim {
  id: number
  version: number
  number: string
  status: ClaimStatus
  billId: number
  patientId: number
  amount: number
  approved: number | null
  organisationId: number | null
  /** What of the bill is neither paid nor expected of an insurer by this claim or another. */
  uncovered: number
  /** What the bill expects of this claim. */
  insured: number
}

/** Locks claims with their bills, bills first; one that is not there is not found. */
export async function lockClaims(tx: Tx, ids: readonly number[]): Promise<LockedClaim[]> {
  await sql`
    select from billing.bill b where b.id in (select c.bill_id from billing.claim c where c.id = any (${ids}::bigint[])) order by b.id for update
  `.execute(tx.db)
  const { rows } = await sql<LockedClaim>`
    select c.id, c.version, c.number, c.status, c.bill_id as "billId", c.patient_id as "patientId", c.amount, c.approved,
      b.organisation_id as "organisationId", b.insured,
      case when b.status = 'open' then b.total - b.paid - b.insured else 0 end as uncovered
    from billing.claim c join billing.bill b on b.id = c.bill_id where c.id = any (${ids}::bigint[]) order by c.id for update of c`.execute(tx.db)
  if (rows.length < ids.length) throw platformErrors.not_found({ thing: 'claim' })
  return rows
}

/** One claim, locked in the version that the caller saw and in one of these states. */
export async function lockClaim(tx: Tx, id: number, version: number, states: readonly ClaimStatus[]): Promise<LockedClaim> {
  const [claim] = await lockClaims(tx, [id])
  if (!claim) throw platformErrors.not_found({ thing: 'claim' })
  if (claim.version !== version) throw platformErrors.stale_version({ thing: 'claim' }, { detail: { version: claim.version } })
  if (!states.includes(claim.status)) throw billingErrors.claim_wrong_status({ number: claim.number, status: claim.status })
  return claim
}

export const tooLarge = (path: string, most: number): FieldError =>
  ({ path, message: `is larger than what is left to claim (${most} minor units)`, code: 'billing.claim_too_large' })

export function refuseTooLarge(errors: FieldError[]): void {
  if (errors.length > 0) throw billingErrors.claim_too_large({}, { errors })
}

/** What a bill expects of its insurer from now on; the bill is locked. */
export async function expectOf(tx: Tx, billId: number, insured: number, paid = 0): Promise<void> {
  await sql`update billing.bill set version = version + 1, insured = ${insured}, paid = paid + ${paid} where id = ${billId}`.execute(tx.db)
  tx.hint('bill', billId)
}
