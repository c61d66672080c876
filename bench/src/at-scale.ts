// `npx node bench/src/at-scale.ts`: P5. The same pages and commands of a lab with ten thousand records and with a million, through the routes that screens ask.
import './quiet.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded, thePool } from '../../apps/server/src/platform/db/index.ts'
import { openLab } from './lab.ts'
import { bodyOf, orderBody, threeResults } from './rounds.ts'

const [few, many] = [10_000, Number(process.env.BENCH_ROWS ?? 1_000_000)]
const rounds = 200
/** Where no word fits, trigrams of all are compared: that takes long, so it is asked less often. */
const roundsWithError = 20
/** Bills that are not there; those that are ordered here count from one. */
const elsewhere = 1_000_000_000
/** A day's work waits, however long the history is. */
const open = 300

const folder = mkdtempSync(join(tmpdir(), 'aliquot-bench-'))
const postgres = await startEmbedded(folder, ['max_connections=50', 'shared_buffers=512MB', 'max_wal_size=4GB', 'maintenance_work_mem=512MB', 'synchronous_commit=off'])
process.env.DATABASE_URL = postgres.url
process.env.ALIQUOT_DATA = folder
const { system, lab, key, app } = await openLab()
try {
  await fill(lab.labId, 1, few)
  const small = await measure(few)
  await fill(lab.labId, few + 1, many)
  const large = await measure(many)
  for (const [page, before] of small) {
    const after = large.get(page) ?? Number.NaN
    console.log(`P5 ${page}: ${(after / before).toFixed(2)} × (goal ≤ 1.5) – ${after.toFixed(2)} ms with ${many.toLocaleString('en')} rows, ${before.toFixed(2)} ms with ${few.toLocaleString('en')}`)
  }
} finally {
  await app.close()
  await system.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** The median time of each page in milliseconds, with caches warm; records are drawn at random. */
async function measure(size: number): Promise<Map<string, number>> {
  const any = () => 1 + Math.floor(Math.random() * size)
  const { rows: filled } = await thePool().query<{ id: number }>('select patient_id as id from reports.accession where bill_id > $1', [elsewhere])
  const anyPatient = () => filled[any() - 1]?.id ?? 0
  const patients = (q: string) => `/api/search?kinds=patient&q=${encodeURIComponent(q)}`
  const pages: Record<string, () => string> = {
    'patient search by number': () => patients(numberOf(any())),
    'patient search by phone': () => patients(phoneOf(any())),
    'patient search by first and last name': () => patients(nameOf(any())),
    'patient search by the last digits of a phone': () => patients(phoneOf(any()).slice(-7)),
    'patient search with a typing error': () => patients(nameOf(any()).replace(/.$/, 'x')),
    'worklist, what is open': () => '/api/reports/worklist',
    'worklist, what is signed': () => '/api/reports/worklist?status=signed',
    'worklist, all of one patient': () => `/api/reports/worklist?status=signed&status=received&patientId=${anyPatient()}`,
    'worklist, how many wait': () => '/api/reports/worklist/counts',
  }
  const { testId, values } = await threeResults(lab.labId)
  const times = new Map<string, number[]>()
  const timed = async (name: string, round: number, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<string> => {
    const began = performance.now()
    const { statusCode, body } = await app.inject({ method, url, headers: { authorization: `Bearer ${key}` }, ...(payload && { payload }) })
    const took = performance.now() - began
    if (statusCode >= 300) throw new Error(`${url} answered ${statusCode}: ${body}`)
    const all = times.get(name) ?? []
    if (round >= 20) times.set(name, [...all, took])
    return body
  }
  for (let round = 0; round < rounds + 20; round++) {
    for (const [page, address] of Object.entries(pages)) {
      if (page.includes('error') && round >= 20 + roundsWithError) continue
      const body = await timed(page, round, 'GET', address())
      if (!page.includes('error') && /"items":\[\]/.test(body)) throw new Error(`${page}: nothing was found`)
    }
    await timed('a patient registered', round, 'POST', '/api-v3/registration/patients/new', bodyOf(round))
    const bill = await timed('a test ordered', round, 'POST', '/api/billing/bills', orderBody(anyPatient(), testId))
    const [report] = (JSON.parse(bill) as { accession: { reports: { id: number; version: number }[] } }).accession.reports
    const saved = await timed('its results saved', round, 'PUT', `/api/reports/${report?.id}/values`, { version: report?.version, values, complete: true })
    await timed('its report signed', round, 'POST', `/api/reports/${report?.id}/sign`, { version: (JSON.parse(saved) as { version: number }).version })
  }
  return new Map([...times].map(([page, all]) => [page, all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN]))
}

function numberOf(n: number): string { return `P${String(n).padStart(7, '0')}` }
function phoneOf(n: number): string { return `9${String((n * 7919) % 1_000_000_007).padStart(9, '0')}` }
function nameOf(n: number): string { return `${word(n % 701, 6)} ${word(n % 3001, 8)}` }
function word(n: number, length: number): string {
  const letter = (value: number) => String.fromCharCode(97 + value % 26)
  return Array.from({ length }, (_, i) => letter((n + 1) * (i * i * 31 + 17))).join('') + [1, 26, 676].map((step) => letter(Math.floor(n / step))).join('')
}

/** Straight into the tables: patients, an order and a report for each, all signed but the newest few. Indexes of the search documents are made afterwards. */
async function fill(labId: number, from: number, to: number): Promise<void> {
  const pool = thePool()
  const { rows: indexes } = await pool.query<{ name: string; def: string }>(`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def from pg_index
    where indrelid = 'platform.search_document'::regclass and not indisprimary`)
  for (const { name } of indexes) await pool.query(`drop index ${name}`)
  for (let at = from; at <= to; at += 20_000) {
    const people = Array.from({ length: Math.min(20_000, to - at + 1) }, (_, i) => [numberOf(at + i), nameOf(at + i), phoneOf(at + i)])
    await pool.query(`
      with person as (
        insert into patients.patient (lab_id, number, full_name, name_key, sex, birth_date, birth_date_estimated, phone, phone_key, source, registered_at, registered_by, updated_at)
        select $1::bigint, p.number, p.name, p.name, 'female', date '1950-01-01' + (random() * 20000)::int, false, p.phone, p.phone, 'desk', now(), '{"id":null,"name":"bench","kind":"system"}', now()
        from unnest($2::text[], $3::text[], $4::text[]) p(number, name, phone) returning *),
      document as (
        insert into platform.search_document (lab_id, kind, subject_id, title, subtitle, url, body, patient_id, at)
        select lab_id, 'patient', id, full_name, number, '/patients/' || id, platform.fold(concat_ws(' ', full_name, number, phone, phone_key)), id, registered_at from person),
      ordered as (
        insert into reports.accession (lab_id, number, patient_id, bill_id, bill_number, priority, ordered_at)
        select lab_id, 'A' || number, id, ${elsewhere} + id, 'B' || number, 'routine', now() - random() * interval '1000 days' from person returning *)
      insert into reports.report (lab_id, number, accession_id, patient_id, bill_id, bill_item_id, test_id, test_version_id, department_id, status, priority, ordered_at, due_at, required_sign_rank)
      select a.lab_id, a.number || '-1', a.id, a.patient_id, a.bill_id, a.bill_id, t.id, t.current_version_id, t.department_id, 'signed', (array['stat', 'urgent', 'routine'])[1 + a.id % 3],
        a.ordered_at, a.ordered_at + interval '2 hours', 1
      from ordered a, lateral (select id, current_version_id, department_id from catalog.test where lab_id = a.lab_id and id % 10 = a.id % 10 order by id limit 1) t`,
    [labId, people.map(([number]) => number), people.map(([, name]) => name), people.map(([, , phone]) => phone)])
  }
  for (const { def } of indexes) await pool.query(def)
  await pool.query(`update reports.report set status = 'signed' where status = 'received'`)
  await pool.query(`update reports.report set status = 'received', ordered_at = now() - interval '3 hours', due_at = now() where id in (select id from reports.report order by id desc limit ${open})`)
  for (const table of ['patients.patient', 'platform.search_document', 'reports.accession', 'reports.report']) await pool.query(`vacuum analyze ${table}`)
}
