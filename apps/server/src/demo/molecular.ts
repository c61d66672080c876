import type { MolecularEntry, PanelBody, PanelCutOff, TestDefinition } from '@aliquot/contracts'
import { activateTest, createTest } from '../modules/catalog/index.ts'
import { defaultDrugs, getEntry, mastersNamed, savePanel, updateDrugs } from '../modules/molecular/index.ts'
import type { Actor } from '../platform/auth/index.ts'
import { at, change, read } from '../platform/unit-of-work/index.ts'
import type { Random } from './random.ts'

const ct = (cutOff: number, grey: number): PanelCutOff => ({ cut_off: cutOff, kind: 'CT_MAX', unit: '', grey })
const load: PanelCutOff = { cut_off: 10_000, kind: 'LOAD_MIN', unit: 'copies/mL', grey: null }

const aTest = (given: Pick<TestDefinition, 'code' | 'name' | 'shortName' | 'specimen'>): TestDefinition => ({
  loinc: null, department: 'MICRO', formatType: 5, method: null, turnaroundMinutes: 1440, requiredSignRank: 2, parameters: [], notes: null, interpretation: null, ...given,
})

const respiratory = ['Severe acute respiratory syndrome coronavirus 2', 'Influenza A virus', 'Influenza B virus', 'Human orthopneumovirus (RSV)', 'Human metapneumovirus',
  'Human rhinovirus', 'Human adenovirus', 'Streptococcus pneumoniae', 'Haemophilus influenzae', 'Legionella pneumophila']
const urinary = ['Escherichia coli', 'Klebsiella pneumoniae', 'Proteus mirabilis', 'Pseudomonas aeruginosa', 'Enterococcus faecalis', 'Enterococcus faecium',
  'Staphylococcus aureus', 'Staphylococcus saprophyticus', 'Streptococcus agalactiae', 'Candida albicans']
const urinaryGenes = ['blaKPC', 'blaNDM', 'blaOXA-48', 'blaCTX-M', 'mecA', 'vanA', 'vanB', 'qnrS', 'sul1', 'dfrA']
const urinaryDrugs = ['AMP', 'AMC', 'TZP', 'CTX', 'CAZ', 'ETP', 'MEM', 'GEN', 'CIP', 'SXT', 'NIT', 'FOS', 'VAN']
const cultureDrugs = ['AMP', 'AMC', 'TZP', 'CTX', 'CAZ', 'MEM', 'GEN', 'CIP', 'SXT', 'NIT', 'FOS']

/** Tests of organisms and genes with their panels: a respiratory and a urinary PCR, and a urine culture. */
export async function placeMolecular(actor: Actor): Promise<void> {
  const { organisms, genes, antibiotics } = await read(actor, mastersNamed)
  const ids = (of: Record<string, number>, names: readonly string[]): number[] => names.flatMap((name) => of[name] ?? [])
  const body = (given: Partial<PanelBody>): PanelBody => ({
    kind: 'pcr', method: '', limitations: '', load_unit: '', bins: [], organisms: [], genes: [], antibiotics: [], controls: [], ...given,
  })
  const limitations = 'A target that is not detected may be present below the limit of detection. Detection does not tell live organisms from dead ones; correlate with the clinical picture.'
  const controls = [{ name: 'Internal control', role: 'internal' as const, cut_off: 34 }, { name: 'No template', role: 'negative' as const, cut_off: null }]
  const made: [Pick<TestDefinition, 'code' | 'name' | 'shortName' | 'specimen'>, number, PanelBody][] = [
    [{ code: 'RESPPCR', name: 'Respiratory pathogens, PCR panel', shortName: 'Respiratory PCR', specimen: { type: 'Nasopharyngeal swab', container: 'Viral transport medium', volumeMl: 3 } }, 420_000, body({
      method: 'Multiplex real-time RT-PCR, nucleic acid extracted from nasopharyngeal swab.', limitations, controls,
      organisms: ids(organisms, respiratory).map((id, place) => ({ id, judged_by: ct(37, 40), ...(place === 0 ? { parts: ['ORF1ab', 'N'] } : {}) })),
    })],
    [{ code: 'UTIPCR', name: 'Urinary tract pathogens and resistance, PCR panel', shortName: 'UTI PCR', specimen: { type: 'Urine', container: 'Sterile container', volumeMl: 10 } }, 560_000, body({
      method: 'Quantitative real-time PCR of 10 organisms and 10 resistance genes.', limitations, controls, load_unit: 'copies/mL',
      bins: [{ from: 0, label: '< 10,000' }, { from: 10_000, label: '10,000–49,999' }, { from: 50_000, label: '50,000–99,999' }, { from: 100_000, label: '≥ 100,000' }],
      organisms: ids(organisms, urinary).map((id) => ({ id, judged_by: load })), genes: ids(genes, urinaryGenes).map((id) => ({ id, judged_by: ct(36, 38) })),
      antibiotics: ids(antibiotics, urinaryDrugs),
    })],
    [{ code: 'URCULT', name: 'Urine culture with susceptibility', shortName: 'Urine culture', specimen: { type: 'Urine', container: 'Sterile container', volumeMl: 10 } }, 90_000, body({
      kind: 'culture', method: 'Semi-quantitative culture on chromogenic agar; disk diffusion.', load_unit: 'CFU/mL', antibiotics: ids(antibiotics, cultureDrugs),
      limitations: 'Susceptibility as interpreted by the laboratory for the specimen named above.',
    })],
  ]
  for (const [definition, price, panel] of made) {
    const { id, version } = await change(actor, (tx) => createTest(tx, { definition: aTest(definition), price }))
    await change(actor, (tx) => activateTest(tx, id, { version, acknowledgeWarnings: true }))
    await change(actor, (tx) => savePanel(tx, id, panel))
  }
}

