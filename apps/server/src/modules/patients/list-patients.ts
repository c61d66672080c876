import type { PatientSummary, QueryOf, listPatients as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { LabProfile } from '#modules/labs'
import { decodeCursor, encodeCursor, type Page } from '#platform/http'
import { search } from '#platform/search'
import type { Reader } from '#platform/unit-of-work'
import { summaryColumns, toSummary, type SummaryRow } from './patient-row.ts'

/** Who looks past the two hundredth hit needs more letters, not more pages. */
const mostHits = 200

type Query = QueryOf<typeof contract>

/** Patients, the last registered first; with q, the best match first. */
export function listPatients(db: Reader, query: Query, lab: LabProfile): Promise<Page<PatientSummary>> {
  return query.q?.trim() ? bestMatches(db, { ...query, q: query.q }, lab) : lastRegistered(db, query, lab)
}

const filters = ({ organisationId, doctorId }: Query) => sql`
  ${organisationId === undefined ? sql`` : sql`and p.organisation_id = ${organisationId}`}
  ${doctorId === undefined ? sql`` : sql`and p.doctor_id = ${doctorId}`}`

async function lastRegistered(db: Reader, query: Query, lab: LabProfile): Promise<Page<PatientSummary>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'id', 'id') as [number, number] | null
  const { rows } = await sql<SummaryRow & { microseconds: number }>`
    select ${summaryColumns}, (extract(epoch from p.registered_at) * 1000000)::bigint as microseconds from patients.patient p
    where p.merged_into is null ${filters(query)} ${after ? sql`and (p.registered_at, p.id) < (${instant(after[0])}, ${after[1]}::bigint)` : sql``}
    order by p.registered_at desc, p.id desc limit ${limit + 1}`.execute(db as never)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map((row) => toSummary(row, lab)), next: rows.length > limit && last ? encodeCursor([last.microseconds, last.id]) : null }
}

const instant = (microseconds: number) => sql`timestamptz 'epoch' + ${microseconds}::bigint * interval '1 microsecond'`

async function bestMatches(db: Reader, query: Query & { q: string }, lab: LabProfile): Promise<Page<PatientSummary>> {
  const limit = query.limit ?? 50
  const [from = 0] = (decodeCursor(query.cursor, 'id') ?? []) as number[]
  const hits = await search(db, query.q, ['patient'], mostHits)
  if (hits.length === 0) return { items: [], next: null }
  const { rows } = await sql<SummaryRow>`
    select ${summaryColumns}
    from unnest(${hits.map(({ id }) => id)}::bigint[]) with ordinality as hit(id, place) join patients.patient p on p.id = hit.id
    where p.merged_into is null ${filters(query)} order by hit.place offset ${from} limit ${limit + 1}`.execute(db as never)
  return { items: rows.slice(0, limit).map((row) => toSummary(row, lab)), next: rows.length > limit ? encodeCursor([from + limit]) : null }
}
