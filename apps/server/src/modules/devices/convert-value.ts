import type { HoldReason, TestMapping } from '@aliquot/contracts'
import { formatNumber, isPlausible, judge, parseNumber, type Flag, type Parameter, type Who } from '@aliquot/lab-arithmetic'

interface Sent {
  value: string
  unit: string
}

/** A value in the terms of the report, or why it is none. */
export type Converted = { result: string; unit: string; flag: Flag; doubt: HoldReason | null; detail: string | null }
  | { problem: HoldReason; detail: string }

/** The same unit, however it is spelled: `10^3/uL`, `10*3/µl`, `x10³/uL`. Letters' case counts only where it tells milli from mega. */
export const unitKey = (unit: string): string => unit.normalize('NFKC').replace(/\s+/g, '').replace(/[µμ]/g, 'u').replace(/\*/g, '^').replace(/^x(?=10)/i, '').replace(/l\b/g, 'L')
  .replace(/^10(?=\d)/, '10^').replace(/\^\+?0*(\d)/g, '^$1')

/** Nothing is guessed: a text that is no number, a unit that differs and that no mapping converts, an unknown word are for a person to judge. */
export function convertValue({ value, unit }: Sent, mapping: TestMapping, parameter: Parameter, who: Who, words: readonly { from: string; to: string | null }[]): Converted {
  const text = value.trim()
  const word = words.find(({ from }) => from.toLowerCase() === text.toLowerCase())
  if (word?.to === null) return { problem: 'no_value', detail: `the instrument gave no result: ${text}` }
  const said = word?.to ?? text
  if (said === '') return { problem: 'no_value', detail: 'the instrument sent no value' }
  if (parameter.kind === 'text') return finish(parameter, said, who, unit)
  return parameter.kind === 'coded' ? asChoice(said, parameter, who) : asNumber({ value: said, unit }, mapping, parameter, who)
}

function asChoice(said: string, parameter: Parameter, who: Who): Converted {
  const choice = parameter.choices.find(({ value }) => value.toLowerCase() === said.toLowerCase())
  return choice ? finish(parameter, choice.value, who, '') : { problem: 'not_a_choice', detail: `${said} is not one of ${parameter.choices.map(({ value }) => value).join(', ')}` }
}

function asNumber({ value: said, unit }: Sent, mapping: TestMapping, parameter: Parameter, who: Who): Converted {
  const number = parseNumber(said)
  if (!number) return { problem: 'not_a_number', detail: `${said} is not a number` }
  const expected = mapping.unit ?? (mapping.factor === undefined ? parameter.displayUnit : null)
  if (expected !== null && unit.trim() !== '' && ![expected, ...(mapping.unit === undefined ? [parameter.unit] : [])].some((one) => unitKey(one) === unitKey(unit))) {
    return { problem: 'unit_differs', detail: `sent in ${unit}, expected in ${expected}` }
  }
  const result = mapping.factor === undefined ? said : `${number.comparator ?? ''}${scaled(number.value, mapping.factor, said)}`
  return finish(parameter, result, who, parameter.displayUnit)
}

/** With as many significant digits as were sent, at least three: a factor makes a result no more precise. */
function scaled(value: number, factor: number, said: string): string {
  const digits = Math.max(3, said.replace(/[^0-9]/g, '').replace(/^0+/, '').length)
  const product = Number((value * factor).toPrecision(Math.min(15, digits)))
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(product) || 1)))
  return String(Number(formatNumber(product, Math.min(12, decimals))))
}

function finish(parameter: Parameter, result: string, who: Who, unit: string): Converted {
  const { flag, number } = judge(parameter, result, who)
  const doubt = number && !isPlausible(parameter, number.value) ? 'implausible' : null
  return { result, unit, flag, doubt, detail: doubt && `${result} ${unit} is outside what is plausible` }
}
