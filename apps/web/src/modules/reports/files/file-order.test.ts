import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moved } from './file-order.ts'

describe('moved', () => {
  it('moves one file among the others', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b', 'c'], 2, 9)).toEqual(['a', 'b', 'c'])
  })

  it('loses no file and keeps the order of the others', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(), fc.integer({ min: -2, max: 20 }), (list, at, to) => {
      const from = at % list.length
      const after = moved(list, from, to)
      expect([...after].sort()).toEqual([...list].sort())
      expect(after.filter((each) => each !== list[from])).toEqual(list.filter((_, index) => index !== from))
    }))
  })
})
