import { reportingSpecies } from './species.ts'

/** One isolate as it comes: from a row of a file, or of a table. */
export interface IsolateRow {
  /** Unique. Of two isolates of one day the one with the lower id is the first. */
  id: string | number
  patient: string | number
  organism: string
  /** Days since 1970-01-01 of the collection of the specimen. */
  day: number
  specimen?: string
  /** What the isolate is counted under; all under '' where it is not given. */
  stratum?: string
  /** One number of an interpretation per drug, in the order of the drugs. */
  values: ArrayLike<number>
}

/**
 * Isolates in columns, in order of time: by day, then by id. Every rule about "first" relies on that order. Names are numbered: `patient`, `species`,
 * `specimen` and `stratum` hold positions in lists of names, `values` holds `drugs.length` interpretations per isolate.
 */
export interface Isolates {
  readonly count: number
  readonly ids: readonly (string | number)[]
  readonly drugs: readonly string[]
  readonly speciesNames: readonly string[]
  readonly specimenNames: readonly string[]
  readonly stratumNames: readonly string[]
  readonly patientCount: number
  readonly patient: Int32Array
  readonly species: Int32Array
  readonly specimen: Int32Array
  readonly stratum: Int32Array
  readonly day: Int32Array
  readonly values: Uint8Array
}

/** Rows in any order become isolates in order of time. Those whose organism is not known are left out, as are none other. */
export function isolatesOf(rows: Iterable<IsolateRow>, drugs: readonly string[]): Isolates {
  const known: { row: IsolateRow; species: string }[] = []
  for (const row of rows) {
    const species = reportingSpecies(row.organism)
    if (species !== null) known.push({ row, species })
  }
  known.sort((a, b) => a.row.day - b.row.day || compareIds(a.row.id, b.row.id))
  const [patients, species, specimens, strata] = [new Names(), new Names(), new Names(), new Names()]
  const values = new Uint8Array(known.length * drugs.length)
  known.forEach(({ row }, n) => values.set(row.values, n * drugs.length))
  const numbered = (number: (isolate: (typeof known)[number]) => number) => Int32Array.from(known, number)
  return {
    count: known.length, ids: known.map(({ row }) => row.id), drugs, values,
    patient: numbered(({ row }) => patients.number(String(row.patient))),
    species: numbered((isolate) => species.number(isolate.species)),
    specimen: numbered(({ row }) => specimens.number(row.specimen ?? '')),
    stratum: numbered(({ row }) => strata.number(row.stratum ?? '')),
    day: numbered(({ row }) => row.day),
    patientCount: patients.list.length, speciesNames: species.list, specimenNames: specimens.list, stratumNames: strata.list,
  }
}

/** Positions of names in a list, in the order in which they were first seen. */
class Names {
  readonly list: string[] = []
  readonly #numbers = new Map<string, number>()

  number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.list.length)
    return this.list.push(name) - 1
  }
}

const wholeNumber = /^\d+$/

/** Numbers by their size, before other texts; texts by their characters. */
function compareIds(a: string | number, b: string | number): number {
  const [textA, textB] = [String(a), String(b)]
  const [numberA, numberB] = [wholeNumber.test(textA), wholeNumber.test(textB)]
  if (numberA !== numberB) return numberA ? -1 : 1
  if (numberA) {
    const difference = Number(textA) - Number(textB)
    if (difference !== 0) return difference
  }
  return textA < textB ? -1 : textA > textB ? 1 : 0
}
