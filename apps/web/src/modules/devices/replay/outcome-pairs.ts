import type { ResponseOf, replayMessages } from '@aliquot/contracts'

export type Outcome = ResponseOf<typeof replayMessages>['before'][number]

export interface OutcomePair {
  key: string
  before: Outcome | null
  after: Outcome | null
  changed: boolean
}

const sameFields = ['value', 'state', 'reason', 'parameter'] as const

/** What each result was and would be, changed ones first. A test that a message holds twice is paired in its order. */
export function outcomePairs(before: readonly Outcome[], after: readonly Outcome[]): OutcomePair[] {
  const keyed = new Map<string, OutcomePair>()
  const put = (outcomes: readonly Outcome[], side: 'before' | 'after') => {
    const seen = new Map<string, number>()
    for (const outcome of outcomes) {
      const name = `${outcome.messageId}\t${outcome.sampleId}\t${outcome.testCode}`
      const nth = seen.get(name) ?? 0
      seen.set(name, nth + 1)
      const key = `${name}\t${nth}`
      keyed.set(key, { ...(keyed.get(key) ?? { key, before: null, after: null, changed: false }), [side]: outcome })
    }
  }
  put(before, 'before')
  put(after, 'after')
  return [...keyed.values()].map((pair) => ({ ...pair, changed: differ(pair) })).sort((a, b) => Number(b.changed) - Number(a.changed))
}

function differ({ before, after }: OutcomePair): boolean {
  if (before === null || after === null) return true
  return sameFields.some((field) => before[field] !== after[field])
}
