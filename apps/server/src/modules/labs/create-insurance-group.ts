import type { BodyOf, createInsuranceGroup as route, InsuranceGroup } from '@aliquot/contracts'
import type { Tx } from '#platform/unit-of-work'
import { insertRow } from './directory-row.ts'
import { insuranceGroups } from './list-insurance-groups.ts'

/** A new insurance group; of its fields only the name is needed. A name or code that the lab has already is refused at its field. */
export async function createInsuranceGroup(tx: Tx, body: BodyOf<typeof route>): Promise<InsuranceGroup> {
  const group = await insertRow<InsuranceGroup>(tx, insuranceGroups, body)
  tx.record('labs.insurance_group_created', group)
  return group
}
