import { describe, expect, it } from 'vitest'
import { changeOf, isDoubtless } from './doubtless.ts'

const plain = { state: 'waiting', reason: null, resultFlag: 'high' } as const

describe('isDoubtless', () => {
  it('lets plain results through, high and low ones too', () => {
    expect(isDoubtless(plain)).toBe(true)
  })

  it.each([[{ reason: 'value_exists' as const }], [{ resultFlag: 'critical_low' as const }], [{ state: 'held' as const, reason: 'flagged' as const }], [{ state: 'released' as const }]])('stops at %j', (change) => {
    expect(isDoubtless({ ...plain, ...change })).toBe(false)
  })
})

describe('changeOf', () => {
  it.each([['12', '10', 20], ['5', '10', -50], ['-1', '-2', 50], ['<5', '10', null], ['12', undefined, null], ['3', '0', null], [null, '3', null]])('%s after %s is %s', (now, then, expected) => {
    expect(changeOf(now, then)).toBe(expected)
  })
})
