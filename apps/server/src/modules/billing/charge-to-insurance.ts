import type { Bill, ChargeInput } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { refuseTooLarge, tooLarge } from './claim-row.ts'
import { getBill } from './get-bill.ts'
import { lockOpenBill } from './lock-bill.ts'
import { insuredShare } from './money.ts'

/** Charges what is due of a bill, or a part of it, to a policy of its patient: a claim in draft. */
export async function chargeToInsurance(tx: Tx, billId: number, { version, ...input }: ChargeInput & { version: number }): Promise<Bill> {
  const bill = await lockOpenBill(tx, billId, version)
  await openClaim(tx, bill, input, '')
  await sql`update billing.bill set version = version + 1 where id = ${billId}`.execute(tx.db)
  return getBill(tx.reader, tx.actor.labId, billId)
}

interface Charged {
  id: number
  number: string
  patientId: number
  total: number
  paid: number
  insured: number
}

interface Policy {
  id: number
  groupName: string
  coveragePercent: number
  valid: boolean
}

/** Opens the claim on a bill that this transaction holds. Two statements. That no other is under way is held by `claim_under_way`. */
export async function openClaim(tx: Tx, bill: Charged, { policyId, amount }: ChargeInput, path: string): Promise<void> {
  const { timezone } = await labProfile(tx.actor.labId)
  const { rows: [policy] } = await sql<Policy>`
    select i.id, i.group_name as "groupName", i.coverage_percent::float8 as "coveragePercent",
      (b.ordered_at at time zone ${timezone})::date between coalesce(i.valid_from, '-infinity') and coalesce(i.valid_to, 'infinity') as valid
    from patients.pub_insurance i, billing.bill b where i.id = ${policyId} and i.patient_id = ${bill.patientId} and b.id = ${bill.id}`.execute(tx.db)
  const wrong = (message: string, code: string) => refuseIf([{ path: `${path}/policyId`, message, code }])
  if (!policy) return wrong('is no policy of this patient', 'billing.unknown_policy')
  if (!policy.valid) return wrong('was not valid on the day of the bill', 'billing.policy_not_valid')
  const most = bill.total - bill.paid - bill.insured
  const claimed = amount ?? Math.min(insuredShare(bill.total, policy.coveragePercent), most)
  if (claimed > most || claimed < 1) refuseTooLarge([tooLarge(`${path}/amount`, Math.max(most, 0))])
  const { rows: [claim] } = await sql<{ id: number; number: string }>`
    with expected as (
      update billing.bill set insured = insured + ${claimed} where id = ${bill.id}
    )
    insert into billing.claim (lab_id, number, bill_id, patient_id, policy_id, insurance_group_id, policy_number, relation, holder_name, status, amount,
      created_at, created_by)
    select ${tx.actor.labId}, ${bill.number} || '-' || (select count(*) + 1 from billing.claim where bill_id = ${bill.id}), ${bill.id},
      ${bill.patientId}, i.id, i.insurance_group_id, i.policy_number, i.relation, i.holder_name, 'draft', ${claimed}, ${tx.now},
      ${tx.actor.accountId}::bigint
    from patients.pub_insurance i where i.id = ${policyId} returning id, number`.execute(tx.db)
  if (!claim) throw new Error('the claim was not made')
  tx.record('billing.claim_created', { ...claim, patientId: bill.patientId }, { group: policy.groupName, amount: claimed, billId: bill.id })
  tx.hint('bill', bill.id)
}
