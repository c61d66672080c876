import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeControl } from './westgard.ts'

describe('the Westgard rules', () => {
  it.each([
    ['nothing to judge', [], [], 'ok', []],
    ['near the mean', [0.5, -0.3, 1.9], [], 'ok', []],
    ['exactly 2 SD is inside', [2], [], 'ok', []],
    ['1-2s alone warns', [0, 2.1], [], 'warning', ['1-2s']],
    ['1-3s', [0, -3.2], [], 'reject', ['1-2s', '1-3s']],
    ['2-2s in one level', [2.2, 2.5], [], 'reject', ['1-2s', '2-2s']],
    ['2-2s across levels', [2.2], [2.4], 'reject', ['1-2s', '2-2s']],
    ['R-4s in one level', [2.2, -2.1], [], 'reject', ['1-2s', 'R-4s']],
    ['R-4s across levels', [2.6], [-2.3], 'reject', ['1-2s', 'R-4s']],
    ['4-1s', [1.1, 1.4, 1.2, 1.9], [], 'reject', ['4-1s']],
    ['three beyond 1 SD are not four', [0.9, 1.4, 1.2, 1.9], [], 'ok', []],
    ['10-x', [0.1, 0.2, 0.3, 0.1, 0.5, 0.2, 0.9, 0.4, 0.6, 0.1], [], 'reject', ['10-x']],
    ['nine on a side are not ten', [-0.1, 0.2, 0.3, 0.1, 0.5, 0.2, 0.9, 0.4, 0.6, 0.1], [], 'ok', []],
    ['on the mean is on no side', [0, 0.2, 0.3, 0.1, 0.5, 0.2, 0.9, 0.4, 0.6, 0.1], [], 'ok', []],
  ] as const)('%s', (_, zs, beside, verdict, rules) => {
    expect(judgeControl(zs, beside)).toEqual({ verdict, rules })
  })

  it('judge both sides alike, and never pass what is beyond 3 SD', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 12 }), fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 2 }), (zs, beside) => {
      const judged = judgeControl(zs, beside)
      expect(judgeControl(zs.map((z) => -z), beside.map((z) => -z))).toEqual(judged)
      if (Math.abs(zs.at(-1) ?? 0) > 3) expect(judged.verdict).toBe('reject')
    }))
  })
})
