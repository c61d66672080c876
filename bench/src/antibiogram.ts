import { antibiogram, isolatesOf } from '@aliquot/antibiogram'
import { getAntibiogram } from '../../apps/server/src/modules/molecular/index.ts'
import type { Actor } from '../../apps/server/src/platform/auth/index.ts'
import { thePool } from '../../apps/server/src/platform/db/index.ts'
import { read } from '../../apps/server/src/platform/unit-of-work/index.ts'

const perIsolate = 20
const rounds = 5

/** What a person would write over the stored isolates: the first per patient and species, their results taken apart, counted. */
const byHand = `
  with first as materialized (
    select distinct on (coalesce(patient_id::text, file_patient), species) species, results from molecular.isolate
    where lab_id = $1 and not surveillance order by coalesce(patient_id::text, file_patient), species, collected_on, id)
  select species, m[1] as drug, count(*), count(*) filter (where m[2] = 'S') from first, regexp_matches(results, '(\\d+)([SIDRN])', 'g') m group by 1, 2`
/** The same over a table of one row per result, made for the purpose: the fastest of the ways that were tried. */
const normalised = `
  with first as materialized (
    select distinct on (coalesce(patient_id::text, file_patient), species) id, species from molecular.isolate
    where lab_id = $1 and not surveillance order by coalesce(patient_id::text, file_patient), species, collected_on, id)
  select species, drug, count(*), count(*) filter (where value = 'S') from first join public.bench_result r on r.isolate_id = first.id group by 1, 2`

/** P6: the antibiogram of a million results, and of ten, beside SQL; then ten million in memory alone. */
export async function compareAntibiogram(actor: Actor, sizes: readonly number[] = [50_000, 500_000]): Promise<string[]> {
  const lines: string[] = []
  for (const isolates of sizes) {
    await fill(actor.labId, isolates)
    const ours = () => read(actor, (db) => getAntibiogram(db, actor.labId, {}))
    const [mine, hand, table] = [await median(ours), await median(() => thePool().query(byHand, [actor.labId])), await median(() => thePool().query(normalised, [actor.labId]))]
    lines.push(`P6 antibiogram of ${(isolates * perIsolate).toLocaleString('en')} results: ${(mine / hand).toFixed(2)} × SQL over the same tables, ${(mine / table).toFixed(2)} × SQL over one row per result `
      + `(goal ≤ 1.2 and < 1 s) – ours ${mine.toFixed(0)} ms, SQL ${hand.toFixed(0)} ms and ${table.toFixed(0)} ms`)
  }
  await thePool().query('truncate molecular.isolate; drop table public.bench_result')
  lines.push(inMemory())
  return lines
}

async function median(work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

/** Isolates of 60 species and four years, each with twenty results, and the same results one a row. */
async function fill(labId: number, isolates: number): Promise<void> {
  await thePool().query(`truncate molecular.isolate; drop table if exists public.bench_result; select setseed(0.5)`)
  const { rows: [made] } = await thePool().query<{ id: number }>(
    `insert into molecular.isolate_import (lab_id, file_name, isolates, imported_at) values ($1, 'bench', $2, now()) returning id`, [labId, isolates])
  await thePool().query(`
    insert into molecular.isolate (lab_id, import_id, file_isolate, file_patient, organism, species, collected_on, specimen, ward, patient_type, sex, surveillance, results)
    select $1, $2, n::text, 'P' || (random() * $3 * 0.4)::int, s, s, date '2020-01-01' + (random() * 1460)::int, 'Urine', 'ICU', 'in', 'female', false, (
      select string_agg(a.id || substr('SSSSSRRID', 1 + (random() * 8)::int, 1), '' order by a.id) from (select id from molecular.antibiotic where lab_id is null order by id limit ${perIsolate}) a where n > 0)
    from (select n, 'Species ' || (random() * 59)::int as s from generate_series(1, $3::int) n) x`, [labId, made?.id, isolates])
  await thePool().query(`
    create table public.bench_result as select i.id as isolate_id, m[1]::int as drug, m[2]::"char" as value from molecular.isolate i, regexp_matches(results, '(\\d+)([SIDRN])', 'g') m`)
  await thePool().query('create index on public.bench_result (isolate_id)')
  await thePool().query('vacuum analyze molecular.isolate')
  await thePool().query('vacuum analyze public.bench_result')
}

function inMemory(): string {
  let seed = 1
  const random = (below: number) => Math.floor(((seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32) * below)
  const drugs = Array.from({ length: perIsolate }, (_, n) => `D${n}`)
  const isolates = isolatesOf(Array.from({ length: 500_000 }, (_, id) => (
    { id, patient: random(200_000), organism: `Species ${random(60)}`, day: random(1460), values: drugs.map(() => random(5)) })), drugs)
  const times = (['all', 'first-per-patient'] as const).map((kind) => {
    const began = performance.now()
    for (let n = 0; n < rounds; n++) antibiogram(isolates, { method: { kind }, susceptible: 'S', minimum: 30 })
    return `${((performance.now() - began) / rounds).toFixed(0)} ms (${kind})`
  })
  return `10,000,000 results in memory: ${times.join(', ')}`
}
