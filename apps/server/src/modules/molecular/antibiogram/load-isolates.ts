import type { Isolates } from '@aliquot/antibiogram'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'
import { eachResult } from '../isolates/packed-results.ts'
import { filtered, type IsolateFilter } from './filter.ts'

export interface Loaded {
  isolates: Isolates
  /** Ids of the antibiotics in the order of `isolates.drugs`, which are the same ids as text. */
  antibioticIds: number[]
}

/** What isolates are counted under besides their species. */
export type Stratum = 'none' | 'year'

/**
 * The isolates that a filter leaves, ready to be counted. One text per species travels, not one row per isolate: half a million isolates
 * arrive in the time in which the driver makes objects of fifty thousand rows.
 */
export async function loadIsolates(db: Reader, labId: number, filter: IsolateFilter, by: Stratum = 'none'): Promise<Loaded> {
  const { rows } = await sql<{ species: string; count: number; isolates: string }>`
    select i.species, count(*)::int as count, string_agg(concat_ws(E'\t', i.id, coalesce(i.patient_id::text, 'x' || i.file_patient),
      i.collected_on - date '1970-01-01', ${by === 'year' ? sql`extract(year from i.collected_on)::int` : sql`0`}, i.specimen, i.results), E'\n') as isolates
    from molecular.isolate i ${filtered(labId, filter)} and not i.surveillance group by i.species order by i.species`.execute(db as never)
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  const found: Found = {
    ids: new Float64Array(count), patient: new Int32Array(count), species: new Int32Array(count), specimen: new Int32Array(count),
    stratum: new Int32Array(count), day: new Int32Array(count), text: new Int32Array(count), from: new Int32Array(count), to: new Int32Array(count),
  }
  const [patients, specimens, strata] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  let at = 0
  rows.forEach(({ isolates }, species) => {
    for (let start = 0; start < isolates.length; at++) {
      const next = isolates.indexOf('\n', start)
      const end = next === -1 ? isolates.length : next
      let field = start
      const take = (): string => {
        const stop = isolates.indexOf('\t', field)
        const text = isolates.slice(field, stop)
        field = stop + 1
        return text
      }
      found.ids[at] = Number(take())
      found.patient[at] = numberOf(patients, take())
      found.day[at] = Number(take())
      found.stratum[at] = numberOf(strata, take())
      found.specimen[at] = numberOf(specimens, take())
      found.species[at] = species
      found.text[at] = species
      found.from[at] = field
      found.to[at] = end
      start = end + 1
    }
  })
  return inOrderOfTime(found, rows, { patients, specimens, strata })
}

interface Found {
  ids: Float64Array
  patient: Int32Array
  species: Int32Array
  specimen: Int32Array
  stratum: Int32Array
  day: Int32Array
  /** Which text holds the results, and between which places. */
  text: Int32Array
  from: Int32Array
  to: Int32Array
}

const numberOf = (numbers: Map<string, number>, name: string): number => {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

function inOrderOfTime(found: Found, rows: readonly { species: string; isolates: string }[],
  names: Record<'patients' | 'specimens' | 'strata', Map<string, number>>): Loaded {
  const { ids, day } = found
  const order = Uint32Array.from(ids, (_, n) => n).sort((a, b) => (day[a] as number) - (day[b] as number) || (ids[a] as number) - (ids[b] as number))
  const sorted = (column: Int32Array): Int32Array => Int32Array.from(order, (n) => column[n] as number)
  const used = new Set<number>()
  for (let n = 0; n < ids.length; n++) eachResult(rows[found.text[n] as number]?.isolates ?? '', found.from[n] as number, found.to[n] as number, (id) => used.add(id))
  const antibioticIds = [...used].toSorted((a, b) => a - b)
  const columnOf = new Map(antibioticIds.map((id, n) => [id, n]))
  const values = new Uint8Array(ids.length * antibioticIds.length)
  order.forEach((n, place) => {
    const start = place * antibioticIds.length
    eachResult(rows[found.text[n] as number]?.isolates ?? '', found.from[n] as number, found.to[n] as number,
      (id, interpretation) => { values[start + (columnOf.get(id) as number)] = interpretation })
  })
  return {
    antibioticIds,
    isolates: {
      count: ids.length, ids: Array.from(order, (n) => ids[n] as number), drugs: antibioticIds.map(String), values, patientCount: names.patients.size,
      speciesNames: rows.map(({ species }) => species), specimenNames: [...names.specimens.keys()],
      stratumNames: names.strata.size > 0 ? [...names.strata.keys()] : [''],
      patient: sorted(found.patient), species: sorted(found.species), specimen: sorted(found.specimen), stratum: sorted(found.stratum), day: sorted(day),
    },
  }
}
