import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binOf, combineTargets, controlState, detect, detectionNamed, detections, runOf, type CutOff, type Detection, type RunControls } from './detection.ts'

const ct: CutOff = { cutOff: 37, kind: 'CT_MAX', greyLow: null, greyHigh: 40 }
const load: CutOff = { cutOff: 10_000, kind: 'LOAD_MIN', greyLow: 1000, greyHigh: null }
const good: RunControls = { amplified: 'valid', clean: 'valid' }
const failed: RunControls = { amplified: 'failed', clean: 'valid' }
const call = (raw: string, rule: CutOff, controls = good) => {
  const judged = detect(raw, rule, controls)
  return 'refused' in judged ? judged.refused : judged.detection
}

describe('a cycle threshold', () => {
  it.each([
    ['37', 'DETECTED'], ['36.99', 'DETECTED'], ['37.01', 'INDETERMINATE'], ['40', 'INDETERMINATE'], ['40.01', 'NOT_DETECTED'], ['50', 'NOT_DETECTED'],
    ['Undetermined', 'NOT_DETECTED'], ['No Ct', 'NOT_DETECTED'], ['ND', 'NOT_DETECTED'], ['', 'NOT_DETECTED'],
    ['<15', 'DETECTED'], ['>40', 'NOT_DETECTED'], ['>37', null], ['<38', null], ['>=40', null],
    ['0', 'ct_not_positive'], ['-3', 'ct_not_positive'], ['50.1', 'ct_above_50'], ['NaN', 'not_a_number'], ['high', 'not_a_number'], ['1,5', 'not_a_number'],
  ])('%s is %s', (raw, expected) => expect(call(raw, ct)).toBe(expected))

  it('without a signal is not detected only with a valid control', () => {
    expect(call('No Ct', ct, failed)).toBe('INVALID')
    expect(call('No Ct', ct, { amplified: 'awaited', clean: 'none' })).toBeNull()
    expect(call('No Ct', ct, { amplified: 'none', clean: 'none' })).toBeNull()
  })

  it('stays detected after a failed control, and is not believed in a dirty run', () => {
    expect(call('22', ct, failed)).toBe('DETECTED')
    expect(call('45', ct, failed)).toBe('INVALID')
    expect(call('22', ct, { amplified: 'valid', clean: 'failed' })).toBe('INVALID')
    expect(call('45', ct, { amplified: 'valid', clean: 'failed' })).toBe('NOT_DETECTED')
  })
})

describe('a load', () => {
  it.each([
    ['10000', 'DETECTED'], ['1E5', 'DETECTED'], ['9999', 'INDETERMINATE'], ['1000', 'INDETERMINATE'], ['999', 'NOT_DETECTED'], ['0', 'NOT_DETECTED'],
    ['Undetermined', 'NOT_DETECTED'], ['<250', 'NOT_DETECTED'], ['<1000', 'NOT_DETECTED'], ['<=1000', null], ['<20000', null], ['>1E8', 'DETECTED'], ['>5000', null], ['-1', 'load_negative'],
  ])('%s is %s', (raw, expected) => expect(call(raw, load)).toBe(expected))

  it('keeps the operator', () => {
    expect(detect('<250', load, good)).toMatchObject({ number: 250, comparator: '<' })
    expect(detect('>1E8', load, good)).toMatchObject({ number: 1e8, comparator: '>' })
  })

  it('without a signal needs no control, and is invalid where one failed', () => {
    expect(call('', load, { amplified: 'none', clean: 'none' })).toBe('NOT_DETECTED')
    expect(call('', load, failed)).toBe('INVALID')
  })
})

it('makes no call without a cut-off', () => {
  expect(detect('22', { ...ct, cutOff: null }, good)).toEqual({ detection: null, number: 22, comparator: null, because: 'no_cut_off' })
  expect(call('No Ct', { ...ct, cutOff: null })).toBeNull()
})

