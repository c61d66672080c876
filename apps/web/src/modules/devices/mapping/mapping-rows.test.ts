import { describe, expect, it } from 'vitest'
import { tidyMapping, troubleInMappings } from './mapping-rows.ts'

describe('troubleInMappings', () => {
  it('finds codes that are missing or stand twice', () => {
    const trouble = troubleInMappings([{ code: 'HGB', parameter: 'HGB' }, { code: ' ', parameter: null }, { code: 'HGB', parameter: 'WBC' }, { code: 'HGB', parameter: 'HB', test: 'CBC' }])
    expect([...trouble]).toEqual([[1, 'mapping.no_code'], [2, 'mapping.twice']])
  })

  it('wants a factor above zero', () => {
    expect(troubleInMappings([{ code: 'A', parameter: 'A', factor: 0 }]).get(0)).toBe('mapping.bad_factor')
  })
})

describe('tidyMapping', () => {
  it('keeps what says something', () => {
    expect(tidyMapping({ code: ' HGB ', parameter: 'HGB', unit: ' ', factor: 1 })).toEqual({ code: 'HGB', parameter: 'HGB' })
    expect(tidyMapping({ code: 'HGB', parameter: null, unit: 'g/L', factor: 0.1 })).toEqual({ code: 'HGB', parameter: null, unit: 'g/L', factor: 0.1 })
  })
})
