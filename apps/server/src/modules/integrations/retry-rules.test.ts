import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRetried, nextTry, restSeconds } from './retry-rules.ts'

const rules = { attempts: 5, firstDelaySeconds: 30, retryOn: ['No response', 'Connection Timeout', 'HTTP 429', 'HTTP 5xx'] }

it.each([
  ['No response (ECONNREFUSED)', true], ['no response', true], ['Connection Timeout', true], ['HTTP 500', true], ['HTTP 503', true], ['HTTP 429', true],
  ['HTTP 400', false], ['HTTP 404', false], ['127.0.0.1 is a private address', false], ['No', false], ['', false],
])('"%s" is tried again: %s', (trouble, again) => {
  expect(isRetried(trouble, rules)).toBe(again)
})

it('retries nothing that is not configured', () => {
  expect(isRetried('HTTP 500', { ...rules, retryOn: [] })).toBe(false)
  expect(isRetried('anything', { ...rules, retryOn: ['', ' '] })).toBe(false)
})

it('waits twice as long each time, give or take a fifth, six hours at most, and ends', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, luck) => {
    const delay = nextTry('HTTP 500', attempts, { ...rules, attempts: 50 }, luck)
    if (attempts >= 50) {
      expect(delay).toBeNull()
      return
    }
    const plain = Math.min(30 * 2 ** (attempts - 1), 6 * 3600)
    expect(delay).toBeGreaterThanOrEqual(plain * 0.799)
    expect(delay).toBeLessThanOrEqual(plain * 1.201)
  }))
})

it('rests after five failures in a row, an hour at most', () => {
  expect([0, 4, 5, 6, 7, 50].map(restSeconds)).toEqual([0, 0, 60, 120, 240, 3600])
})
