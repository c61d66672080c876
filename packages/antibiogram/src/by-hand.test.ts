import { describe, expect, it } from 'vitest'
import { antibiogram, clopperPearson, interpretationOf, isolatesOf, reportingSpecies, selectIsolates, type IsolateRow, type Question } from './index.ts'
import { incompleteBeta } from './interval.ts'

const day = (text: string) => Date.parse(text) / 86_400_000
const row = ([id, patient, organism, date, kind, cip]: [number, string, string, string, string, string]): IsolateRow & { kind: string } =>
  ({ id, patient, organism, day: day(date), kind, specimen: kind, values: [interpretationOf(cip) ?? Number.NaN] })

const rows = ([
  [1, 'P1', 'eco', '2024-01-05', 'urine', 'R'], [2, 'P1', 'eco', '2024-01-20', 'blood', 'S'], [3, 'P1', 'eco', '2025-01-04', 'urine', 'S'],
  [4, 'P2', 'eco', '2024-03-01', 'urine', 'S'], [5, 'P2', 'kpn', '2024-03-01', 'urine', 'S'], [6, 'P3', 'eco', '2024-12-31', 'SCREENING', 'S'],
  [7, 'P3', 'eco', '2025-02-01', 'urine', 'I'], [8, 'P4', 'eco', '2024-06-01', 'urine', ''],
] as [number, string, string, string, string, string][]).map(row)
const diagnostic = rows.filter(({ kind }) => kind !== 'SCREENING')

const eco = (question: Partial<Question>, of: IsolateRow[] = diagnostic) => {
  const cell = antibiogram(isolatesOf(of, ['CIP']), { method: { kind: 'all' }, susceptible: 'S', minimum: 1, ...question }).find(({ organism }) => organism === 'eco')
  return [cell?.nSusceptible, cell?.nTested, cell?.nTotal]
}

describe('eight isolates, counted by hand', () => {
  it('counts all, the first per patient, and episodes that begin on the 365th day', () => {
    expect(eco({})).toEqual([3, 5, 6])
    expect(eco({ method: { kind: 'first-per-patient' } })).toEqual([1, 3, 4])
    expect(eco({ method: { kind: 'first-per-patient' }, susceptible: 'SI' })).toEqual([2, 3, 4])
    expect(eco({ method: { kind: 'episode', days: 365 } })).toEqual([2, 4, 5])
    expect(eco({ method: { kind: 'episode', days: 366 } })).toEqual([1, 3, 4])
    expect(eco({ method: { kind: 'first-per-patient-and-specimen' } })).toEqual([2, 4, 5])
  })

  it('filters before it looks for the first', () => {
    expect(eco({ method: { kind: 'first-per-patient' } }, diagnostic.filter((isolate) => isolate.day < day('2025-01-01')))).toEqual([1, 2, 3])
    expect(eco({ method: { kind: 'first-per-patient' } }, rows)).toEqual([2, 3, 4])
  })

  it('fixes the window of an episode to its start', () => {
    const every = ['2024-01-01', '2024-01-06', '2024-01-11', '2024-01-16'].map((date, n): IsolateRow => ({ id: n, patient: 'P', organism: 'eco', day: day(date), values: [] }))
    expect([...selectIsolates(isolatesOf(every, []), { kind: 'episode', days: 10 })]).toEqual([1, 0, 1, 0])
  })

  it('takes the lower id of one day, 9 before 10', () => {
    const twins = [10, 9].map((id): IsolateRow => ({ id: String(id), patient: 'P', organism: 'eco', day: 0, values: [id === 9 ? 1 : 4] }))
    expect(eco({ method: { kind: 'first-per-patient' } }, twins)).toEqual([1, 1, 1])
  })
})

it('combines: one S is enough, a blank beside R is not counted', () => {
  const pairs = [['S', 'R'], ['S', ''], ['R', ''], ['', 'S'], ['R', 'R'], ['I', 'R'], ['NS', 'SDD'], ['', '']]
  const isolates = isolatesOf(pairs.map((pair, id): IsolateRow => ({ id, patient: id, organism: 'eco', day: 0, values: pair.map((text) => interpretationOf(text) ?? 9) })), ['A', 'B'])
  const counted = (counts: 'any' | 'all-tested', susceptible: 'S' | 'SI') => {
    const cell = antibiogram(isolates, { method: { kind: 'all' }, susceptible, minimum: 1, combinations: [{ drugs: ['A', 'B'], counts }] }).find(({ antibiotic }) => antibiotic === 'A+B')
    return [cell?.nSusceptible, cell?.nTested]
  }
  expect([counted('any', 'S'), counted('any', 'SI'), counted('all-tested', 'S'), counted('all-tested', 'SI')]).toEqual([[3, 6], [5, 6], [1, 4], [3, 4]])
})

