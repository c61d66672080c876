import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellSign, geneApplies, resistanceCells, susceptibilities, type FoundOrganism, type ResistanceInput, type TestedGene } from './resistance.ts'

const eco: FoundOrganism = { key: 'eco', organismId: 1, antibioticIds: [30, 10, 20] }
const pae: FoundOrganism = { key: 'pae', organismId: 2, antibioticIds: [10, 20] }
const kpc: TestedGene = { name: 'KPC', detected: true, antibioticIds: [10], organismIds: [] }
const mecA: TestedGene = { name: 'mecA', detected: true, antibioticIds: [20], organismIds: [9] }
const cells = (given: Partial<ResistanceInput>) => resistanceCells({ organisms: [eco], genes: [], intrinsic: new Set(), phenotypes: [], ...given })

it('fills the cells in the order of the organism, nature before genes before what was measured', () => {
  const made = cells({ organisms: [eco, pae], genes: [kpc], intrinsic: new Set(['2:20']), phenotypes: [{ key: 'eco', antibioticId: 20, value: 'I' }] })
  expect(made.map(({ key, antibioticId, state }) => [key, antibioticId, state])).toEqual([
    ['eco', 30, 'NO_MARKER'], ['eco', 10, 'PREDICTED_R'], ['eco', 20, 'PHENOTYPE'], ['pae', 10, 'PREDICTED_R'], ['pae', 20, 'INTRINSIC_R'],
  ])
  expect(made.map(cellSign)).toEqual(['–', 'R*', 'I', 'R*', 'R'])
})

it('marks a measured S against a gene, and shows what was measured', () => {
  const [, cell] = cells({ genes: [kpc], phenotypes: [{ key: 'eco', antibioticId: 10, value: 'S' }] })
  expect(cell).toMatchObject({ state: 'PREDICTED_R', genes: ['KPC'], value: 'S', conflict: true })
  expect(cell && cellSign(cell)).toBe('S')
  expect(cells({ genes: [kpc], phenotypes: [{ key: 'eco', antibioticId: 10, value: 'R' }] })[1]).toMatchObject({ conflict: false, value: 'R' })
  const natural = cells({ intrinsic: new Set(['1:10']), phenotypes: [{ key: 'eco', antibioticId: 10, value: 'S' }] })[1]
  expect(natural).toMatchObject({ state: 'INTRINSIC_R', conflict: true })
  expect(natural && cellSign(natural)).toBe('R')
})

it('keeps what was measured beyond the table of the organism', () => {
  expect(cells({ phenotypes: [{ key: 'eco', antibioticId: 99, value: 'R' }] }).at(-1)).toMatchObject({ antibioticId: 99, state: 'PHENOTYPE' })
})

it('lets a gene speak only for organisms that can carry it, and says where it does not apply', () => {
  expect(cells({ genes: [mecA] }).map(({ state }) => state)).toEqual(['NO_MARKER', 'NO_MARKER', 'NO_MARKER'])
  expect(geneApplies(mecA, [eco, pae])).toBe(false)
  expect(geneApplies(kpc, [eco])).toBe(true)
  expect(geneApplies({ ...kpc, antibioticIds: [77] }, [eco])).toBe(false)
  expect(geneApplies(kpc, [])).toBe(false)
})

it('never says susceptible without a measurement, and nothing at all without a test', () => {
  const id = fc.integer({ min: 1, max: 6 })
  const organism = fc.record({ organismId: id, antibioticIds: fc.uniqueArray(id) }).map((each): FoundOrganism => ({ key: String(each.organismId), ...each }))
  const gene = fc.record({ name: fc.constantFrom('a', 'b'), detected: fc.boolean(), antibioticIds: fc.uniqueArray(id), organismIds: fc.uniqueArray(id, { maxLength: 2 }) })
  const phenotype = fc.record({ key: id.map(String), antibioticId: id, value: fc.constantFrom(...susceptibilities) })
  fc.assert(fc.property(fc.uniqueArray(organism, { selector: ({ key }) => key }), fc.array(gene, { maxLength: 4 }), fc.array(fc.tuple(id, id)),
    fc.uniqueArray(phenotype, { selector: ({ key, antibioticId }) => `${key}/${antibioticId}` }), (organisms, genes, pairs, phenotypes) => {
      const made = resistanceCells({ organisms, genes, intrinsic: new Set(pairs.map((pair) => pair.join(':'))), phenotypes })
      for (const cell of made) {
        if (cell.value === null) expect(cellSign(cell)).not.toBe('S')
        if (genes.length === 0 && cell.value === null && cell.state !== 'INTRINSIC_R') expect(cell.state).toBe('NOT_TESTED')
        if (cell.state === 'PREDICTED_R') expect(cell.genes.length).toBeGreaterThan(0)
        if (cell.conflict) expect(cell.value).toBe('S')
      }
      const kept = phenotypes.filter(({ key }) => organisms.some((each) => each.key === key))
      expect(made.filter(({ value }) => value !== null)).toHaveLength(kept.length)
      expect(new Set(made.map(({ key, antibioticId }) => `${key}/${antibioticId}`)).size).toBe(made.length)
    }))
})
