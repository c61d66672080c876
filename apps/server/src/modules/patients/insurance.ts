import type { Insurance, InsuranceInput, Ref } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { cleanLine } from './clean-text.ts'
import { idKey } from './national-id.ts'

/** What identifies a policy: spaces and dashes in its number make no difference. */
const keyOf = (groupId: number, policyNumber: string): string => `${groupId} ${idKey(policyNumber)}`

/** What is wrong with these policies by themselves. One that the patient has already may have run out since; a new one may not. */
export function checkInsurance(given: readonly InsuranceInput[], known: readonly Insurance[], today: string): FieldError[] {
  const had = new Set(known.map((policy) => keyOf(policy.insuranceGroup.id, policy.policyNumber)))
  const seen = new Set<string>()
  const priorities = new Set<number>()
  return given.flatMap((policy, index) => {
    const errors: FieldError[] = []
    const wrong = (field: keyof InsuranceInput, message: string, code: string) =>
      errors.push({ path: `/insuranceList/${index}/${field}`, message, code })
    const { insuranceGroupId, policyNumber, relation = 'self', holderName, validFrom, validTo } = policy
    const key = keyOf(insuranceGroupId, policyNumber)
    if (!policyNumber.isWellFormed() || idKey(policyNumber) === '') wrong('policyNumber', 'has no letter or digit in it', 'patients.implausible_policy')
    else if (seen.has(key)) wrong('policyNumber', 'is given twice for this insurance group', 'patients.policy_twice')
    seen.add(key)
    if (relation !== 'self' && !(holderName?.isWellFormed() && cleanLine(holderName))) {
      wrong('holderName', 'is needed: say whose policy this is', 'platform.required')
    }
    if (validFrom && validTo && validTo < validFrom) wrong('validTo', 'lies before the first day', 'patients.policy_dates')
    else if (validTo && validTo < today && !had.has(key)) wrong('validTo', 'lies in the past: the policy has run out', 'patients.policy_expired')
    const priority = policy.priority ?? index + 1
    if (priorities.has(priority)) wrong('priority', 'is that of another policy: say which one is asked first', 'patients.policy_priority')
    priorities.add(priority)
    return errors
  })
}

export type FoundGroup = Ref & { disabled: boolean }

/** What is wrong with the insurance groups that policies name; a group that was disabled since keeps the policies it has. */
export function checkGroups(given: readonly InsuranceInput[], known: readonly Insurance[], found: readonly FoundGroup[]): FieldError[] {
  const had = new Set(known.map(({ insuranceGroup }) => insuranceGroup.id))
  return given.flatMap(({ insuranceGroupId }, index) => {
    const path = `/insuranceList/${index}/insuranceGroupId`
    const group = found.find(({ id }) => id === insuranceGroupId)
    if (!group) return [{ path, message: 'is not in the directory of this lab', code: 'patients.unknown_insurance_group' }]
    return group.disabled && !had.has(group.id) ? [{ path, message: `${group.name} is disabled`, code: 'patients.disabled_insurance_group' }] : []
  })
}

export interface InsuranceRow {
  insurance_group_id: number
  policy_number: string
  policy_key: string
  relation: string
  holder_name: string | null
  valid_from: string | null
  valid_to: string | null
  priority: number
  coverage_percent: number
}

export const insuranceRows = (given: readonly InsuranceInput[]): InsuranceRow[] => given.map((policy, index) => ({
  insurance_group_id: policy.insuranceGroupId, policy_number: cleanLine(policy.policyNumber) ?? policy.policyNumber,
  policy_key: idKey(policy.policyNumber), relation: policy.relation ?? 'self',
  holder_name: (policy.relation ?? 'self') === 'self' ? null : cleanLine(policy.holderName ?? ''),
  valid_from: policy.validFrom ?? null, valid_to: policy.validTo ?? null, priority: policy.priority ?? index + 1,
  coverage_percent: policy.coveragePercent ?? 100,
}))

/** The rows as a set in SQL, called g. */
export const insuranceSet = (rows: readonly InsuranceRow[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}) as g(insurance_group_id bigint,
  policy_number text, policy_key text, relation text, holder_name text, valid_from date, valid_to date, priority smallint, coverage_percent numeric)`

/** The wire form of the rows of `patients.insurance`, or of a CTE of its shape, called i; the first to be asked comes first. */
export const insuranceJson = sql<Insurance[]>`
  coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'insuranceGroup', (select jsonb_build_object('id', g.id, 'name', g.name)
      from labs.pub_insurance_group g where g.id = i.insurance_group_id), 'policyNumber', i.policy_number, 'relation', i.relation,
    'holderName', i.holder_name, 'validFrom', i.valid_from, 'validTo', i.valid_to, 'priority', i.priority,
    'coveragePercent', i.coverage_percent) order by i.priority, i.id), '[]')`

/** Makes the policies of a patient these and no others: one that stays keeps its id. One statement. */
export async function replaceInsurance(tx: Tx, patientId: number, given: readonly InsuranceInput[]): Promise<Insurance[]> {
  const { rows: [after] } = await sql<{ policies: Insurance[] }>`
    with given as (
      select * from ${insuranceSet(insuranceRows(given))}
    ), gone as (
      delete from patients.insurance i where patient_id = ${patientId}
        and not exists (select from given g where g.insurance_group_id = i.insurance_group_id and g.policy_key = i.policy_key)
    ), i as (
      insert into patients.insurance (lab_id, patient_id, insurance_group_id, policy_number, policy_key, relation, holder_name, valid_from, valid_to,
        priority, coverage_percent, added_at)
      select ${tx.actor.labId}, ${patientId}, given.*, ${tx.now}::timestamptz from given
      on conflict on constraint insurance_of_patient do update set policy_number = excluded.policy_number, relation = excluded.relation,
        holder_name = excluded.holder_name, valid_from = excluded.valid_from, valid_to = excluded.valid_to, priority = excluded.priority,
        coverage_percent = excluded.coverage_percent
      returning *
    )
    select ${insuranceJson} as policies from i`.execute(tx.db)
  return after?.policies ?? []
}
