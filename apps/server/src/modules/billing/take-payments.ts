import type { PaymentInput } from '@aliquot/contracts'
import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { billingErrors } from './errors.ts'
import type { Parties } from './parties.ts'

export interface Taken extends Omit<PaymentInput, 'method'> {
  /** `insurance` settles a claim; nobody types it. */
  method: PaymentInput['method'] | 'insurance'
  kind: 'payment' | 'refund'
  reason?: string | null | undefined
}

/** Writes payments or refunds of one bill in one statement. What is on credit needs an organisation with room under its limit. */
export async function writePayments(tx: Tx, bill: { id: number; organisationId: number | null }, { creditLimit }: Pick<Parties, 'creditLimit'>,
  payments: Taken[], path: string): Promise<void> {
  if (payments.length === 0) return
  refuseIf(payments.flatMap(({ method }, index) => (method === 'credit' && bill.organisationId === null
    ? [{ path: `${path}/${index}/method`, message: 'Only an organisation can be charged on credit', code: 'billing.credit_needs_organisation' }]
      : [])))
  const onCredit = payments.reduce((sum, { method, kind, amount }) => (method === 'credit' ? sum + (kind === 'payment' ? amount : -amount) : sum), 0)
  if (onCredit > 0) await holdCredit(tx, bill.organisationId, creditLimit, onCredit)
  await sql`
    insert into billing.payment (lab_id, bill_id, kind, amount, method, organisation_id, reference, reason, at, by_account)
    select ${tx.actor.labId}, ${bill.id}, kind, amount, method, ${bill.organisationId}::bigint, reference, reason, ${tx.now},
      ${tx.actor.accountId}::bigint
    from jsonb_to_recordset(${JSON.stringify(payments)}) as p(kind text, amount bigint, method text, reference text, reason text)`.execute(tx.db)
}

/** Refuses what would pass the organisation's limit. Held to the end of the transaction: two bills at once do not both take the last of it. */
export async function holdCredit(tx: Tx, organisationId: number | null, limit: number | null, amount: number): Promise<void> {
  if (limit === null) return
  await sql`select pg_advisory_xact_lock(hashtext('billing.credit'), hashtext(${`${tx.actor.labId}:${organisationId}`}))`.execute(tx.db)
  const { rows: [row] } = await sql<{ used: string | null }>`
    select sum(case kind when 'payment' then amount else -amount end)::text as used from billing.payment
    where lab_id = ${tx.actor.labId} and organisation_id = ${organisationId} and method = 'credit'`.execute(tx.db)
  const used = Number(row?.used ?? 0)
  if (used + amount > limit) throw billingErrors.credit_limit_exceeded({}, { detail: { limit, used } })
}
