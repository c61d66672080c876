import { describe, expect, it } from 'vitest'
import { conditionOf, isExpression, isValuePath, pathsIn, predicateOf } from './value-paths.ts'

describe('paths', () => {
  it.each([['O-3.1', true], ['OBX-5', true], ['O-3[2].1', true], ['PV1-3.1.2', true], ['o-3', false], ['O3', false], ['', false]])('%s: %s', (text, expected) => {
    expect(isValuePath(text)).toBe(expected)
  })

  it('are parted by commas and white space', () => {
    expect(pathsIn(' O-3.1, O-4  O-5;')).toEqual(['O-3.1', 'O-4', 'O-5'])
  })
})

describe('predicates', () => {
  it.each(['equals', 'matches', 'empty', 'filled'] as const)('keep the condition %s', (condition) => {
    expect(conditionOf(predicateOf({ path: 'O-11', matches: 'x' }, 'O-12', condition, 'Q'))).toBe(condition)
  })

  it('reads words', () => {
    expect(predicateOf({ path: '', equals: [] }, 'O-12', 'equals', 'Q, QC ,')).toEqual({ path: 'O-12', equals: ['Q', 'QC'] })
  })

  it('keep what the form does not show', () => {
    const and = [{ path: 'O-3', empty: true }]
    expect(predicateOf({ path: 'O-12', equals: ['Q'], and }, 'O-12', 'matches', '^Q')).toEqual({ path: 'O-12', matches: '^Q', and })
  })
})

describe('isExpression', () => {
  it.each([['^QC', true], ['(', false]])('%s: %s', (text, expected) => {
    expect(isExpression(text)).toBe(expected)
  })
})
