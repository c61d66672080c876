import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReportAction, ReportStatus, reportTransitions, statusesAllowing } from './index.ts'

const table: Record<string, Partial<Record<string, readonly ReportStatus[]>>> = reportTransitions
const statuses = ReportStatus.enum

describe('reportTransitions', () => {
  it('knows every status, and every action starts somewhere', () => {
    expect(Object.keys(table).sort()).toEqual([...statuses].sort())
    for (const action of ReportAction.enum) expect(statusesAllowing(action), action).not.toEqual([])
  })

  it('leads from ordered to every status, and out of every status but cancelled', () => {
    const reached = new Set<ReportStatus>(['ordered'])
    for (const status of reached) for (const outcomes of Object.values(table[status]!)) for (const next of outcomes!) reached.add(next)
    expect([...reached].sort()).toEqual([...statuses].sort())
    expect(statuses.filter((status) => Object.keys(table[status]!).length === 0)).toEqual(['cancelled'])
  })

  it('leaves a signed or partially signed report only by unsigning, amending or converting it', () => {
    for (const status of ['signed', 'partially_signed'] as const) {
      const ways = Object.entries(table[status]!).filter(([, outcomes]) => outcomes!.some((next) => !['signed', 'partially_signed'].includes(next)))
      expect(ways.every(([action]) => ['unsign', 'amend', 'convert'].includes(action))).toBe(true)
    }
  })

  it('signs nothing whose results were not complete, whatever is done before', () => {
    fc.assert(fc.property(fc.infiniteStream(fc.nat()), (choices) => {
      let status: ReportStatus = 'ordered'
      let complete = false
      for (let step = 0; step < 40; step++) {
        const ways: [string, readonly ReportStatus[] | undefined][] = Object.entries(table[status]!)
        if (ways.length === 0) return
        const [action, outcomes] = ways[choices.next().value % ways.length]!
        const next: ReportStatus = outcomes![choices.next().value % outcomes!.length]!
        if (next === 'completed') complete = true
        if (['in_progress', 'ordered', 'collected', 'received'].includes(next)) complete = false
        if (next === 'signed' || next === 'partially_signed') expect(complete, `${action} from ${status}`).toBe(true)
        status = next
      }
    }))
  })
})
