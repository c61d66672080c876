import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Antibiotic, Gene, Organism } from '@aliquot/contracts'
import { aLab } from '../labs/testing.ts'
import { registerModules } from '#platform/module'
import { modules } from '../../modules.ts'
import { testDatabase } from '#platform/testing'
import { mastersOf } from './masters.ts'

// The lists that the defaults were typed from lie beside the repository, or where this says; absent elsewhere.
const folder = process.env.ALIQUOT_MOLECULAR_DATA ?? join(import.meta.dirname, '../../../../../../shared/data/molecular')
const missing = existsSync(folder) ? '' : ' (left out: no lists in ALIQUOT_MOLECULAR_DATA)'

let genes: Map<string, Gene>
let antibiotics: Map<string, Antibiotic>
let organisms: Map<string, Organism>

beforeAll(async () => {
  await testDatabase()
  registerModules(modules)
  const { labId } = await aLab()
  genes = new Map((await mastersOf(labId, 'gene')).map((gene) => [gene.name, gene]))
  antibiotics = new Map((await mastersOf(labId, 'antibiotic')).map((drug) => [drug.whonet_code, drug]))
  organisms = new Map((await mastersOf(labId, 'organism')).map((bug) => [bug.name, bug]))
})

const codesOf = (list: readonly { id: number }[]) =>
  new Set([...antibiotics.values()].filter(({ id }) => list.some((each) => each.id === id)).map(({ whonet_code: code }) => code))
const failsBy = (gene: string) => codesOf(genes.get(gene)?.antibiotics ?? [])
const neverOn = (organism: string) => codesOf(organisms.get(organism)?.intrinsic_antibiotics ?? [])
const all = (codes: Set<string>, ...wanted: string[]) => wanted.every((code) => codes.has(code))
const none = (codes: Set<string>, ...unwanted: string[]) => !unwanted.some((code) => codes.has(code))

describe('resistance by default', () => {
  it('of metallo-beta-lactamases takes every beta-lactam but aztreonam, also with the new inhibitors', () => {
    for (const gene of ['blaNDM', 'blaVIM', 'blaIMP']) {
      expect(all(failsBy(gene), 'MEM', 'IPM', 'ETP', 'CRO', 'CZA', 'MEV', 'IMR'), gene).toBe(true)
      expect(none(failsBy(gene), 'ATM'), gene).toBe(true)
    }
  })

  it('of serine carbapenemases: KPC takes aztreonam, OXA-48 spares third-generation cephalosporins', () => {
    expect(all(failsBy('blaKPC'), 'ATM', 'MEM', 'CRO')).toBe(true)
    expect(none(failsBy('blaKPC'), 'CZA', 'MEV')).toBe(true)
    expect(all(failsBy('blaOXA-48'), 'MEM', 'ETP', 'TZP')).toBe(true)
    expect(none(failsBy('blaOXA-48'), 'CTX', 'CRO', 'CAZ', 'ATM')).toBe(true)
  })

  it('of an ESBL spares carbapenems and cefoxitin, of an AmpC takes cefoxitin and spares cefepime', () => {
    expect(all(failsBy('blaCTX-M'), 'CTX', 'CRO', 'CAZ', 'FEP', 'ATM')).toBe(true)
    expect(none(failsBy('blaCTX-M'), 'FOX', 'MEM', 'ETP', 'IPM')).toBe(true)
    for (const gene of ['blaCMY', 'blaDHA']) {
      expect([all(failsBy(gene), 'FOX', 'CRO'), none(failsBy(gene), 'FEP', 'MEM')], gene).toEqual([true, true])
    }
  })

  it('of mecA and mecC takes all beta-lactams but ceftaroline', () => {
    for (const gene of ['mecA', 'mecC']) {
      expect([all(failsBy(gene), 'OXA', 'FLC', 'MEM', 'CRO'), none(failsBy(gene), 'CPT', 'VAN')], gene).toEqual([true, true])
    }
  })

  it('of vanA takes both glycopeptides, of vanB vancomycin alone', () => {
    expect(failsBy('vanA')).toEqual(new Set(['VAN', 'TEC']))
    expect(failsBy('vanB')).toEqual(new Set(['VAN']))
  })

  it('of sul or dfr, each alone, marks co-trimoxazole', () => {
    for (const gene of ['sul1', 'sul2', 'sul3', 'dfrA', 'dfrG']) expect(failsBy(gene).has('SXT'), gene).toBe(true)
  })

  it('is named for antibiotics that exist, and is said to be a default', () => {
    for (const gene of genes.values()) {
      expect(gene.antibiotics.length, gene.name).toBeGreaterThan(0)
      expect([gene, ...gene.antibiotics].every(({ is_default: isDefault }) => isDefault)).toBe(true)
    }
  })
})

