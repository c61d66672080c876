import type { Isolates } from './isolates.ts'
import { selectPhenotypes } from './phenotype.ts'

/**
 * Which isolates of a patient count.
 * - `all`: every one.
 * - `first-per-patient`: the first of each species, whatever the specimen and the susceptibilities (CLSI M39, Simner et al. 2022, J Clin Microbiol 60(10)).
 * - `first-per-patient-and-specimen`: the first of each species and kind of specimen (WHO GLASS).
 * - `episode`: the first, and each that comes `days` or more after the start of the episode before: the window is fixed to the first isolate of the
 *   episode, not to the previous isolate.
 * - `phenotype-points`, `phenotype-key`: those of `episode`, and each whose antibiogram is unlike the others of its patient (phenotype.ts).
 */
export type Method =
  | { kind: 'all' }
  | { kind: 'first-per-patient' }
  | { kind: 'first-per-patient-and-specimen' }
  | { kind: 'episode' | 'phenotype-points' | 'phenotype-key'; days: number }

/**
 * 1 for each isolate that counts. Duplicates are looked for inside a stratum, so whoever was on two wards counts on both; what is not `included` (one byte
 * per isolate) is not there at all: filters come before the choice of the first.
 */
export function selectIsolates(isolates: Isolates, method: Method, included?: Uint8Array): Uint8Array {
  const { count } = isolates
  if (method.kind === 'all') return included ? included.slice() : new Uint8Array(count).fill(1)
  const window = 'days' in method ? Math.max(1, method.days) : Number.POSITIVE_INFINITY
  const bySpecimen = method.kind === 'first-per-patient-and-specimen'
  const selected = new Uint8Array(count)
  const starts = new Starts(Math.min(count, 1 << 26))
  const { patient, species, specimen, stratum, day, speciesNames, stratumNames, specimenNames } = isolates
  for (let i = 0; i < count; i++) {
    if (included && included[i] === 0) continue
    let group = ((patient[i] as number) * speciesNames.length + (species[i] as number)) * stratumNames.length + (stratum[i] as number)
    if (bySpecimen) group = group * specimenNames.length + (specimen[i] as number)
    if (starts.begins(group, day[i] as number, window)) selected[i] = 1
  }
  if (method.kind === 'phenotype-points' || method.kind === 'phenotype-key') selectPhenotypes(isolates, method.kind, selected, included)
  return selected
}

/** The day on which the episode of each group began: a hash table of numbers alone. */
class Starts {
  readonly #groups: Float64Array
  readonly #days: Int32Array
  readonly #mask: number

  constructor(groups: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(groups, 8) * 2))
    this.#groups = new Float64Array(size).fill(-1)
    this.#days = new Int32Array(size)
    this.#mask = size - 1
  }

  /** Whether an episode of the group begins on this day; days must not go back. */
  begins(group: number, day: number, window: number): boolean {
    let at = this.#place(group)
    while (this.#groups[at] !== -1 && this.#groups[at] !== group) at = (at + 1) & this.#mask
    if (this.#groups[at] === group && day - (this.#days[at] as number) < window) return false
    this.#groups[at] = group
    this.#days[at] = day
    return true
  }

  #place(group: number): number {
    const high = Math.floor(group / 2 ** 32)
    let hash = Math.imul((group >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    hash ^= hash >>> 15
    return Math.imul(hash, 0xc2b2ae35) >>> 7 & this.#mask
  }
}
