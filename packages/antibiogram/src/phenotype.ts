import { gramOf } from './gram.ts'
import { doseDependent, intermediate, notCounted, susceptible } from './interpretation.ts'
import type { Isolates } from './isolates.ts'

/** The drugs that `phenotype-key` looks at: six for every bacterium, six more by its Gram stain. */
export const keyDrugs = {
  universal: ['AMP', 'AMC', 'CXM', 'TZP', 'CIP', 'SXT'],
  negative: ['GEN', 'TOB', 'COL', 'CTX', 'CAZ', 'MEM'],
  positive: ['VAN', 'TEC', 'TCY', 'ERY', 'OXA', 'RIF'],
} as const

/** Two points, an S against an R being one and an I against either half of one, make two isolates different. */
const pointsThreshold = 2

/** An isolate's antibiogram in letters, one per drug: S, I (also SDD), R (also NS), and a dot where it was not tested. */
const letterOf = (value: number): string =>
  value === notCounted ? '.' : value === susceptible ? 'S' : value === intermediate || value === doseDependent ? 'I' : 'R'

type Different = (a: string, b: string) => boolean

const byPoints: Different = (a, b) => differences(a, b, 0.5) >= pointsThreshold
const byAnyDrug: Different = (a, b) => differences(a, b, 0) >= 1

/** S against R counts 1; I against S or R what `ofIntermediate` says; what was not tested on either side, nothing. */
function differences(a: string, b: string, ofIntermediate: number): number {
  let sum = 0
  for (let n = 0; n < a.length; n++) {
    if (a[n] === b[n] || a[n] === '.' || b[n] === '.') continue
    sum += a[n] === 'I' || b[n] === 'I' ? ofIntermediate : 1
  }
  return sum
}

/**
 * Sets 1 in `selected` for each isolate whose antibiogram is unlike the others of its patient, species and stratum, as the AMR package for R says it
 * (`first_isolate`, methods "phenotype-based"; the rule and its published numbers, not its source).
 */
export function selectPhenotypes(isolates: Isolates, kind: 'phenotype-points' | 'phenotype-key', selected: Uint8Array, included?: Uint8Array): void {
  const lettersOf = readerOf(isolates, kind)
  const different = kind === 'phenotype-points' ? byPoints : byAnyDrug
  for (const members of groupsOf(isolates, included)) {
    if (members.length === 1) continue
    newOnes(members.map(lettersOf), different).forEach((isNew, n) => {
      if (isNew) selected[members[n] as number] = 1
    })
  }
}

function readerOf({ drugs, species, speciesNames, values }: Isolates, kind: 'phenotype-points' | 'phenotype-key'): (isolate: number) => string {
  const every = drugs.map((_, n) => n)
  const places = speciesNames.map((name) => {
    if (kind === 'phenotype-points') return every
    const gram = gramOf(name)
    const names: readonly string[] = gram ? [...keyDrugs.universal, ...keyDrugs[gram]] : keyDrugs.universal
    return names.map((drug) => drugs.indexOf(drug)).filter((place) => place !== -1)
  })
  return (isolate) => (places[species[isolate] as number] ?? []).map((place) => letterOf(values[isolate * drugs.length + place] as number)).join('')
}

/** The isolates of each patient, species and stratum, in order of time. */
function groupsOf({ count, patient, species, stratum, speciesNames, stratumNames }: Isolates, included?: Uint8Array): Iterable<number[]> {
  const groups = new Map<number, number[]>()
  for (let i = 0; i < count; i++) {
    if (included && included[i] === 0) continue
    const group = ((patient[i] as number) * speciesNames.length + (species[i] as number)) * stratumNames.length + (stratum[i] as number)
    const members = groups.get(group)
    if (members) members.push(i)
    else groups.set(group, [i])
  }
  return groups.values()
}

/**
 * Which antibiograms, given in order of time, are new. The same antibiogram is new once at most. Different ones are compared from the most complete to the
 * least, of equally complete ones in the order of their letters; each with all before it, and with those after it that occur more than once.
 *
 * Two quirks of the package are kept, since its numbers are what this is compared with. The second isolate in that order is compared with the first alone.
 * And where nothing is left to compare after these two, the answers stay in the order of completeness: they are given to the isolates in order of time as they are.
 */
function newOnes(antibiograms: readonly string[], different: Different): boolean[] {
  const times = Map.groupBy(antibiograms.keys(), (n) => antibiograms[n] as string)
  const distinct = [...times.keys()].sort((a, b) => blanks(a) - blanks(b) || (a < b ? -1 : 1))
  const occurrences = distinct.map((one) => times.get(one)?.length ?? 0)
  const isNew = distinct.map((one, n) => {
    if (n === 0) return true
    const secondIsolate = n === 1 && occurrences[0] === 1
    return distinct.some((other, m) => (m < n || (m > n && !secondIsolate && (occurrences[m] ?? 0) > 1)) && different(one, other))
  })
  const settledByTwo = distinct.length === 1 || (distinct.length === 2 && occurrences[0] === 1)
  if (settledByTwo) return antibiograms.map((_, n) => isNew[n] ?? false)
  const answers = antibiograms.map(() => false)
  distinct.forEach((one, n) => { answers[times.get(one)?.[0] as number] = isNew[n] as boolean })
  return answers
}

const blanks = (letters: string): number => letters.split('.').length
