import { interpretationOf, interpretations, selectIsolates } from '@aliquot/antibiogram'
import type { IsolateEntry, Page, QueryOf, listIsolates as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { methodOf } from './filter.ts'
import { loadIsolates } from './load-isolates.ts'

/** The isolates that a cell counts, in order of time: the same choice, then a page of it. */
export async function listIsolates(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<Page<IsolateEntry>> {
  const { isolates, antibioticIds } = await loadIsolates(db, labId, query)
  const selected = selectIsolates(isolates, methodOf(query))
  const column = antibioticIds.indexOf(query.antibioticId)
  const wanted = query.interpretation === undefined ? null : interpretationOf(query.interpretation)
  const valueOf = (n: number) => (column === -1 ? 0 : (isolates.values[n * antibioticIds.length + column] as number))
  const counted = Array.from(selected, (one, n) => (one === 1 && valueOf(n) !== 0 && (wanted === null || valueOf(n) === wanted) ? n : -1)).filter((n) => n !== -1)
  const after = decodeCursor(query.cursor, 'id', 'id')
  const start = after ? counted.findIndex((n) => (isolates.day[n] as number) > Number(after[0]) || (isolates.day[n] === after[0] && Number(isolates.ids[n]) > Number(after[1]))) : 0
  const limit = query.limit ?? 50
  const page = start === -1 ? [] : counted.slice(start, start + limit)
  const last = page.at(-1)
  const answers = new Map(page.map((n) => [Number(isolates.ids[n]), interpretations[valueOf(n)] || null]))
  return {
    items: await entries(db, [...answers.keys()], query.antibioticId, answers),
    next: last !== undefined && start + limit < counted.length ? encodeCursor([isolates.day[last] as number, Number(isolates.ids[last])]) : null,
  }
}

async function entries(db: Reader, ids: number[], antibioticId: number, answers: ReadonlyMap<number, IsolateEntry['interpretation']>): Promise<IsolateEntry[]> {
  const { rows } = await sql<IsolateEntry>`
    select i.id, i.collected_on::text as "collectedOn", i.organism, i.specimen, i.ward, i.patient_type as "patientType", coalesce(nullif(i.sex, ''), p.sex, '') as sex,
      coalesce(i.age_years, extract(year from age(i.collected_on, p.birth_date))::int) as "ageYears",
      case when p.id is null then null else jsonb_build_object('id', p.id, 'number', p.number, 'fullName', p.full_name) end as patient,
      i.file_patient as "filePatient", case when r.id is null then null else jsonb_build_object('id', r.id, 'number', r.number) end as report,
      m.file_name as "importedFrom", coalesce(i.measured->${String(antibioticId)}->>'text', '') as text, null as interpretation
    from molecular.isolate i left join patients.pub_patient p on p.id = i.patient_id left join reports.pub_section_report r on r.id = i.report_id
      left join molecular.isolate_import m on m.id = i.import_id
    where i.id = any (${ids}::bigint[]) order by i.collected_on, i.id`.execute(db as never)
  return rows.map((row) => ({ ...row, interpretation: answers.get(row.id) ?? null }))
}
