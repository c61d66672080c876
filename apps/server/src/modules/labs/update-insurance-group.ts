import type { BodyOf, InsuranceGroup, updateInsuranceGroup as route } from '@aliquot/contracts'
import type { Tx } from '#platform/unit-of-work'
import { patchRow } from './directory-row.ts'
import { insuranceGroups } from './list-insurance-groups.ts'

export const updateInsuranceGroup = (tx: Tx, insuranceGroupId: number, body: BodyOf<typeof route>): Promise<InsuranceGroup> =>
  patchRow<InsuranceGroup>(tx, insuranceGroups, 'labs.insurance_group_updated', insuranceGroupId, body)
