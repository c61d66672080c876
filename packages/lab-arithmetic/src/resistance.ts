/** What is known of an organism and an antibiotic. Nothing here ever says susceptible: that is only ever measured. */
export const cellStates = ['INTRINSIC_R', 'PREDICTED_R', 'PHENOTYPE', 'NO_MARKER', 'NOT_TESTED'] as const
export type CellState = (typeof cellStates)[number]

export const susceptibilities = ['S', 'I', 'R', 'SDD', 'NS'] as const
export type Susceptibility = (typeof susceptibilities)[number]

/** An organism that was found; `key` tells two isolates of one species apart. */
export interface FoundOrganism {
  key: string
  organismId: number
  /** The antibiotics of its table, in their order. */
  antibioticIds: readonly number[]
}

/** A gene of the panel. `organismIds`: the only ones that it can belong to; empty for any that has one of its antibiotics. */
export interface TestedGene {
  name: string
  detected: boolean
  antibioticIds: readonly number[]
  organismIds: readonly number[]
}

export interface Phenotype {
  key: string
  antibioticId: number
  value: Susceptibility
}

export interface Cell {
  key: string
  organismId: number
  antibioticId: number
  state: CellState
  /** The detected genes that speak for resistance. In a mixed sample a gene belongs to no organism in particular: each of them is possible. */
  genes: string[]
  value: Susceptibility | null
  /** Measured susceptible, against a gene or against the nature of the organism. */
  conflict: boolean
}

export interface ResistanceInput {
  organisms: readonly FoundOrganism[]
  genes: readonly TestedGene[]
  /** `organismId:antibioticId` */
  intrinsic: ReadonlySet<string>
  phenotypes: readonly Phenotype[]
}

/**
 * The antimicrobiogram of one report: a cell for each found organism and each of its antibiotics, and for what was measured beyond them. Intrinsic
 * resistance comes first, then genes, then what was measured, which is shown in place of a gene's prediction.
 */
export function resistanceCells({ organisms, genes, intrinsic, phenotypes }: ResistanceInput): Cell[] {
  const measured = new Map(phenotypes.map(({ key, antibioticId, value }) => [`${key}/${antibioticId}`, value]))
  return organisms.flatMap(({ key, organismId, antibioticIds }) => {
    const beyond = phenotypes.filter((each) => each.key === key && !antibioticIds.includes(each.antibioticId)).map(({ antibioticId }) => antibioticId)
    return [...new Set([...antibioticIds, ...beyond])].map((antibioticId): Cell => {
      const value = measured.get(`${key}/${antibioticId}`) ?? null
      const natural = intrinsic.has(`${organismId}:${antibioticId}`)
      const against = genes.filter((gene) => gene.detected && gene.antibioticIds.includes(antibioticId) && mayCarry(gene, organismId))
      const state = natural ? 'INTRINSIC_R' : against.length > 0 ? 'PREDICTED_R' : value ? 'PHENOTYPE' : genes.length > 0 ? 'NO_MARKER' : 'NOT_TESTED'
      return { key, organismId, antibioticId, state, genes: against.map(({ name }) => name), value, conflict: value === 'S' && (natural || against.length > 0) }
    })
  })
}

const mayCarry = ({ organismIds }: TestedGene, organismId: number): boolean => organismIds.length === 0 || organismIds.includes(organismId)

/** Whether any found organism can carry the gene; a gene that none can carry is not applicable, whatever was measured. */
export const geneApplies = (gene: Omit<TestedGene, 'name' | 'detected'>, organisms: readonly FoundOrganism[]): boolean => organisms.some(({ organismId, antibioticIds }) =>
  (gene.organismIds.length > 0 ? gene.organismIds.includes(organismId) : antibioticIds.some((id) => gene.antibioticIds.includes(id))))

/** The one letter or sign of a cell: R by nature or measured, R* by a gene, the measured letter, – for no marker, blank where nothing was tested. */
export function cellSign({ state, value }: Pick<Cell, 'state' | 'value'>): string {
  if (state === 'INTRINSIC_R') return 'R'
  if (value) return value
  return state === 'PREDICTED_R' ? 'R*' : state === 'NO_MARKER' ? '–' : ''
}
