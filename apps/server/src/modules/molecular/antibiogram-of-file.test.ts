import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { antibiogramOfFile, type FileQuestion } from './antibiogram-of-file.ts'
import { csvLine } from './isolate-file/index.ts'

const folder = process.env.ALIQUOT_MOLECULAR_DATA ?? join(import.meta.dirname, '../../../../../../shared/data/molecular')
const missing = existsSync(folder) ? '' : ' (left out: no reference tables in ALIQUOT_MOLECULAR_DATA)'

const usual: FileQuestion = { method: 'first-per-patient', episodeDays: 365, minimum: 1, susceptible: 'S', combine: [], onlyAllTested: false, format: 'csv' }
const ask = (file: string | Uint8Array, question: Partial<FileQuestion> = {}) =>
  antibiogramOfFile(typeof file === 'string' ? new TextEncoder().encode(file) : file, { ...usual, ...question })
/** stratum, organism, drug, n_total, n_tested, n_susceptible */
const counts = (...args: Parameters<typeof ask>) => ask(...args).text.trimEnd().split('\r\n').slice(1).map((line) => line.split(',').slice(0, 6).join(' ').trim())

const byHand = `id,pt,org,date,kind,CIP
1,P1,eco,2024-01-05,urine,R
2,P1,eco,2024-01-20,blood,S
3,P1,eco,2025-01-04,urine,S
4,P2,eco,2024-03-01,urine,S
5,P2,kpn,2024-03-01,urine,S
6,P3,eco,2024-12-31,SCREENING,S
7,P3,eco,2025-02-01,urine,I
8,P4,eco,2024-06-01,urine,
`

