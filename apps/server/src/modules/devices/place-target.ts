import type { HoldReason } from '@aliquot/contracts'
import type { InstrumentTarget } from '#modules/molecular'
import type { SampleReport } from '#modules/reports'
import { unitKey } from './convert-value.ts'
import type { Placed, SentResult } from './place-results.ts'
import type { Setup } from './setup.ts'

type Target = Pick<Placed, 'state' | 'reason' | 'detail' | 'reportId' | 'patientId'> & Partial<Placed>

const cycles = /^(|ct|cq|cp|cycles?)$/i

/**
 * What a reading becomes in the place of a report that its code means; as sent, but for the profile's words. A reading in a wrong unit and one that cannot be
 * read are held; what a person entered or decided is replaced by nobody else.
 */
export function inTarget(sent: SentResult, target: InstrumentTarget | string, { reportId, patientId }: SampleReport, { definition }: Setup): Target {
  const place = { reportId, patientId }
  if (typeof target === 'string') return { ...place, state: 'held', reason: 'several_reports', detail: target }
  const { key, reading, picked, loadUnit } = target
  const held = (reason: HoldReason, detail: string): Target => ({ ...place, parameterCode: key, state: 'held', reason, detail })
  const said = sent.value.trim()
  const result = inWordsOf(definition, said)
  if (!result) return held('no_value', `the instrument gave no result${said && `: ${said}`}`)
  const unit = sent.unit.trim()
  if (unit !== '' && !isUnitOf(target, unit)) {
    return held('unit_differs', `sent in ${unit}, expected ${loadUnit === null ? 'a Ct' : `in ${loadUnit || 'no unit'}`}`)
  }
  const refused = target.refuses(result)
  if (refused === 'not_a_number') return held('not_a_number', `${result} is not a reading of ${target.name}`)
  if (refused) return held('implausible', `${result} cannot be ${loadUnit === null ? 'a Ct' : 'a load'}`)
  const waiting = (reason: HoldReason | null, detail: string | null): Target =>
    ({ ...place, parameterCode: key, result, resultUnit: /\d/.test(result) ? loadUnit ?? 'Ct' : '', state: 'waiting', reason, detail })
  if (reading === result) return { ...waiting('value_exists', 'the report has this reading already'), state: 'dismissed' }
  if (picked !== null) return waiting('value_exists', `a person decided: ${picked.toLowerCase().replace('_', ' ')}`)
  if (reading !== null) return waiting('value_exists', `the report has ${reading}`)
  if (loadUnit && unit === '' && /\d/.test(result)) return waiting('unit_differs', `sent without a unit, expected in ${loadUnit}`)
  const flagged = sent.flags.filter((flag) => definition.holdFlags.includes(flag))
  return flagged.length > 0 ? waiting('flagged', flagged.join(', ')) : waiting(null, null)
}

function inWordsOf({ words }: Setup['definition'], said: string): string | null {
  const word = words.find(({ from }) => from.toLowerCase() === said.toLowerCase())
  return word ? word.to : said
}

const isUnitOf = ({ loadUnit }: InstrumentTarget, unit: string): boolean =>
  loadUnit === null ? cycles.test(unit) : unitKey(unit) === unitKey(loadUnit)