describe('intrinsic resistance by default', () => {
  it('knows what every microbiologist knows', () => {
    expect(all(neverOn('Klebsiella pneumoniae'), 'AMP', 'AMX', 'VAN', 'CLI')).toBe(true)
    expect(none(neverOn('Klebsiella pneumoniae'), 'AMC', 'CRO', 'COL')).toBe(true)
    expect(all(neverOn('Proteus mirabilis'), 'COL', 'NIT', 'TCY')).toBe(true)
    expect(all(neverOn('Pseudomonas aeruginosa'), 'AMC', 'CTX', 'ETP', 'SXT')).toBe(true)
    expect(none(neverOn('Pseudomonas aeruginosa'), 'CAZ', 'MEM', 'TZP', 'CIP')).toBe(true)
    expect(all(neverOn('Stenotrophomonas maltophilia'), 'MEM', 'IPM')).toBe(true)
    expect(none(neverOn('Stenotrophomonas maltophilia'), 'SXT', 'LVX')).toBe(true)
    expect(all(neverOn('Enterococcus faecalis'), 'CRO', 'CLI', 'SXT')).toBe(true)
    expect(none(neverOn('Enterococcus faecalis'), 'AMP', 'VAN', 'LNZ')).toBe(true)
    expect(all(neverOn('Staphylococcus saprophyticus'), 'FOS')).toBe(true)
    expect(neverOn('Pichia kudriavzevii')).toEqual(new Set(['FLU']))
    expect(none(neverOn('Escherichia coli'), 'AMP', 'CRO', 'NIT', 'FOS')).toBe(true)
  })
})

describe('names and codes', () => {
  it('are complete enough to be exported: every antibiotic has its ATC and WHONET code, none twice', () => {
    expect(antibiotics.size).toBe(92)
    for (const { code, name } of antibiotics.values()) expect(code, name).toMatch(/^[A-Z]\d\d[A-Z]{2}\d\d$/)
    expect([genes.size, organisms.size]).toEqual([49, 96])
  })
})

const lines = (name: string) => {
  const [head = '', ...rest] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/)
  return rest.map((line) => Object.fromEntries(line.split(',').map((value, at) => [head.split(',')[at], value])) as Record<string, string>)
}

describe.skipIf(missing !== '')(`the lists that the defaults were typed from${missing}`, () => {
  it('are here, word for word', () => {
    for (const { name = '', category, atc, whonet_code: code = '' } of lines('seed_antibiotics.csv')) {
      expect(antibiotics.get(code), code).toMatchObject({ name, category, code: atc })
    }
    for (const { name = '', category, gram, whonet_code: code } of lines('seed_organisms.csv')) {
      expect(organisms.get(name), name).toMatchObject({ category, gram, whonet_code: code, species: name })
    }
    for (const { gene = '', antibiotics: codes = '' } of lines('seed_genes.csv')) expect(failsBy(gene), gene).toEqual(new Set(codes.split(' ')))
  })

  it('are here with the taxonomy ids that were verified', () => {
    const unverified = ['59505', '156976', '47770']
    for (const { name = '', ncbi_taxid: taxid = '' } of lines('seed_organisms.csv')) {
      expect(organisms.get(name)?.ncbi_taxid, name).toBe(unverified.includes(taxid) ? null : Number(taxid))
    }
  })
})