/** The bench reads a report of organisms and genes: most urine grows nothing or Escherichia coli, most swabs have one virus or none. */
export async function readTargets(bench: Actor, random: Random, { reportId, time, complete }: { reportId: number; time: Date; complete: boolean }): Promise<MolecularEntry> {
  const { entry, named } = await read(bench, async (db) => ({ ...await getEntry(db, bench, reportId), named: (await mastersNamed(db)).organisms }))
  return at(time, () => change(bench, async (tx) => {
    if (entry.plan.kind === 'culture') return updateDrugs(tx, reportId, { ...grown(random, entry, named), complete })
    const organisms = entry.plan.targets.filter(({ kind }) => kind === 'organism')
    const found = new Set(random.chance(0.3) ? [] : [random.integer(0, Math.min(3, organisms.length - 1)), ...(random.chance(0.2) ? [random.integer(0, organisms.length - 1)] : [])])
    await updateDrugs(tx, reportId, {
      controls: [{ name: 'Internal control', result: random.between(24, 31).toFixed(1) }, { name: 'No template', result: 'No Ct' }],
      organisms: organisms.filter((_, place) => found.has(place)).map(({ id, cut_off_kind: kind, parts }) => (kind === 'LOAD_MIN' ? { id, viral_load: random.pick([18_000, 64_000, 250_000, 1_200_000]) }
        : { id, readings: Array.from({ length: Math.max(1, parts.length) }, () => random.between(18, 36).toFixed(1)) })),
      genes: entry.plan.targets.filter(({ kind }) => kind === 'gene').filter(() => found.size > 0 && random.chance(0.12)).map(({ id }) => ({ id, result: random.between(20, 35).toFixed(1) })),
    })
    const read = await defaultDrugs(tx, reportId, undefined)
    return complete ? updateDrugs(tx, reportId, { complete }) : read
  }))
}

/** Mostly Escherichia coli, as in any outpatient's urine. */
const growing = ['Escherichia coli', 'Escherichia coli', 'Escherichia coli', 'Klebsiella pneumoniae', 'Enterococcus faecalis', 'Proteus mirabilis']

function grown(random: Random, { plan: { antibiotics } }: MolecularEntry, organisms: Record<string, number>) {
  const organism = organisms[random.pick(growing)]
  if (random.chance(0.4) || organism === undefined) return { growth: 'no_growth' as const }
  return {
    growth: 'growth' as const,
    organisms: [{ id: organism, amount: random.pick(['> 10^5', '5 × 10^4', '> 10^5']) }],
    antibiotics: antibiotics.map(({ id }, place) => ({
      id, organism_id: organism, method: 'Disk', result: random.chance(place < 2 ? 0.45 : 0.14) ? 'R' : random.chance(0.05) ? 'I' : 'S', measured: `${random.integer(8, 30)} mm`,
    })),
  }
}
