import type { MissingDetailsConfig, Priority } from '@aliquot/contracts'
import type { UseFormReturnType } from '@mantine/form'
import { randomId } from '@mantine/hooks'
import type { BillValues } from './bill-values.ts'

/** Whether a field that can hold a placeholder says nothing yet. */
export function isEmptyField({ values }: UseFormReturnType<BillValues>, name: string): boolean {
  if (name === 'icd') return values.icd.length === 0
  if (name === 'discountReason' && !values.discount) return false
  const value = values[name as keyof BillValues]
  return value === null || (typeof value === 'string' && value.trim() === '')
}

/** Puts the lab's placeholder into its field. */
export function putPlaceholder(form: UseFormReturnType<BillValues>, { fieldName, fieldValue, entityId }: MissingDetailsConfig): void {
  if (fieldName === 'organisation' || fieldName === 'doctor') {
    if (entityId !== null) form.setFieldValue(fieldName, { id: entityId, label: fieldValue })
  } else if (fieldName === 'icd') form.insertListItem('icd', { key: randomId(), code: fieldValue, description: '' })
  else if (fieldName === 'priority') form.setFieldValue('priority', fieldValue as Priority)
  else form.setFieldValue(fieldName as 'notes', fieldValue)
}
