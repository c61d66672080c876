import { percentOf } from '@aliquot/antibiogram'
import type { QueryOf, getAntibiogramCsv as contract } from '@aliquot/contracts'
import type { Reader } from '#platform/unit-of-work'
import { csvOf } from '../isolate-file/index.ts'
import { getAntibiogram } from './get-antibiogram.ts'

const header = [
  'organism', 'group', 'antibiotic', 'code', 'n_total', 'n_tested', 'n_susceptible', 'S', 'I', 'SDD', 'R', 'NS', 'percent', 'lower', 'upper', 'below_minimum', 'intrinsic',
  'method', 'susceptible', 'minimum', 'from', 'to',
]

/** The antibiogram as a table; what is below the minimum keeps its counts and is marked. */
export async function antibiogramCsv(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<string> {
  const { organisms, columns, cells, intrinsic, period } = await getAntibiogram(db, labId, query)
  const never = new Set(intrinsic.map(({ organism, column }) => `${organism}:${column}`))
  const { method = 'first-per-patient', episodeDays = 365, susceptible = 'S', minimum = 30, from, to } = query
  const asked = [method === 'episode' || method === 'phenotype-points' ? `${method} ${episodeDays}` : method, susceptible, minimum, from ?? period.from ?? '', to ?? period.to ?? '']
  return csvOf(header, cells.map(({ organism, column, nTested, nSusceptible, counts: { S, I, SDD, R, NS }, tooFew }) => {
    const share = tooFew ? null : percentOf({ nTested, nSusceptible })
    const round = (value: number | undefined) => (value === undefined ? null : Number(value.toFixed(2)))
    const [row, drug] = [organisms[organism], columns[column]]
    return [row?.name ?? '', row?.group ?? '', drug?.name ?? '', drug?.code ?? '', row?.nTotal ?? 0, nTested, nSusceptible, S, I, SDD, R, NS,
      round(share?.percent), round(share?.lower), round(share?.upper), tooFew ? 'yes' : '', never.has(`${organism}:${column}`) ? 'R' : '', ...asked]
  }))
}
