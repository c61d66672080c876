import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import type { Job } from '#platform/module'
import { change, type Reader, type Tx } from '#platform/unit-of-work'
import { isolatesOfReports } from '../isolates-of-report.ts'
import { packResults } from './packed-results.ts'

/** Isolates that are to be added, are something else by now, or are no more. */
export interface Difference {
  added: number
  changed: number
  removed: number
}

/** How the isolates of these reports differ from what the reports say now. Two statements, whatever their number. */
export async function isolateDifference(db: Reader, labId: number, reportIds: readonly number[]): Promise<Difference> {
  const { rows: [row] } = await sql<Difference>`
    with ${await wantedOf(db, labId, reportIds)}, kept as (select * from molecular.isolate where report_id = any (${reportIds}::bigint[]))
    select count(*) filter (where i.id is null)::int as added, count(*) filter (where w."reportId" is null)::int as removed,
      count(*) filter (where i.id is not null and w."reportId" is not null and ${differs(sql`i`, sql`w`)})::int as changed
    from wanted w full join kept i on i.report_id = w."reportId" and i.organism_id = w."organismId" and i.number = w.number`.execute(db as never)
  return row ?? { added: 0, changed: 0, removed: 0 }
}

/**
 * Makes the isolates of these reports what the reports say now: one per organism and number, none of a report that is not signed. Two statements,
 * whatever their number; a second time changes nothing.
 */
export async function refreshIsolates(tx: Tx, reportIds: readonly number[]): Promise<Difference> {
  const { rows: [row] } = await sql<Difference>`
    with ${await wantedOf(tx.reader, tx.actor.labId, reportIds)}, removed as (
      delete from molecular.isolate i where i.report_id = any (${reportIds}::bigint[]) and not exists (
        select from wanted w where w."reportId" = i.report_id and w."organismId" = i.organism_id and w.number = i.number)
      returning i.id
    ), put as (
      insert into molecular.isolate as i (lab_id, report_id, number, organism_id, patient_type, sex, ${columns})
      select ${tx.actor.labId}, "reportId", number, "organismId", '', '', ${columns} from wanted
      on conflict on constraint isolate_of_report do update set (${columns}) = row (${of(sql`excluded`)}) where ${differs(sql`i`, sql`excluded`)}
      returning xmax = 0 as added
    )
    select (select count(*)::int from put where added) as added, (select count(*)::int from put where not added) as changed,
      (select count(*)::int from removed) as removed`.execute(tx.db)
  return row ?? { added: 0, changed: 0, removed: 0 }
}

const names = ['patient_id', 'organism', 'species', 'collected_on', 'specimen', 'ward', 'surveillance', 'results', 'measured']
const columns = sql.join(names.map((name) => sql.ref(name)))
const of = (row: RawBuilder<unknown>) => sql.join(names.map((name) => sql`${row}.${sql.ref(name)}`))
const differs = (a: RawBuilder<unknown>, b: RawBuilder<unknown>) => sql`(${of(a)}) is distinct from (${of(b)})`

/** `wanted`: what the reports say, in the columns of isolates. */
async function wantedOf(db: Reader, labId: number, reportIds: readonly number[]): Promise<RawBuilder<unknown>> {
  const { timezone } = await labProfile(labId)
  const found = (await isolatesOfReports(db, reportIds)).map(({ results, ...isolate }) => ({ ...isolate, ...packResults(results) }))
  return sql`wanted as (
    select w."reportId", w."organismId", w.number, w."patientId" as patient_id, w.name as organism, o.species,
      (w."collectedAt" at time zone ${timezone})::date as collected_on, w."specimenType" as specimen, coalesce(w.ward, '') as ward, w.surveillance,
      w.packed as results, w.measured
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as w ("reportId" bigint, "organismId" bigint, name text, number smallint,
      "collectedAt" timestamptz, "specimenType" text, "patientId" bigint, ward text, surveillance boolean, packed text, measured jsonb)
    join molecular.organism o on o.id = w."organismId")`
}

/** What follows from signing, unsigning, amending or cancelling a report. */
export const followReport: Job = async ({ subjectId }, { actor }) => {
  const reportId = Number(subjectId)
  await change(actor, async (tx) => {
    const { added, changed, removed } = await refreshIsolates(tx, [reportId])
    if (added + changed + removed > 0) tx.record('molecular.isolates_followed', { id: reportId }, { added, changed, removed })
  })
}

/** What follows from merging the records of two patients; their reports have moved already. For the transaction that merges them. */
export async function moveIsolates(tx: Tx, { keepId, mergeId }: { keepId: number; mergeId: number }): Promise<void> {
  await sql`update molecular.isolate set patient_id = ${keepId} where lab_id = ${tx.actor.labId} and patient_id = ${mergeId}`.execute(tx.db)
  tx.hint('isolate', 0)
}
