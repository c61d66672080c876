import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Antibiogram } from '@aliquot/contracts'
import { modules } from '../../../modules.ts'
import { aBench } from '../../reports/testing.ts'
import { importIsolates, previewImport } from '../isolates/import-isolates.ts'
import type { Actor } from '#platform/auth'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { antibiogramCsv } from './antibiogram-csv.ts'
import { exportWhonet } from './export-whonet.ts'
import { getAntibiogram } from './get-antibiogram.ts'
import { getChoices } from './get-choices.ts'
import { getTrend } from './get-trend.ts'
import { listIsolates } from './list-isolates.ts'

const folder = process.env.ALIQUOT_MOLECULAR_DATA ?? join(import.meta.dirname, '../../../../../../../shared/data/molecular')
const missing = existsSync(folder) ? '' : ' (left out: no reference tables in ALIQUOT_MOLECULAR_DATA)'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
})

const file = (contents: string | Buffer, dryRun = false) => ({ fileName: 'isolates.csv', contents: Buffer.from(contents).toString('base64'), dryRun })
const take = (actor: Actor, contents: string | Buffer) => change(actor, (tx) => importIsolates(tx, file(contents)))
const counts = ({ organisms, columns, cells }: Antibiogram) => cells.map(({ organism, column, nTested, nSusceptible }) =>
  [organisms[organism]?.name, columns[column]?.code, organisms[organism]?.nTotal, nTested, nSusceptible].join(' '))

const whonet = `PATIENT_ID|SEX|AGE|WARD|PAT_TYPE|SPEC_NUM|SPEC_DATE|SPEC_TYPE|SPEC_REAS|ORGANISM|AMP_ND10|CIP_ED5|GEN_NM|XXX_ND1
P1|F|70|ICU|inp|1|2024-01-05|Urine||eco|R|R|<=1|S
P1|F|70|Ward 2|inp|2|2024-01-20|Blood||ECO|S|S|2|S
P2|M|3|Ward 2|out|3|2024-03-01|Urine||kpn|S|I||
P3|M|41|ICU|inp|4|2025-12-31|Urine|Screening|eco|S|S||
P3|M|41|ICU|inp|5|2025-12-31|Urine||=1+1|S|S||
P4|M||ICU|inp|6|2025-02-30|Urine||eco|S|S||
`

