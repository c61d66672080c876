import type { Instrument, QcLot } from '@aliquot/contracts'
import { NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DayInput, FieldRow, type RecordForm } from '../../../ui/index.ts'
import { ParameterPicker } from '../mapping/parameter-picker.tsx'
import { useDictionary } from '../mapping/use-dictionary.ts'
import type { LotValues } from './lot-values.ts'

interface LotFieldsProps {
  form: RecordForm<LotValues>
  row: QcLot | null
  instruments: readonly Instrument[]
}

export function LotFields({ form, row, instruments }: LotFieldsProps) {
  const { t } = useTranslation('devices')
  const dictionary = useDictionary()
  const { parameter, mean, sd, unit } = form.getValues()
  return (
    <>
      <Select
        label={t('instrument.one')} withAsterisk searchable data-autofocus
        data={instruments.map(({ id, name }) => ({ value: String(id), label: name }))} {...form.getInputProps('instrumentId')}
      />
      <ParameterPicker
        label={t('mapping.parameter')} withAsterisk entries={dictionary} value={parameter || null} error={form.errors.parameter}
        placeholder={t('mapping.search')}
        onPick={(entry) => {
          form.setFieldValue('parameter', entry.code)
          if (!unit) form.setFieldValue('unit', entry.unit)
        }}
      />
      <FieldRow>
        <TextInput label={t('qc.control')} withAsterisk maxLength={80} description={t('qc.control_about')} {...form.getInputProps('control')} />
        <TextInput label={t('qc.level')} maxLength={40} {...form.getInputProps('level')} />
        <TextInput label={t('qc.lot')} maxLength={40} {...form.getInputProps('lot')} />
        <TextInput label={t('qc.unit')} maxLength={40} {...form.getInputProps('unit')} />
        <NumberInput label={t('qc.mean')} withAsterisk hideControls {...form.getInputProps('mean')} />
        <NumberInput
          label={t('qc.sd')} withAsterisk hideControls min={0} {...form.getInputProps('sd')}
          description={mean !== '' && sd !== '' && sd > 0 ? t('qc.range', { low: round(mean - 2 * sd), high: round(mean + 2 * sd), unit }) : undefined}
        />
        <DayInput label={t('qc.valid_from')} withAsterisk {...form.getInputProps('validFrom')} />
        <DayInput label={t('qc.valid_to')} clearable {...form.getInputProps('validTo')} />
      </FieldRow>
      {row && <Switch label={t('qc.ended')} description={t('qc.ended_about')} {...form.getInputProps('disabled', { type: 'checkbox' })} />}
    </>
  )
}

const round = (value: number) => Number(value.toPrecision(6))
