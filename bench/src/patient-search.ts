// `npx node bench/src/patient-search.ts`: P5, patient search at 1,000,000 patients against 10,000, by the query that the box and the lists ask, in one run.
import './quiet.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boot } from '../../apps/server/src/boot.ts'
import { createLab } from '../../apps/server/src/modules/labs/index.ts'
import { systemActor } from '../../apps/server/src/platform/auth/index.ts'
import { startEmbedded, thePool } from '../../apps/server/src/platform/db/index.ts'
import { search } from '../../apps/server/src/platform/search/index.ts'
import { read } from '../../apps/server/src/platform/unit-of-work/index.ts'

const [few, many] = [10_000, Number(process.env.BENCH_PATIENTS ?? 1_000_000)]
const rounds = 300

const folder = mkdtempSync(join(tmpdir(), 'aliquot-bench-'))
const postgres = await startEmbedded(folder, ['max_connections=50', 'shared_buffers=512MB', 'max_wal_size=4GB', 'maintenance_work_mem=512MB', 'synchronous_commit=off'])
process.env.DATABASE_URL = postgres.url
process.env.ALIQUOT_DATA = folder
const system = await boot()
try {
  const { labId } = await createLab({ code: 'bench', name: 'Bench' }, { adminUsername: 'admin', adminName: 'Bench' })
  const actor = systemActor(labId, 'bench')
  const asked = (size: number): Record<string, () => string> => {
    const any = () => 1 + Math.floor(Math.random() * size)
    return { 'number': () => numberOf(any()), 'phone': () => phoneOf(any()), 'first and last name': () => nameOf(any()), 'last digits of a phone': () => phoneOf(any()).slice(-7),
      'name with a typing error': () => nameOf(any()).replace(/.$/, 'x') }
  }
  const measure = async (size: number) => {
    const medians: Record<string, number> = {}
    for (const [kind, text] of Object.entries(asked(size))) {
      const times: number[] = []
      for (let i = 0; i < rounds / (kind.includes('error') ? 10 : 1); i++) {
        const q = text()
        const began = performance.now()
        const items = await read(actor, (db) => search(db, q, ['patient'], 50))
        times.push(performance.now() - began)
        if (items.length === 0 && !kind.includes('error')) throw new Error(`${kind}: nothing was found`)
      }
      medians[kind] = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
    }
    return medians
  }
  await fill(labId, 1, few)
  await measure(few)
  const small = await measure(few)
  await fill(labId, few + 1, many)
  await measure(many)
  const large = await measure(many)
  for (const [kind, time] of Object.entries(small)) {
    const there = large[kind] ?? Number.NaN
    console.log(`P5 patient search by ${kind}: ${(there / time).toFixed(2)} (goal ≤ 1.5) – ${there.toFixed(2)} ms at ${many}, ${time.toFixed(2)} ms at ${few}`)
  }
} finally {
  await system.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

function numberOf(n: number): string { return `P${String(n).padStart(7, '0')}` }
function phoneOf(n: number): string { return `9${String((n * 7919) % 1_000_000_007).padStart(9, '0')}` }
function nameOf(n: number): string { return `${word(n % 701, 6)} ${word(n % 3001, 8)}` }
function word(n: number, length: number): string { return Array.from({ length }, (_, i) => String.fromCharCode(97 + ((n + 1) * (i * i * 31 + 17)) % 26)).join('') + String.fromCharCode(97 + n % 26) + String.fromCharCode(97 + Math.floor(n / 26) % 26) + String.fromCharCode(97 + Math.floor(n / 676) % 26) }

/** Straight into the tables, with the indexes of the search documents made afterwards. */
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
        from unnest($2::text[], $3::text[], $4::text[]) p(number, name, phone) returning *)
      insert into platform.search_document (lab_id, kind, subject_id, title, subtitle, url, body, patient_id, at)
      select lab_id, 'patient', id, full_name, number, '/patients/' || id, platform.fold(concat_ws(' ', full_name, number, phone, phone_key)), id, registered_at from person`,
    [labId, people.map(([number]) => number), people.map(([, name]) => name), people.map(([, , phone]) => phone)])
  }
  for (const { def } of indexes) await pool.query(def)
  await pool.query('vacuum analyze patients.patient')
  await pool.query('vacuum analyze platform.search_document')
}