describe('a file', () => {
  it('is counted as by hand: screening left out, period before firsts, firsts within the stratum', () => {
    expect(counts(byHand)).toEqual(['eco CIP 4 3 1', 'kpn CIP 1 1 1'])
    expect(counts(byHand, { method: 'all' })[0]).toBe('eco CIP 6 5 3')
    expect(counts(byHand, { method: 'episode' })[0]).toBe('eco CIP 5 4 2')
    expect(counts(byHand, { susceptible: 'SI' })[0]).toBe('eco CIP 4 3 2')
    expect(counts(byHand, { from: '2024-01-01', to: '2025-01-01' })[0]).toBe('eco CIP 3 2 1')
    expect(counts(byHand, { from: '2025-01-04' })).toEqual(['eco CIP 2 2 1'])
    expect(counts(byHand, { by: 'year' })).toEqual(['2024 eco CIP 3 2 1', '2024 kpn CIP 1 1 1', '2025 eco CIP 2 2 1'])
    expect(counts(byHand, { by: 'quarter' })[0]).toBe('2024-Q1 eco CIP 2 2 1')
    expect(counts(byHand, { by: 'kind' })).toEqual(['blood eco CIP 1 1 1', 'urine eco CIP 4 3 1', 'urine kpn CIP 1 1 1'])
    expect(ask(byHand, { minimum: 2 }).text).not.toContain('kpn')
    expect(ask(byHand).notes).toContain('1 surveillance isolates are left out')
  })

  it('may be written with semicolons, bars, quotes, marks, other encodings and line ends', () => {
    const plain = ask(byHand).text
    expect(ask(`\uFEFF${byHand}`).text).toBe(plain)
    for (const delimiter of [';', '|', '\t']) expect(ask(byHand.replaceAll(',', delimiter)).text).toBe(plain)
    expect(ask(byHand.replaceAll('\n', '\r\n')).text).toBe(plain)
    expect(ask(byHand.replaceAll(/[^,\n]+/g, '"$&"')).text).toBe(plain)
    expect(ask(new Uint8Array([0xff, 0xfe, ...Buffer.from(byHand, 'utf16le')])).text).toBe(plain)
    expect(ask(byHand.replaceAll('2024-01-05', '05.01.2024')).text).toBe(plain)
    expect(ask(byHand.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$3/$2/$1')).text).toBe(plain)
    expect(ask(byHand.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3')).text).toBe(plain)
    expect(ask(Buffer.from(byHand.replaceAll('eco', 'eco \xe9'), 'latin1')).text).toContain('eco é')
  })

  it('combines drugs, by their names in any case', () => {
    const file = 'id,date,patient,organism,AMC,GEN\n1,2024-01-01,A,eco,R,S\n2,2024-01-01,B,eco,R,\n3,2024-01-01,C,eco,S,\n4,2024-01-01,D,eco,R,R\n'
    expect(counts(file, { combine: ['amc + gen'] }).at(-1)).toBe('eco AMC+GEN 4 3 2')
    expect(counts(file, { combine: ['AMC+GEN'], onlyAllTested: true }).at(-1)).toBe('eco AMC+GEN 4 2 1')
    expect(() => ask(file, { combine: ['AMC+XYZ'] })).toThrow('there is no drug XYZ')
    expect(() => ask(file, { combine: ['AMC'] })).toThrow('two or more drugs')
  })

  it('that cannot be counted says why, with line and column', () => {
    expect(() => ask(byHand.replace('P2,kpn,2024-03-01,urine,S', 'P2,kpn,2024-03-01,urine,X'))).toThrow('Line 6, column CIP: "X" is no interpretation')
    expect(() => ask(byHand.replace('2024-03-01', '2024-02-30'))).toThrow('Line 5, column date: "2024-02-30" is no date')
    expect(() => ask(byHand.replace('P4', ''))).toThrow('Line 9, column pt: is empty')
    expect(() => ask(byHand.replaceAll(/(\d{4})-(\d\d)-\d\d/g, '$2/01/$1').replaceAll('12/01', '12/02'))).toThrow('two ways')
    expect(() => ask(byHand.replace('2024-01-05', '13/01/2024').replace('2024-01-20', '01/13/2024'))).toThrow('day first')
    expect(() => ask(byHand.replace('org', 'x'))).toThrow('No column says the organism')
    expect(() => ask(byHand.replace('kind', 'CIP'))).toThrow('Two columns are called "CIP"')
    expect(() => ask('a,b\n"x,1\n')).toThrow(/Line|Quote/)
    expect(() => ask('')).toThrow('empty')
    expect(() => ask('isolate_id,date,patient,organism,CIP\n1,2024-01-01,A,eco,S\n1,2024-01-02,B,eco,S\n')).toThrow('Line 3, column isolate_id: 1 stands in line 2 already')
    expect(() => ask(byHand, { by: 'hospital' })).toThrow('There is no column "hospital"')
    expect(() => ask(byHand, { from: 'May' })).toThrow('--from is a date')
    expect(() => ask(`${byHand}9,P9,eco,2024-01-01,urine,S,more\n`)).toThrow('Line 10: more cells')
  })

  it('tells drugs from other columns by their values, unless it is told', () => {
    const file = 'id,date,patient,organism,sex,ESBL,ciprofloxacin,AMP_ND10,grade\n1,2024-01-01,A,eco,F,TRUE,S,22,I\n2,2024-01-01,B,eco,M,,R,17,\n'
    expect(ask(file, { drugs: ['Ciprofloxacin'] }).notes[0]).toBe('2 isolates, 1 drugs: ciprofloxacin')
    expect(ask(file, { by: 'grade' }).notes).toContain('Zones and MICs without interpretation are not counted: AMP_ND10')
    expect(counts(file, { by: 'grade' })).toEqual(['(blank) eco ciprofloxacin 1 1 0', 'I eco ciprofloxacin 1 1 1'])
  })
})

it('writes no formula', () => {
  expect(csvLine(['=1+1', '-5', '-x', 'a,"b"', 3, null, '@a'])).toBe('\'=1+1,-5,\'-x,"a,""b""",3,,\'@a\r\n')
})

describe.skipIf(missing !== '')(`reference tables${missing}`, () => {
  it.each([
    ['all_isolates_S', { method: 'all' }], ['all_isolates_SI', { method: 'all', susceptible: 'SI' }], ['patient_first_S', {}], ['episode365_S', { method: 'episode' }],
  ] as [string, Partial<FileQuestion>][])('%s comes out of the file as it is', (name, question) => {
    const theirs = readFileSync(join(folder, `oracle_${name}_name.csv`), 'utf8').trimEnd().replaceAll('"', '').split('\n').slice(1).map((line) => {
      const [organism, drug, , , , ...numbers] = line.split(',')
      return [organism, drug, ...numbers].join(' ')
    })
    const ours = counts(readFileSync(join(folder, 'example_isolates.csv')), { ...question, minimum: 30 })
    expect(ours.toSorted()).toEqual(theirs.toSorted())
  })
})
