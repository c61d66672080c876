/** James O. Westgard's multirule for control materials (Clin Chem 27:493, 1981): 1-2s warns, the others reject the run. */
export type WestgardRule = '1-2s' | '1-3s' | '2-2s' | 'R-4s' | '4-1s' | '10-x'

export interface ControlVerdict {
  verdict: 'ok' | 'warning' | 'reject'
  rules: WestgardRule[]
}

/**
 * Judges the newest of a control's results, given as standard deviations from the mean, oldest first. `beside` are the z-scores of other levels of
 * the same run: R-4s holds between levels of one run as well as between two results of one level that follow each other.
 *
 * - 1-2s: beyond 2 SD: a warning alone.
 * - 1-3s: beyond 3 SD.
 * - 2-2s: two in a row, or both levels of a run, beyond 2 SD on the same side.
 * - R-4s: one beyond +2 SD and the next, or the other level, beyond −2 SD.
 * - 4-1s: four in a row beyond 1 SD on the same side.
 * - 10-x: ten in a row on the same side of the mean.
 */
export const judgeControl = (zs: readonly number[], beside: readonly number[] = []): ControlVerdict => {
  const z = zs.at(-1)
  if (z === undefined || !Number.isFinite(z)) return { verdict: 'ok', rules: [] }
  const rules: WestgardRule[] = []
  const near = [...zs.slice(-2, -1), ...beside]
  if (Math.abs(z) > 3) rules.push('1-3s')
  if (near.some((other) => sameSide(z, other, 2))) rules.push('2-2s')
  if (near.some((other) => Math.abs(z) > 2 && Math.abs(other) > 2 && Math.sign(z) !== Math.sign(other))) rules.push('R-4s')
  if (inARow(zs, 4, 1)) rules.push('4-1s')
  if (inARow(zs, 10, 0)) rules.push('10-x')
  if (rules.length > 0) return { verdict: 'reject', rules: Math.abs(z) > 2 ? ['1-2s', ...rules] : rules }
  return Math.abs(z) > 2 ? { verdict: 'warning', rules: ['1-2s'] } : { verdict: 'ok', rules: [] }
}

const sameSide = (one: number, other: number, limit: number): boolean =>
  Math.abs(one) > limit && Math.abs(other) > limit && Math.sign(one) === Math.sign(other)

const inARow = (zs: readonly number[], count: number, limit: number): boolean => {
  const last = zs.slice(-count)
  return last.length === count && last.every((z) => sameSide(z, last[0] ?? 0, limit))
}
