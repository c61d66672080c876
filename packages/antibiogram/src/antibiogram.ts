import { countsAsSusceptible, codeCount, type Susceptible } from './interpretation.ts'
import { clopperPearson } from './interval.ts'
import type { Isolates } from './isolates.ts'
import { selectIsolates, type Method } from './select.ts'
import { tally, type Combination } from './tally.ts'

export interface Question {
  method: Method
  susceptible: Susceptible
  /** Fewer tested isolates than this are no basis for a percentage; CLSI M39 says 30. */
  minimum: number
  combinations?: readonly Combination[]
}

/** Isolates of one species, in one stratum, against one drug or combination. */
export interface Cell {
  stratum: string
  organism: string
  antibiotic: string
  /** Selected isolates of the species, tested or not. */
  nTotal: number
  nTested: number
  nSusceptible: number
  /** Isolates with each interpretation, by its number; of combinations only S and R. */
  counts: number[]
  /** Fewer isolates than the minimum were tested. */
  tooFew: boolean
  /** Less than 70 % of the isolates were tested: whoever tests only resistant isolates finds resistance. */
  selective: boolean
}

/**
 * The cumulative antibiogram: which isolates count (step 3 of CLSI M39's way), then counts per species and drug (4), then what is too few (6). Filters come
 * before: leave out of `isolates` or of `included` what is not asked for. Untested pairs have no cell. In order of stratum, organism and column.
 */
export function antibiogram(isolates: Isolates, question: Question, included?: Uint8Array): Cell[] {
  const selected = selectIsolates(isolates, question.method, included)
  const { columns, totals, counts } = tally(isolates, selected, question.susceptible, question.combinations)
  const counting = countsAsSusceptible(question.susceptible)
  const cells: Cell[] = []
  const speciesOrder = inOrder(isolates.speciesNames)
  for (const stratum of inOrder(isolates.stratumNames)) {
    for (const species of speciesOrder) {
      const row = stratum * isolates.speciesNames.length + species
      const nTotal = totals[row] as number
      if (nTotal === 0) continue
      columns.forEach((antibiotic, column) => {
        const from = (row * columns.length + column) * codeCount
        const cell = [...counts.subarray(from, from + codeCount)]
        const nTested = nTotal - (cell[0] as number)
        if (nTested === 0) return
        const nSusceptible = cell.reduce((sum, n, code) => sum + (counting[code] === 1 ? n : 0), 0)
        cells.push({
          stratum: isolates.stratumNames[stratum] as string, organism: isolates.speciesNames[species] as string, antibiotic,
          nTotal, nTested, nSusceptible, counts: cell, tooFew: nTested < question.minimum, selective: nTested < 0.7 * nTotal,
        })
      })
    }
  }
  return cells
}

/** Percent susceptible with its exact 95 % interval, unrounded: compare counts, round for display alone. */
export function percentOf({ nSusceptible, nTested }: { nSusceptible: number; nTested: number }): { percent: number; lower: number; upper: number } {
  const { lower, upper } = clopperPearson(nSusceptible, nTested)
  return { percent: (100 * nSusceptible) / nTested, lower: 100 * lower, upper: 100 * upper }
}

const inOrder = (names: readonly string[]): number[] =>
  names.map((_, n) => n).sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1))
