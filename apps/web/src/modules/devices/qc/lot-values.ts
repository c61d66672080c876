import type { BodyOf, QcLot, createQcLot } from '@aliquot/contracts'

export interface LotValues {
  instrumentId: string | null
  parameter: string
  control: string
  level: string
  lot: string
  unit: string
  mean: number | ''
  sd: number | ''
  validFrom: string | null
  validTo: string | null
  disabled: boolean
}

export function lotValues(lot: QcLot | null, today: string, instrumentId: number | undefined): LotValues {
  if (!lot) return { instrumentId: instrumentId === undefined ? null : String(instrumentId), parameter: '', control: '', level: '', lot: '', unit: '', mean: '', sd: '', validFrom: today, validTo: null, disabled: false }
  const { parameter, control, level, unit, mean, sd, validFrom, validTo, disabled } = lot
  return { instrumentId: String(lot.instrumentId), parameter, control, level, lot: lot.lot, unit, mean, sd, validFrom, validTo, disabled }
}

type Trouble = 'form.missing' | 'qc.sd_positive' | 'qc.ends_before'

export function lotTrouble({ instrumentId, parameter, control, mean, sd, validFrom, validTo }: LotValues): Partial<Record<keyof LotValues, Trouble>> {
  return {
    ...(instrumentId === null ? { instrumentId: 'form.missing' } : {}),
    ...(parameter ? {} : { parameter: 'form.missing' }),
    ...(control.trim() ? {} : { control: 'form.missing' }),
    ...(mean === '' ? { mean: 'form.missing' } : {}),
    ...(sd === '' || sd <= 0 ? { sd: 'qc.sd_positive' } : {}),
    ...(validFrom === null ? { validFrom: 'form.missing' } : {}),
    ...(validFrom !== null && validTo !== null && validTo < validFrom ? { validTo: 'qc.ends_before' } : {}),
  }
}

export function lotBody({ disabled: _disabled, ...values }: LotValues): BodyOf<typeof createQcLot> {
  return {
    ...values, instrumentId: Number(values.instrumentId), control: values.control.trim(), level: values.level.trim(), lot: values.lot.trim(),
    unit: values.unit.trim(),
    mean: Number(values.mean), sd: Number(values.sd), validFrom: values.validFrom ?? '',
  }
}
