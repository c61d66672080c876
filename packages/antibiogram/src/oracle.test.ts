import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gramOf } from './gram.ts'
import { antibiogram, interpretationOf, isolatesOf, percentOf, selectIsolates, type IsolateRow, type Method, type Susceptible } from './index.ts'

const folder = process.env.ALIQUOT_MOLECULAR_DATA ?? join(import.meta.dirname, '../../../../shared/data/molecular')
const missing = existsSync(folder) ? '' : ' (left out: no reference tables in ALIQUOT_MOLECULAR_DATA)'

/** Files without commas or line ends in their fields. */
const table = (name: string): Record<string, string>[] => {
  const [header = [], ...rows] = readFileSync(join(folder, name), 'utf8').trimEnd().split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  return rows.map((row) => Object.fromEntries(header.map((column, n) => [column, row[n] ?? ''])))
}

const rows = missing ? [] : table('example_isolates.csv')
const drugs = Object.keys(rows[0] ?? {}).slice(7, -4)
const isolates = isolatesOf(rows.map((row): IsolateRow => ({
  id: row.isolate_id ?? '', patient: row.patient ?? '', organism: row.organism ?? '', day: Date.parse(row.date ?? '') / 86_400_000,
  values: drugs.map((drug) => interpretationOf(row[drug] ?? '') ?? Number.NaN),
})), drugs)

describe.skipIf(missing !== '')(`the AMR package's tables for 2,000 isolates${missing}`, () => {
  it.each([
    ['isolate_based', { kind: 'all' }],
    ['patient_based', { kind: 'first-per-patient' }],
    ...[365, 30, 14, 7].map((days): [string, Method] => [`episode_${days}`, { kind: 'episode', days }]),
    ['phenotype_points', { kind: 'phenotype-points', days: 365 }],
    ['phenotype_key', { kind: 'phenotype-key', days: 365 }],
  ] as [string, Method][])('selects what %s selects', (column, method) => {
    const selected = selectIsolates(isolates, method)
    const ours = isolates.ids.filter((_, n) => selected[n] === 1).map(Number).toSorted((a, b) => a - b)
    expect(ours).toEqual(table('first_isolate_flags.csv').filter((row) => row[column] === 'TRUE').map((row) => Number(row.isolate_id)))
  })

  it('knows the Gram stain of every organism', () => {
    const stained = rows.filter(({ gram }) => gram?.startsWith('Gram'))
    expect(stained.filter(({ organism, gram }) => `Gram-${gramOf(organism ?? '')}` !== gram).map(({ organism }) => organism)).toEqual([])
  })

  it.each([
    ['all_isolates_S', { kind: 'all' }, 'S'],
    ['all_isolates_SI', { kind: 'all' }, 'SI'],
    ['patient_first_S', { kind: 'first-per-patient' }, 'S'],
    ['episode365_S', { kind: 'episode', days: 365 }, 'S'],
  ] as [string, Method, Susceptible][])('counts every cell of %s alike', (name, method, susceptible) => {
    const cells = antibiogram(isolates, { method, susceptible, minimum: 30 }).filter(({ tooFew }) => !tooFew)
    const key = (organism: string | undefined, drug: string | undefined) => `${organism} | ${drug}`
    const ours = new Map(cells.map((cell) => [key(cell.organism, cell.antibiotic), cell]))
    const theirs = new Map(table(`oracle_${name}_name.csv`).map((row) => [key(row.mo, row.ab), row]))
    expect([...ours.keys()].toSorted()).toEqual([...theirs.keys()].toSorted())
    for (const [pair, cell] of ours) {
      const row = theirs.get(pair)
      expect([pair, cell.nTotal, cell.nTested, cell.nSusceptible]).toEqual([pair, Number(row?.n_total), Number(row?.n_tested), Number(row?.n_susceptible)])
      const { lower, upper } = percentOf(cell)
      expect(lower / 100).toBeCloseTo(Number(row?.lower_ci), 9)
      expect(upper / 100).toBeCloseTo(Number(row?.upper_ci), 9)
    }
  })

  it('combines AMC and GEN', () => {
    const both = (counts: 'any' | 'all-tested') => antibiogram(isolatesOf(isolateRows(), drugs),
      { method: { kind: 'all' }, susceptible: 'SI', minimum: 1, combinations: [{ drugs: ['AMC', 'GEN'], counts }] }).filter(({ antibiotic }) => antibiotic === 'AMC+GEN')
    // The published figures count the isolates of unknown organisms too.
    const sum = (counts: 'any' | 'all-tested') => both(counts).reduce<[number, number]>(([s, n], cell) => [s + cell.nSusceptible, n + cell.nTested], [0, 0])
    expect([sum('any'), sum('all-tested')]).toEqual([[1764, 1875], [1687, 1798]])
  })
})

const isolateRows = (): IsolateRow[] => rows.map((row) => ({
  id: row.isolate_id ?? '', patient: row.patient ?? '', organism: row.genus?.startsWith('(') ? 'Not named' : row.organism ?? '', day: 0,
  values: drugs.map((drug) => interpretationOf(row[drug] ?? '') ?? Number.NaN),
}))