it('calls more of a target never less detected, for both directions', () => {
  const rank: Record<Detection, number> = { NOT_DETECTED: 0, INVALID: 0, INDETERMINATE: 1, DETECTED: 2 }
  const value = fc.integer({ min: 1, max: 5000 }).map((n) => n / 100)
  fc.assert(fc.property(value, value, value, fc.option(value, { nil: null }), fc.boolean(), (a, b, cutOff, grey, cycles) => {
    const rule: CutOff = { cutOff, kind: cycles ? 'CT_MAX' : 'LOAD_MIN', greyLow: cycles ? null : grey, greyHigh: cycles ? grey : null }
    const [more, less] = (a <= b) === cycles ? [a, b] : [b, a]
    const of = (v: number) => rank[call(String(v), rule) as Detection]
    expect(of(more)).toBeGreaterThanOrEqual(of(less))
    expect(call(String(cutOff), rule)).toBe('DETECTED')
  }))
})

it('makes a bounded value the call of every value that it can stand for', () => {
  const value = fc.integer({ min: 1, max: 4900 }).map((n) => n / 100)
  fc.assert(fc.property(value, value, value, fc.constantFrom('<', '>', '<=', '>='), fc.boolean(), (bound, cutOff, beyond, sign, cycles) => {
    const rule: CutOff = { cutOff, kind: cycles ? 'CT_MAX' : 'LOAD_MIN', greyLow: cycles ? null : beyond, greyHigh: cycles ? beyond : null }
    const made = call(`${sign}${bound}`, rule)
    if (made === null) return
    for (const step of [0.001, 0.5, 1]) {
      const stood = sign.startsWith('<') ? bound - step * bound * 0.9 : bound + step * (49.9 - bound)
      expect(call(String(stood), rule)).toBe(made)
    }
  }))
})

it.each<[(Detection | null)[], Detection | null]>([
  [['DETECTED', 'DETECTED'], 'DETECTED'], [['DETECTED', 'NOT_DETECTED'], 'INDETERMINATE'], [['NOT_DETECTED', 'INDETERMINATE'], 'INDETERMINATE'],
  [['NOT_DETECTED', 'NOT_DETECTED'], 'NOT_DETECTED'], [['NOT_DETECTED', 'INVALID'], 'INVALID'], [['DETECTED', null], null], [[], null],
])('an organism of targets %j is %s', (calls, expected) => expect(combineTargets(calls)).toBe(expected))

it('knows the words of people and other systems', () => {
  expect(['Positive', 'not detected', 'IND', ' Invalid '].map(detectionNamed)).toEqual(['DETECTED', 'NOT_DETECTED', 'INDETERMINATE', 'INVALID'])
  expect(detectionNamed('maybe')).toBeNull()
  for (const word of detections) expect(detectionNamed(word)).toBe(word)
})

it('shows a load in its bin', () => {
  const bins = [{ from: 0, label: '< 10,000' }, { from: 10_000, label: '10,000–49,999' }, { from: 50_000, label: '≥ 50,000' }]
  const of = (number: number, comparator: '<' | '>' | null = null) => binOf(bins, { number, comparator })
  expect([of(10_000), of(9999), of(50_000, '>'), of(10_000, '<')]).toEqual(['10,000–49,999', '< 10,000', '≥ 50,000', '< 10,000'])
  expect(binOf([{ from: 100, label: 'a' }], { number: 3, comparator: null })).toBeNull()
  expect(binOf(bins, { number: null, comparator: null })).toBeNull()
})

it.each([
  ['internal', '30', 'valid'], ['internal', '35', 'valid'], ['internal', '36', 'failed'], ['internal', 'No Ct', 'failed'], ['positive', 'pass', 'valid'],
  ['negative', 'No Ct', 'valid'], ['negative', '30', 'failed'], ['negative', '36', 'valid'], ['internal', '', 'awaited'], ['internal', 'blue', null], ['internal', '<30', null],
] as const)('a control (%s) that reads "%s" is %s', (role, text, expected) => expect(controlState({ name: 'C', role, cut_off: 35 }, text)).toBe(expected))

it('lets one failed control speak for the run, and one that is awaited hold it', () => {
  const controls = [{ name: 'a', role: 'internal', cut_off: null }, { name: 'b', role: 'positive', cut_off: null }, { name: 'c', role: 'negative', cut_off: null }] as const
  expect(runOf(controls, { a: '30', b: 'valid', c: 'No Ct' })).toEqual(good)
  expect(runOf(controls, { a: '30', c: '31' })).toEqual({ amplified: 'awaited', clean: 'failed' })
  expect(runOf(controls, { a: 'failed' })).toEqual({ amplified: 'failed', clean: 'awaited' })
  expect(runOf([], {})).toEqual({ amplified: 'none', clean: 'none' })
})