it('reads interpretations as they are written', () => {
  expect(['s', ' R ', 'SDD', 'ssd', 'NS', 'i', 'Resistant'].map(interpretationOf)).toEqual([1, 4, 3, 3, 5, 2, 4])
  expect(['', 'NT', 'ie', '-', ' '].map(interpretationOf)).toEqual([0, 0, 0, 0, 0])
  expect(['<=0.5', '22', 'X', 'SR'].map(interpretationOf)).toEqual([null, null, null, null])
})

it('reports species, and nothing that is no organism', () => {
  expect(['Klebsiella pneumoniae subsp. ozaenae', 'Salmonella enterica serovar Typhi', ' Enterobacter  cloacae complex', 'Coagulase-negative Staphylococcus (CoNS)'].map(reportingSpecies))
    .toEqual(['Klebsiella pneumoniae', 'Salmonella enterica', 'Enterobacter cloacae complex', 'Coagulase-negative Staphylococcus (CoNS)'])
  expect(['(unknown name)', 'UNKNOWN', 'No growth', '', 'no significant growth', 'Unidentified organism'].map(reportingSpecies)).toEqual([null, null, null, null, null, null])
})

it('knows exact intervals', () => {
  const interval = (x: number, n: number) => Object.values(clopperPearson(x, n)).map((value) => value.toFixed(5))
  expect(interval(208, 232)).toEqual(['0.84999', '0.93259'])
  expect(interval(0, 10)).toEqual(['0.00000', '0.30850'])
  expect(interval(10, 10)).toEqual(['0.69150', '1.00000'])
  expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(0.6875, 14)
  expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14)
  expect(clopperPearson(5_000_000, 10_000_000).lower).toBeCloseTo(0.499_690_1, 6)
  expect(() => clopperPearson(3, 2)).toThrow(RangeError)
})

describe('phenotypes, by hand', () => {
  const grown = (organism: string, drugs: string[], letters: string[]) => isolatesOf(letters.map((text, id): IsolateRow => (
    { id, patient: 'P', organism, day: id, values: [...text].map((letter) => interpretationOf(letter.replace('.', '')) ?? 9) })), drugs)
  const four = ['AMP', 'CIP', 'GEN', 'VAN']
  const selectedOf = (kind: 'phenotype-points' | 'phenotype-key', organism: string, letters: string[]) =>
    [...selectIsolates(grown(organism, four, letters), { kind, days: 365 })]

  it('takes two points for another isolate: an S against an R is one, an I half of one, a blank none', () => {
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SSSS', 'SRRS'])).toEqual([1, 1])
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SSSS', 'SRIS'])).toEqual([1, 0])
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SSSS', 'RIIS'])).toEqual([1, 1])
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SSSS', 'RR..'])).toEqual([1, 1])
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SS..', '..RR'])).toEqual([1, 0])
  })

  it('looks at the drugs that are key for the Gram stain', () => {
    expect(selectedOf('phenotype-key', 'Escherichia coli', ['SSSS', 'SSRS'])).toEqual([1, 1])
    expect(selectedOf('phenotype-key', 'Escherichia coli', ['SSSS', 'SSSR'])).toEqual([1, 0])
    expect(selectedOf('phenotype-key', 'Staphylococcus aureus', ['SSSS', 'SSSR'])).toEqual([1, 1])
    expect(selectedOf('phenotype-key', 'Staphylococcus aureus', ['SSSS', 'SSRI'])).toEqual([1, 0])
    expect(selectedOf('phenotype-key', 'Candida albicans', ['SSSS', 'SSRR'])).toEqual([1, 0])
  })

  it('keeps the answers of two in the order of completeness, and puts back those of three', () => {
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SS..', 'SS..', 'RRSS'])).toEqual([1, 1, 0])
    expect(selectedOf('phenotype-points', 'Escherichia coli', ['SSS.', 'SSS.', 'RRS.', 'RR..'])).toEqual([1, 0, 1, 1])
  })
})
