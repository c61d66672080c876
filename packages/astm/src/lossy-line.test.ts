import { describe, expect, it } from 'vitest'
import { runLossyLine } from './testing/lossy-line.ts'
import type { Faults, Outcome } from './testing/lossy-line.ts'

/** What is wrong with a transfer: nothing may be altered, merged or lost without a report, and nothing may hang. */
const complaints = (from: Outcome, to: Outcome): string[] => {
  const wanted = new Set(from.wanted.values())
  const lost = [...from.wanted].filter(([id, text]) => from.sent.has(id) && !to.inbox.has(text))
  return [
    ...[...to.inbox.keys()].filter((text) => !wanted.has(text)).map((text) => `altered or merged: ${text}`),
    ...to.unterminated.map((text) => `taken without its end: ${text}`),
    ...(lost.length > to.reports ? [`lost without a report: ${lost.map(([id]) => id).join(' ')}`] : []),
    ...[...from.wanted.keys()].filter((id) => !from.sent.has(id) && !from.failed.has(id)).map((id) => `never ended: ${id}`),
  ]
}

interface Total { delivered: number; doubled: number; lost: number; notes: Set<string> }

const tryOut = (runs: number, rate: number, faults: Faults, options = {}): Total => {
  const total: Total = { delivered: 0, doubled: 0, lost: 0, notes: new Set() }
  for (let seed = 1; seed <= runs; seed += 1) {
    const { instrument, host, quiet, events } = runLossyLine(seed, rate, faults, options)
    const wrong = [...complaints(instrument, host), ...complaints(host, instrument), ...(quiet ? [] : [`not quiet after ${events} events`])]
    expect(wrong, `seed ${seed}, rate ${rate}, ${faults}`).toEqual([])
    for (const [from, to] of [[instrument, host], [host, instrument]] as const) {
      total.delivered += to.inbox.size
      total.doubled += [...to.inbox.values()].filter((times) => times > 1).length
      total.lost += from.wanted.size - to.inbox.size
      for (const note of from.notes) total.notes.add(note)
    }
  }
  return total
}

describe('an instrument and a host', () => {
  it('deliver every message once on a sound line, whoever enquires first', () => {
    const { doubled, lost, notes } = tryOut(200, 0, 'line')
    expect({ doubled, lost }).toEqual({ doubled: 0, lost: 0 })
    expect(notes).toContain('contention')
  })

  it.each([
    [500, 0.02, 'line'], [500, 0.1, 'line'], [200, 0.4, 'line'], [500, 0.1, 'sides'],
  ] as const)('over %d lines with a fault rate of %d (%s) deliver or report every message, none altered or merged', (runs, rate, faults) => {
    const { delivered, lost, notes } = tryOut(runs, rate, faults)
    expect(lost).toBeLessThan(delivered / 5)
    for (const seen of ['refused', 'repeated', 'contention', 'not accepted', 'will repeat']) expect(notes).toContain(seen)
  })

  it('do so too with a frame and ETX for each record', () => {
    const { delivered, lost } = tryOut(300, 0.1, 'line', { framing: 'record-etx' })
    expect(lost).toBeLessThan(delivered / 5)
  })

  it('give up where told to, and say so', () => {
    const { delivered } = tryOut(200, 0.6, 'line', { attempts: 2 })
    expect(delivered).toBeGreaterThan(0)
  })
})
