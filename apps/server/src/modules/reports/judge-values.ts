import { calculate, isPlausible, judge, type Flag, type Judgement, type Parameter, type Who } from '@aliquot/lab-arithmetic'
import type { ValueInput } from '@aliquot/contracts'
import type { PinnedTest } from '#modules/catalog'
import type { FieldError } from '#platform/errors'
import type { StoredValue } from './lock-report.ts'

/** One value that is to be written, judged. */
export interface JudgedValue {
  parameterId: number
  code: string
  value: string | null
  judgement: Judgement
  unit: string
  note: string | null
  source: StoredValue['source']
  before: string | null
  beforeFlag: Flag | null
}

export interface Judged {
  errors: FieldError[]
  /** What differs from what is stored. */
  changed: JudgedValue[]
  /** All values after the change, by code. */
  values: Map<string, string | null>
}

const criticalFlags: readonly Flag[] = ['critical', 'critical_low', 'critical_high']
export const isCritical = (flag: Flag): boolean => criticalFlags.includes(flag)
export const isAbnormal = (flag: Flag): boolean => flag !== 'normal' && flag !== 'unjudged'

/**
 * Judges what was entered by the pinned definition and lets the calculated parameters follow. Pure: gathers every error with its path
 * (`/values/3/value`), changes nothing.
 */
export function judgeValues({ definition, parameterIds }: PinnedTest, who: Who, stored: StoredValue[], inputs: ValueInput[],
  source: 'manual' | 'instrument' = 'manual'): Judged {
  const errors: FieldError[] = []
  const known = new Map(definition.parameters.map((parameter) => [parameter.code, parameter]))
  const before = new Map(stored.map((value) => [value.code, value]))
  const values = new Map(definition.parameters.map(({ code }) => [code, before.get(code)?.value ?? null]))
  const notes = new Map(stored.map(({ code, note }) => [code, note]))
  const seen = new Set<string>()

  for (const [index, input] of inputs.entries()) {
    const parameter = known.get(input.code)
    const say = (field: string, code: string, message: string) => errors.push({ path: `/values/${index}/${field}`, message, code: `reports.${code}` })
    if (!parameter) say('code', 'unknown_parameter', `${input.code} is not a parameter of this test`)
    else if (seen.has(input.code)) say('code', 'value_twice', `${parameter.name} is given twice`)
    else {
      const problem = problemWith(parameter, input)
      if (problem) say('value', ...problem)
      else values.set(parameter.code, input.value?.trim() || null)
      if (input.note !== undefined) notes.set(parameter.code, input.note?.trim() || null)
    }
    seen.add(input.code)
  }

  for (const [code, value] of Object.entries(calculate(definition, Object.fromEntries(values), who))) values.set(code, value)
  const changed = definition.parameters.flatMap((parameter): JudgedValue[] => {
    const { code, kind, displayUnit } = parameter
    const value = values.get(code) ?? null
    const old = before.get(code)
    const note = notes.get(code) ?? null
    const same = old ? old.value === value && old.note === note : value === null && note === null
    if (same) return []
    const judgement = value === null ? { ...judge(parameter, '', who), flag: 'unjudged' as const, number: null } : judge(parameter, value, who)
    return [{ parameterId: parameterIds[code] ?? 0, code, value, judgement, unit: displayUnit, note,
      source: kind === 'calculated' ? 'calculated' : source,
      before: old?.value ?? null, beforeFlag: old?.flag ?? null }]
  })
  return { errors, changed, values }
}

function problemWith(parameter: Parameter, { value, confirmed }: ValueInput): [code: string, message: string] | null {
  const text = value?.trim() ?? ''
  if (parameter.kind === 'calculated') return ['calculated', `${parameter.name} is calculated and cannot be entered`]
  if (text === '') return null
  if (parameter.kind === 'coded' && !parameter.choices.some((choice) => choice.value === text)) {
    return ['not_a_choice', `${parameter.name} must be one of: ${parameter.choices.map((choice) => choice.value).join(', ')}`]
  }
  if (parameter.kind !== 'numeric') return null
  const { number } = judge(parameter, text, { sex: 'unknown', age: null })
  if (!number) return ['not_a_number', `${parameter.name} needs a number, such as 12.5, <0.1 or >1000`]
  if (confirmed || isPlausible(parameter, number.value)) return null
  const { low, high } = parameter.plausible ?? {}
  const found = `${text} ${parameter.displayUnit} is outside what is plausible for ${parameter.name}`
  return ['implausible', `${found} (${low} to ${high}). Check it, then confirm.`]
}

/** The parameters that still lack a value though the test needs it. */
export function missingValues({ definition }: PinnedTest, values: Map<string, string | null>): FieldError[] {
  return definition.parameters.filter(({ code, kind, optional }) => !optional && kind !== 'calculated' && !values.get(code))
    .map(({ code, name }) => ({ path: `/values/${code}`, message: `${name} has no result yet`, code: 'reports.value_missing' }))
}
