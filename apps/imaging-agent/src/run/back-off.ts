import { setTimeout as wait } from 'node:timers/promises'
import { Away } from './away.ts'

export interface Trouble {
  part: Away['part']
  says: string
  /** when it is tried again, ms since 1970 */
  until: number
}

const first = 1000
const longest = 60_000

/**
 * Does `work` until it does not fail with `Away` any more, waiting longer from time to time, with a little chance in it so that many clinics do not
 * come back at once. `hear` is told of each trouble, and of its end by null. Ends early, without a result, when the signal is aborted.
 */
export async function patiently(work: () => Promise<void>, signal: AbortSignal, hear: (trouble: Trouble | null) => void): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await work()
      if (failures > 0) hear(null)
      return
    } catch (error) {
      if (!(error instanceof Away)) throw error
      const pause = error.waitMs ?? Math.min(longest, first * 2 ** failures) * (0.75 + Math.random() / 2)
      hear({ part: error.part, says: error.message, until: Date.now() + pause })
      await wait(pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
