import type { Insurance, InsuranceInput, PolicyRelation } from '@aliquot/contracts'
import { randomId } from '@mantine/hooks'
import type { Choice } from '../../../ui/index.ts'

/** A policy as the form holds it, under the names by which the server answers errors. The order of the list is the order in which they are asked. */
export interface InsuranceValues {
  key: string
  insuranceGroupId: Choice<unknown> | null
  policyNumber: string
  relation: PolicyRelation
  holderName: string
  validFrom: string | null
  validTo: string | null
  coveragePercent: number | string
}

export const emptyPolicy = (): InsuranceValues => ({
  key: randomId(), insuranceGroupId: null, policyNumber: '', relation: 'self', holderName: '', validFrom: null, validTo: null, coveragePercent: 100,
})

export const insuranceOf = ({ id, insuranceGroup, policyNumber, relation, holderName, validFrom, validTo, coveragePercent }: Insurance): InsuranceValues => ({
  key: String(id), insuranceGroupId: { id: insuranceGroup.id, label: insuranceGroup.name }, policyNumber, relation, holderName: holderName ?? '',
  validFrom, validTo, coveragePercent,
})

export const insuranceInput = (values: InsuranceValues): InsuranceInput => ({
  insuranceGroupId: values.insuranceGroupId?.id ?? 0, policyNumber: values.policyNumber.trim(), relation: values.relation,
  holderName: values.relation === 'self' ? null : values.holderName.trim() || null, validFrom: values.validFrom || null, validTo: values.validTo || null,
  coveragePercent: values.coveragePercent === '' ? 100 : Number(values.coveragePercent),
})
