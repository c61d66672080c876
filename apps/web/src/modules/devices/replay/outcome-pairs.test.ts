import { describe, expect, it } from 'vitest'
import { outcomePairs, type Outcome } from './outcome-pairs.ts'

const outcome = (testCode: string, change: Partial<Outcome> = {}): Outcome => ({ messageId: 1, sampleId: 'S1', testCode, value: '5', state: 'held', reason: 'unmapped_test', parameter: null, ...change })

describe('outcomePairs', () => {
  it('puts what changes first', () => {
    const pairs = outcomePairs([outcome('A'), outcome('B')], [outcome('A'), outcome('B', { state: 'waiting', reason: null, parameter: 'HGB' })])
    expect(pairs.map(({ after, changed }) => [after?.testCode, changed])).toEqual([['B', true], ['A', false]])
  })

  it('pairs a test that stands twice in its order', () => {
    const pairs = outcomePairs([outcome('A', { value: '1' }), outcome('A', { value: '2' })], [outcome('A', { value: '1' }), outcome('A', { value: '3' })])
    expect(pairs.map(({ before, after }) => [before?.value, after?.value])).toEqual([['2', '3'], ['1', '1']])
  })

  it('shows what is read for the first time and what no longer is', () => {
    expect(outcomePairs([outcome('A')], [outcome('B')]).map(({ before, after }) => [before?.testCode, after?.testCode])).toEqual([['A', undefined], [undefined, 'B']])
  })
})
