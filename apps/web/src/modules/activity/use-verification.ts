import { verifyActivity, type LogStretch } from '@aliquot/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../platform/api.ts'
import { ApiProblem } from '../../platform/problem.ts'

export interface Verification {
  links: number
  rows: number
  unsealed: number
  problems: LogStretch['problems']
  state: 'running' | 'done' | 'failed'
}

const begun: Verification = { links: 0, rows: 0, unsealed: 0, problems: [], state: 'running' }

/** Walks the whole chain from its first link, stretch by stretch, for as long as it is shown. */
export function useVerification(): Verification & { again: () => void } {
  const [round, setRound] = useState(0)
  const [found, setFound] = useState(begun)
  useEffect(() => {
    const abort = new AbortController()
    void walk(setFound, abort.signal).catch((problem: unknown) => {
      if (!abort.signal.aborted && problem instanceof ApiProblem) setFound((sofar) => ({ ...sofar, state: 'failed' }))
    })
    return () => abort.abort()
  }, [round])
  const again = () => {
    setFound(begun)
    setRound(round + 1)
  }
  return { ...found, again }
}

async function walk(tell: (found: Verification) => void, signal: AbortSignal): Promise<void> {
  let sum = begun
  for (let from: number | null = 1; from !== null && !signal.aborted;) {
    const stretch: LogStretch = await call(verifyActivity, { query: { from } }, { signal })
    from = stretch.goOnAt
    sum = {
      links: sum.links + stretch.links, rows: sum.rows + stretch.rows, unsealed: stretch.unsealed, problems: [...sum.problems, ...stretch.problems],
      state: from === null ? 'done' : 'running',
    }
    tell(sum)
  }
}
