import { antibiogram } from '@aliquot/antibiogram'
import type { QueryOf, ResponseOf, getSusceptibilityTrend as contract } from '@aliquot/contracts'
import type { Reader } from '#platform/unit-of-work'
import { methodOf } from './filter.ts'
import { loadIsolates } from './load-isolates.ts'

/** One organism and antibiotic by year of collection. Firsts are chosen within each year, as in each year's own antibiogram. */
export async function getTrend(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { isolates } = await loadIsolates(db, labId, query, 'year')
  const cells = antibiogram(isolates, { method: methodOf(query), susceptible: query.susceptible ?? 'S', minimum: 1 })
  return {
    years: cells.filter(({ antibiotic }) => antibiotic === String(query.antibioticId)).map(({ stratum, nTotal, nTested, nSusceptible, counts: [, S = 0, I = 0, SDD = 0, R = 0, NS = 0] }) =>
      ({ year: Number(stratum), nTotal, nTested, nSusceptible, counts: { S, I, SDD, R, NS } })),
  }
}
