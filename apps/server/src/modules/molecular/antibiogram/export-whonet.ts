import { createHmac, randomBytes } from 'node:crypto'
import type { QueryOf, exportIsolates as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import type { Reader } from '#platform/unit-of-work'
import { interpretations } from '@aliquot/antibiogram'
import { csvOf } from '../isolate-file/index.ts'
import { eachResult } from '../isolates/packed-results.ts'
import { filtered } from './filter.ts'

const header = [
  'LABORATORY', 'PATIENT_ID', 'FIRST_NAME', 'LAST_NAME', 'SEX', 'AGE', 'DATE_BIRTH', 'WARD', 'PAT_TYPE', 'SPEC_NUM', 'SPEC_DATE', 'SPEC_TYPE', 'SPEC_REAS', 'ORGANISM',
]
const methodLetters: Record<string, string> = { disk: 'D', mic: 'M', etest: 'E' }

interface Row {
  id: number
  patient: string
  name: string
  sex: string
  age: number | null
  birthDate: string | null
  ward: string
  patientType: string
  specimenNumber: string
  collectedOn: string
  specimen: string
  surveillance: boolean
  organism: string
  results: string
  measured: Record<string, { text: string; method?: string }>
}

/**
 * Isolates as WHONET and BacLink read them: one line each, a column per drug and method such as `AMP_NM`, the value as read or the interpretation.
 * Without identities, patients get names that hold within this file alone, and no name, date of birth or specimen number.
 */
export async function exportWhonet(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<string> {
  const { deidentify = true } = query
  const rows = await isolatesToExport(db, labId, query)
  const lab = await labProfile(labId)
  const codes = await whonetCodes(db)
  const secret = randomBytes(16)
  const alias = (patient: string) => createHmac('sha256', secret).update(patient).digest('hex').slice(0, 12)
  const columns = new Map<string, number>()
  const lines = rows.map((row) => {
    const drugs = new Map<string, string>()
    const put = (id: number, value: string) => {
      const method = methodLetters[(row.measured[id]?.method ?? '').toLowerCase()] ?? 'D'
      const name = `${codes.get(id) ?? id}_N${method}`
      if (!columns.has(name)) columns.set(name, columns.size)
      drugs.set(name, value)
    }
    eachResult(row.results, 0, row.results.length, (id, code) => put(id, row.measured[id]?.text || (interpretations[code] ?? '')))
    for (const [id, { text }] of Object.entries(row.measured)) if (text !== '' && !new RegExp(`(^|\\D)${id}[SIDRN]`).test(row.results)) put(Number(id), text)
    const identity = deidentify ? [alias(row.patient), '', ''] : [row.patient, ...nameParts(row.name)]
    return { drugs, fields: [
      lab.code, ...identity, row.sex === 'female' ? 'F' : row.sex === 'male' ? 'M' : '', row.age, deidentify ? '' : (row.birthDate ?? ''), row.ward, row.patientType,
      deidentify ? String(row.id) : row.specimenNumber, row.collectedOn, row.specimen, row.surveillance ? 'Screening' : 'Diagnostic', row.organism,
    ] }
  })
  const names = [...columns.keys()].toSorted()
  return csvOf([...header, ...names], lines.map(({ fields, drugs }) => [...fields, ...names.map((name) => drugs.get(name) ?? '')]))
}

const nameParts = (name: string): [string, string] => {
  const at = name.lastIndexOf(' ')
  return at === -1 ? ['', name] : [name.slice(0, at), name.slice(at + 1)]
}

async function isolatesToExport(db: Reader, labId: number, query: QueryOf<typeof contract>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, coalesce(q.number, i.file_patient) as patient, coalesce(q.full_name, '') as name, coalesce(nullif(i.sex, ''), q.sex, '') as sex,
      coalesce(i.age_years, extract(year from age(i.collected_on, q.birth_date))::int) as age, q.birth_date::text as "birthDate", i.ward, i.patient_type as "patientType",
      coalesce(r.specimen_number, i.file_isolate) as "specimenNumber", i.collected_on::text as "collectedOn", i.specimen, i.surveillance,
      coalesce(nullif(o.whonet_code, ''), i.organism) as organism, i.results, i.measured
    from molecular.isolate i left join patients.pub_patient q on q.id = i.patient_id
      left join reports.pub_section_report r on r.id = i.report_id left join molecular.organism o on o.id = i.organism_id ${filtered(labId, query)}
    order by i.collected_on, i.id limit 200000`.execute(db as never)
  return rows
}

async function whonetCodes(db: Reader): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; code: string }>`
    select id, coalesce(nullif(whonet_code, ''), upper(regexp_replace(name, '[^A-Za-z0-9]', '', 'g'))) as code from molecular.lab_antibiotic`.execute(db as never)
  return new Map(rows.map(({ id, code }) => [id, code]))
}
