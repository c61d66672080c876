import fc from 'fast-check'
import { expect, it } from 'vitest'
import { antibiogram, clopperPearson, isolatesOf, selectIsolates, type IsolateRow, type Method, type Question } from './index.ts'
import { drugs, someRows } from './testing/isolates.ts'

const methods: Method[] = [{ kind: 'all' }, { kind: 'first-per-patient' }, { kind: 'first-per-patient-and-specimen' }, { kind: 'episode', days: 10 }]
const everyMethod: Method[] = [...methods, { kind: 'phenotype-points', days: 10 }, { kind: 'phenotype-key', days: 10 }]
const someQuestion: fc.Arbitrary<Question> = fc.record({
  method: fc.constantFrom(...everyMethod), susceptible: fc.constantFrom('S', 'SI'), minimum: fc.constantFrom(1, 3),
  combinations: fc.constantFrom([], [{ drugs: ['AMX', 'CIP'], counts: 'any' as const }], [{ drugs: ['CIP', 'GEN'], counts: 'all-tested' as const }]),
})

it('does not depend on the order of the rows', () => {
  fc.assert(fc.property(someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), someQuestion, ([rows, shuffled], question) => {
    expect(antibiogram(isolatesOf(shuffled, drugs), question)).toEqual(antibiogram(isolatesOf(rows, drugs), question))
  }))
})

it('keeps susceptible ≤ tested ≤ all, and the sum of the counts', () => {
  fc.assert(fc.property(someRows, someQuestion, (rows, question) => {
    for (const cell of antibiogram(isolatesOf(rows, drugs), question)) {
      expect(cell.nSusceptible).toBeLessThanOrEqual(cell.nTested)
      expect(cell.nTested).toBeLessThanOrEqual(cell.nTotal)
      expect(cell.counts.reduce((a, b) => a + b)).toBe(cell.nTotal)
      expect(cell.tooFew).toBe(cell.nTested < question.minimum)
    }
  }))
})

it('a combination is never less susceptible than one of its drugs, on the same isolates', () => {
  fc.assert(fc.property(someRows, fc.constantFrom('S' as const, 'SI' as const), (rows, susceptible) => {
    const whole = rows.map((row) => ({ ...row, values: Array.from(row.values, (value) => value || 4) }))
    const cells = antibiogram(isolatesOf(whole, drugs),
      { method: { kind: 'all' }, susceptible, minimum: 1, combinations: [{ drugs: ['AMX', 'CIP', 'GEN'], counts: 'any' }, { drugs: ['AMX', 'CIP'], counts: 'all-tested' }] })
    const of = (cell: (typeof cells)[number], name: string) => cells.find((other) => other.antibiotic === name && other.organism === cell.organism && other.stratum === cell.stratum)
    for (const cell of cells.filter(({ antibiotic }) => antibiotic.includes('+'))) {
      for (const name of cell.antibiotic.split('+')) expect(cell.nSusceptible).toBeGreaterThanOrEqual(of(cell, name)?.nSusceptible ?? 0)
    }
  }))
})

/** The rules as one would explain them, without any thought of speed. */
function plainly(rows: IsolateRow[], method: Method): unknown[] {
  const known = rows.filter(({ organism }) => organism !== 'no growth').toSorted((a, b) => a.day - b.day || Number(a.id) - Number(b.id))
  const kept: IsolateRow[] = []
  for (const row of known) {
    const before = kept.findLast((other) => other.patient === row.patient && other.organism === row.organism && other.stratum === row.stratum
      && (method.kind !== 'first-per-patient-and-specimen' || other.specimen === row.specimen))
    if (!before || method.kind === 'all' || (method.kind === 'episode' && row.day - before.day >= method.days)) kept.push(row)
  }
  return kept.map(({ id }) => id)
}

it('selects what the rules say', () => {
  fc.assert(fc.property(someRows, fc.constantFrom(...methods), (rows, method) => {
    const isolates = isolatesOf(rows, drugs)
    const selected = selectIsolates(isolates, method)
    expect(isolates.ids.filter((_, n) => selected[n] === 1)).toEqual(plainly(rows, method))
  }))
})

it('phenotypes select at least the episodes, and nothing twice that is the same', () => {
  fc.assert(fc.property(someRows, fc.constantFrom('phenotype-points' as const, 'phenotype-key' as const), (rows, kind) => {
    const isolates = isolatesOf(rows, drugs)
    const [episodes, selected] = [selectIsolates(isolates, { kind: 'episode', days: 10 }), selectIsolates(isolates, { kind, days: 10 })]
    expect(episodes.every((one, n) => one <= (selected[n] as number))).toBe(true)
    const alike = isolatesOf(rows.map((row) => ({ ...row, values: [1, 4, 2] })), drugs)
    expect(selectIsolates(alike, { kind, days: 10 })).toEqual(selectIsolates(alike, { kind: 'episode', days: 10 }))
  }))
})

it('what is not included is not there: the same as leaving it out', () => {
  fc.assert(fc.property(someRows, someQuestion, (rows, question) => {
    const isolates = isolatesOf(rows, drugs)
    const included = Uint8Array.from(isolates.ids, (id) => Number(Number(id) % 2 === 0))
    expect(antibiogram(isolates, question, included)).toEqual(antibiogram(isolatesOf(rows.filter(({ id }) => Number(id) % 2 === 0), drugs), question))
  }))
})

it('the interval holds the share, and is as wide as its tails say', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 400 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n))), ([x, n]) => {
    const { lower, upper } = clopperPearson(x, n)
    expect(lower).toBeLessThanOrEqual(x / n)
    expect(upper).toBeGreaterThanOrEqual(x / n)
    const mirrored = clopperPearson(n - x, n)
    expect(mirrored.upper).toBeCloseTo(1 - lower, 12)
  }))
})
