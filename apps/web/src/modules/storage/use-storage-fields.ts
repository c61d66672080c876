import { FileCategory, ObjectState } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import type { FilterField } from '../../ui/index.ts'

export function useStorageFields(): FilterField<'state' | 'category' | 'refused'>[] {
  const { t } = useTranslation('storage')
  const categories = FileCategory.enum.map((value) => ({ value, label: t(`category.${value}`) }))
  return [
    { kind: 'many', name: 'state', label: t('state_title'), options: ObjectState.enum.map((value) => ({ value, label: t(`state.${value}`) })) },
    { kind: 'many', name: 'category', label: t('category_title'), options: categories },
    { kind: 'flag', name: 'refused', label: t('only_refused') },
  ]
}
