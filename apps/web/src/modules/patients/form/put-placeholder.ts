import type { MissingDetailsConfig, PatientSource, Sex } from '@aliquot/contracts'
import type { UseFormReturnType } from '@mantine/form'
import { randomId } from '@mantine/hooks'
import { emptyPolicy } from './insurance-values.ts'
import type { PatientValues } from './patient-values.ts'

/** Whether a field that can hold a placeholder says nothing yet. `source` always says something; id proofs are taken at registration only. */
export function isEmptyField({ values }: UseFormReturnType<PatientValues>, name: string, withProofs: boolean): boolean {
  if (name === 'idProof') return withProofs && values.idProofs.length === 0
  if (name === 'insuranceGroup') return values.insuranceList.length === 0
  if (name === 'birthDate') return !values.birthDate && !values.ageValue.trim()
  const value = values[name as keyof PatientValues]
  return value === null || (typeof value === 'string' && value.trim() === '')
}

/** Puts the lab's placeholder into its field; a national id needs a kind as well, a policy a number. */
export function putPlaceholder(form: UseFormReturnType<PatientValues>, { fieldName, fieldValue, entityId }: MissingDetailsConfig): void {
  form.clearFieldError(fieldName)
  if (fieldName === 'organisation' || fieldName === 'doctor') {
    if (entityId !== null) form.setFieldValue(fieldName, { id: entityId, label: fieldValue })
  } else if (fieldName === 'insuranceGroup') {
    if (entityId === null) return
    const [first] = form.values.insuranceList
    const group = { id: entityId, label: fieldValue }
    if (first) form.setFieldValue('insuranceList.0.insuranceGroupId', group)
    else form.insertListItem('insuranceList', { ...emptyPolicy(), insuranceGroupId: group, policyNumber: fieldValue.slice(0, 60) })
  } else if (fieldName === 'idProof') {
    form.insertListItem('idProofs', { key: randomId(), type: 'other', number: fieldValue, objectId: null, fileName: null })
  } else if (fieldName === 'sex') form.setFieldValue('sex', fieldValue as Sex)
  else if (fieldName === 'source') form.setFieldValue('source', fieldValue as PatientSource)
  else {
    if (fieldName === 'nationalId' && form.values.nationalIdType === null) form.setFieldValue('nationalIdType', 'other')
    if (fieldName === 'birthDate') form.setFieldValue('ageValue', '')
    form.setFieldValue(fieldName as 'phone', fieldValue)
  }
}