describe('a WHONET file', () => {
  let admin: Actor
  beforeAll(async () => {
    admin = (await aBench()).admin
  })

  it('says before what each column becomes and what is refused; imported again, nothing is there twice', async () => {
    const preview = await read(admin, (db) => previewImport(db, file(whonet, true)))
    expect(preview).toMatchObject({
      isolates: 5, alreadyThere: 0, imported: 0, problemCount: 1, problems: [{ line: 7, column: 'SPEC_DATE' }], unknownDrugs: ['XXX_ND1'], unknownOrganisms: [{ name: '=1+1', isolates: 1 }],
    })
    expect(Object.fromEntries(preview.columns.map(({ column, becomes, as }) => [column, `${becomes} ${as}`]))).toMatchObject({
      ORGANISM: 'field organism', AMP_ND10: 'interpretations Ampicillin', GEN_NM: 'text Gentamicin', XXX_ND1: 'left_out ',
    })
    expect(await database.rows('select 1 from molecular.isolate where import_id is not null')).toEqual([])
    expect(await take(admin, whonet)).toMatchObject({ imported: 5, alreadyThere: 0 })
    expect(await take(admin, whonet)).toMatchObject({ imported: 5, alreadyThere: 5 })
    expect(await read(admin, (db) => previewImport(db, file('nothing', true)))).toMatchObject({ refusal: expect.stringContaining('one column only') })
  })

  it('is counted without screening and without zones and MICs, by every filter', async () => {
    const ask = (query: object) => read(admin, (db) => getAntibiogram(db, admin.labId, { minimum: 1, ...query }))
    const whole = await ask({})
    expect(counts(whole)).toContain('Escherichia coli AMP 1 1 0')
    expect(whole.columns.map(({ code }) => code)).toEqual(['AMP', 'CIP'])
    expect(whole.organisms.map(({ name, group }) => [name, group])).toEqual([['Escherichia coli', 'Gram-negative'], ['Klebsiella pneumoniae', 'Gram-negative'], ['=1+1', 'Other']])
    expect(whole.isolates).toEqual({ found: 4, counted: 3, surveillance: 1 })
    // Klebsiella is intrinsically resistant to ampicillin.
    expect(whole.intrinsic.map(({ organism, column }) => [whole.organisms[organism]?.name, whole.columns[column]?.code])).toContainEqual(['Klebsiella pneumoniae', 'AMP'])
    const eco = async (query: object) => counts(await ask(query)).find((line) => line.startsWith('Escherichia coli CIP'))
    expect(await eco({ method: 'all' })).toBe('Escherichia coli CIP 2 2 1')
    expect(await eco({ from: '2024-01-06', to: '2024-01-20' })).toBe('Escherichia coli CIP 1 1 1')
    expect(await eco({ ward: 'Ward 2' })).toBe('Escherichia coli CIP 1 1 1')
    expect(await eco({ specimen: 'Urine' })).toBe('Escherichia coli CIP 1 1 0')
    expect(await eco({ method: 'first-per-patient-and-specimen' })).toBe('Escherichia coli CIP 2 2 1')
    expect(counts(await ask({ ageTo: 17 }))).toEqual(['Klebsiella pneumoniae AMP 1 1 1', 'Klebsiella pneumoniae CIP 1 1 0'])
    expect(counts(await ask({ patientType: 'out', susceptible: 'SI' }))).toContain('Klebsiella pneumoniae CIP 1 1 1')
    expect(counts(await ask({ group: 'Other' }))).toEqual(['=1+1 AMP 1 1 1', '=1+1 CIP 1 1 1'])
    const both = whole.columns.map(({ key }) => key).join('+')
    expect(counts(await ask({ combine: [both] }))).toContain('Klebsiella pneumoniae AMP + CIP 1 1 1')
    expect(await read(admin, (db) => getChoices(db, admin.labId))).toEqual({ years: [2025, 2024], specimens: ['Blood', 'Urine'], wards: ['ICU', 'Ward 2'], isolates: 5 })
  })

  it('shows the isolates behind a cell, a year at a time, and gives them back', async () => {
    const antibioticId = Number((await read(admin, (db) => getAntibiogram(db, admin.labId, {}))).columns.find(({ code }) => code === 'CIP')?.key)
    const query = { organism: 'Escherichia coli', antibioticId, method: 'all' as const, limit: 1 }
    const first = await read(admin, (db) => listIsolates(db, admin.labId, query))
    expect(first.items).toMatchObject([{ collectedOn: '2024-01-05', interpretation: 'R', filePatient: 'P1', sex: 'female', ageYears: 70, importedFrom: 'isolates.csv' }])
    const second = await read(admin, (db) => listIsolates(db, admin.labId, { ...query, cursor: first.next ?? '' }))
    expect([second.items.map(({ interpretation }) => interpretation), second.next]).toEqual([['S'], null])
    expect((await read(admin, (db) => listIsolates(db, admin.labId, { ...query, interpretation: 'R' }))).next).toBe(null)
    expect((await read(admin, (db) => getTrend(db, admin.labId, query))).years).toEqual([{ year: 2024, nTotal: 2, nTested: 2, nSusceptible: 1, counts: { S: 1, I: 0, SDD: 0, R: 1, NS: 0 } }])
    const given = await read(admin, (db) => exportWhonet(db, admin.labId, { deidentify: false }))
    expect(given).toContain(',P1,,,F,70,,ICU,in,1,2024-01-05,Urine,Diagnostic,eco,')
    expect(given.split('\r\n')[0]).toContain('AMP_ND,CIP_ND,GEN_NM')
    const hidden = await read(admin, (db) => exportWhonet(db, admin.labId, {}))
    expect(hidden).not.toContain(',P1,')
    expect(hidden).toContain("'=1+1")
    expect(await read(admin, (db) => antibiogramCsv(db, admin.labId, { minimum: 1 }))).toContain('Escherichia coli,Gram-negative,Ciprofloxacin,CIP,1,1,0,0,0,0,1,0,0,0,97.5,,,first-per-patient,S,1,2024-01-05,2025-12-31')
  })

  it('is nothing to another lab', async () => {
    const { admin: stranger } = await aBench()
    expect((await read(stranger, (db) => getAntibiogram(db, stranger.labId, {}))).organisms).toEqual([])
    expect(await read(stranger, (db) => exportWhonet(db, stranger.labId, {}))).not.toContain('P1')
  })
})

describe.skipIf(missing !== '')(`reference tables${missing}`, () => {
  it('come out of the database as they come out of the file', async () => {
    const { admin } = await aBench()
    expect(await take(admin, readFileSync(join(folder, 'example_isolates.csv')))).toMatchObject({ imported: 1984, problemCount: 0, unknownDrugs: [] })
    for (const [name, query] of [['all_isolates_S', { method: 'all' }], ['all_isolates_SI', { method: 'all', susceptible: 'SI' }], ['patient_first_S', {}], ['episode365_S', { method: 'episode' }]] as const) {
      const theirs = readFileSync(join(folder, `oracle_${name}_name.csv`), 'utf8').trimEnd().replaceAll('"', '').split('\n').slice(1).map((line) => {
        const [organism, drug, , , , ...numbers] = line.split(',')
        return [organism, drug, ...numbers].join(' ')
      })
      const found = await read(admin, (db) => getAntibiogram(db, admin.labId, query))
      const shown = { ...found, cells: found.cells.filter(({ tooFew }) => !tooFew) }
      expect(counts(shown).toSorted()).toEqual(theirs.toSorted())
    }
  })
})
