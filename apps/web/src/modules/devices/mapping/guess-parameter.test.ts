import type { DictionaryEntry } from '@aliquot/contracts'
import { describe, expect, it } from 'vitest'
import { guessParameter, matchParameters } from './guess-parameter.ts'

const entry = (code: string, name: string, loinc: string | null = null): DictionaryEntry => ({ code, name, loinc, kind: 'numeric', unit: '', displayUnit: '', tests: [] })
const dictionary = [entry('HGB', 'Haemoglobin', '718-7'), entry('WBC', 'Total white cell count'), entry('GLU_F', 'Glucose'), entry('GLU_R', 'Glucose')]

describe('guessParameter', () => {
  it.each([['WBC', 'WBC'], ['^^^HGB', 'HGB'], ['718-7^Hemoglobin^LN', 'HGB'], ['haemoglobin', 'HGB'], ['^^^413', undefined], ['', undefined]])('%s is %s', (code, expected) => {
    expect(guessParameter(code, dictionary)?.code).toBe(expected)
  })

  it('does not choose between two', () => {
    expect(guessParameter('Glucose', dictionary)).toBeNull()
  })
})

describe('matchParameters', () => {
  it('finds by every word, in code and name', () => {
    expect(matchParameters('white count', dictionary).map(({ code }) => code)).toEqual(['WBC'])
    expect(matchParameters('glu', dictionary).map(({ code }) => code)).toEqual(['GLU_F', 'GLU_R'])
    expect(matchParameters('nothing', dictionary)).toEqual([])
  })

  it('puts what begins with the text first', () => {
    expect(matchParameters('h', dictionary)[0]?.code).toBe('HGB')
  })
})
