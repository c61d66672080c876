import type { MissingDetailsTemplate } from '@aliquot/contracts'
import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWords, type WordKey } from '../../../i18n/index.ts'
import { DayInput } from '../../../ui/index.ts'

interface PlaceholderInputProps {
  template: MissingDetailsTemplate
  value: string
  disabled: boolean
  error: string | undefined
  onChange: (value: string) => void
}

/** The right input for the kind of field: a choice, a day, a name in the directory, or text. */
export function PlaceholderInput({ template: { input, options, fieldName, label }, value, disabled, error, onChange }: PlaceholderInputProps) {
  const { t } = useTranslation('missing-details')
  const word = useWords()
  const common = { 'aria-label': t('fields.placeholder_of', { field: label }), size: 'sm', disabled, error } as const
  if (input === 'choice') {
    const data = options.map((option) => ({ value: option, label: word(`missing-details:option.${fieldName}.${option}` as WordKey) }))
    const chosen = { value: value || null, onChange: (next: string | null) => onChange(next ?? '') }
    return <Select {...common} {...chosen} data={data} allowDeselect={false} placeholder={t('fields.choose')} />
  }
  if (input === 'date') return <DayInput {...common} value={value || null} onChange={(day) => onChange(day ?? '')} />
  return <TextInput {...common} value={value} maxLength={160} onChange={(event) => onChange(event.currentTarget.value)} />
}
