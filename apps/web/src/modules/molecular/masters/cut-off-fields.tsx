import { CutOffKind, type Gene, type Organism } from '@aliquot/contracts'
import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { FieldRow, type RecordForm } from '../../../ui/index.ts'

type Cut = Pick<Gene | Organism, 'cut_off' | 'cut_off_kind' | 'cut_off_unit' | 'grey_low' | 'grey_high'>
export type CutOffValues = { [K in keyof Cut]: Cut[K] extends number | null ? number | '' : Cut[K] }

export const cutOffValues = (row: Cut | null): CutOffValues => ({
  cut_off: row?.cut_off ?? '', cut_off_kind: row?.cut_off_kind ?? 'CT_MAX', cut_off_unit: row?.cut_off_unit ?? '', grey_low: row?.grey_low ?? '',
  grey_high: row?.grey_high ?? '',
})

const orNull = (value: number | '') => (value === '' ? null : value)
/** Only the grey end that the kind of cut-off has is kept. */
export const cutOffBody = ({ cut_off, cut_off_kind, cut_off_unit, grey_low, grey_high }: CutOffValues): Cut => ({
  cut_off: orNull(cut_off), cut_off_kind, cut_off_unit: cut_off_kind === 'CT_MAX' ? '' : cut_off_unit.trim(),
  grey_low: cut_off_kind === 'CT_MAX' ? null : orNull(grey_low), grey_high: cut_off_kind === 'CT_MAX' ? orNull(grey_high) : null,
})

/** From when a target counts as detected, and the zone where it is indeterminate. */
export function CutOffFields<V extends CutOffValues>({ form: given, fixed }: { form: RecordForm<V>; fixed: boolean }) {
  const { t } = useTranslation('molecular')
  const form = given as unknown as RecordForm<CutOffValues>
  const ct = form.getValues().cut_off_kind === 'CT_MAX'
  return (
    <>
      <FieldRow>
        <NativeSelect
          label={t('cut_off.title')} disabled={fixed} {...form.getInputProps('cut_off_kind')}
          data={CutOffKind.enum.map((kind) => ({ value: kind, label: t(`cut_off.${kind}`) }))}
        />
        <NumberInput label={t('field.cut_off')} min={0} max={ct ? 50 : 1e15} hideControls disabled={fixed} {...form.getInputProps('cut_off')} />
      </FieldRow>
      <FieldRow>
        {ct ? (
          <NumberInput label={t('cut_off.grey_high')} min={0} max={50} hideControls disabled={fixed} {...form.getInputProps('grey_high')} />
        ) : (
          <>
            <NumberInput label={t('cut_off.grey_low')} min={0} hideControls disabled={fixed} {...form.getInputProps('grey_low')} />
            <TextInput
              label={t('cut_off.unit')} placeholder={t('cut_off.unit_example')} maxLength={40} disabled={fixed} {...form.getInputProps('cut_off_unit')}
            />
          </>
        )}
      </FieldRow>
      <div style={{ color: 'var(--mantine-color-dimmed)', fontSize: 12 }}>{t('cut_off.about')}</div>
    </>
  )
}

/** A cut-off in one line. */
export function CutOffText({ cut }: { cut: Cut }) {
  const { t } = useTranslation('molecular')
  const { number } = useFormat()
  if (cut.cut_off === null) return <>–</>
  const ct = cut.cut_off_kind === 'CT_MAX'
  const grey = ct ? cut.grey_high : cut.grey_low
  const limit = ct ? t('cut_off.ct', { value: number(cut.cut_off) }) : t('cut_off.load', { value: number(cut.cut_off), unit: cut.cut_off_unit })
  return <>{limit}{grey !== null && `, ${t('cut_off.grey', { value: number(grey) })}`}</>
}
