import type { BodyOf, DeviceResult, matchResults as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { reportsOfSamples } from '#modules/reports'
import type { Actor } from '#platform/auth'
import type { Job } from '#platform/module'
import { change, read } from '#platform/unit-of-work'
import { deviceErrors } from './errors.ts'
import { processMessage } from './process-messages.ts'
import { deviceResults } from './results.ts'

/** Somebody says to which specimen held results belong; they are placed as if the instrument had said so, and the reason is on record. */
export async function matchResults(actor: Actor, { resultIds, specimenNumber, reason }: BodyOf<typeof contract>): Promise<{ results: DeviceResult[] }> {
  const number = specimenNumber.trim().toUpperCase()
  if ((await read(actor, (db) => reportsOfSamples(db, actor.labId, [number]))).length === 0) throw deviceErrors.not_possible({ because: `no specimen with reports has the number ${number}` })
  const messageIds = await change(actor, async (tx) => {
    const { rows } = await sql<{ messageId: number; id: number }>`
      update devices.result set matched_specimen = ${number}, version = version + 1 where id = any (${resultIds}::bigint[]) and state = 'held'
      returning id, message_id as "messageId"`.execute(tx.db)
    if (rows.length === 0) throw deviceErrors.not_possible({ because: 'none of these results is held' })
    tx.record('devices.results_matched', { id: rows[0]?.messageId ?? 0 }, { count: rows.length, specimenNumber: number, reason })
    return [...new Set(rows.map(({ messageId }) => messageId))]
  })
  const places = await read(actor, async (db) => (await sql<{ messageId: number; position: number }>`
    select message_id as "messageId", position from devices.result where id = any (${resultIds}::bigint[])`.execute(db as never)).rows)
  for (const id of messageIds) await processMessage(actor, id, { again: true })
  return { results: await read(actor, (db) => deviceResults(db, sql`(r.message_id, r.position) in (select * from unnest(${places.map(({ messageId }) => messageId)}::bigint[],
    ${places.map(({ position }) => position)}::int[]))`, resultIds.length)) }
}

/** A specimen has come, or was ordered: what was held for it is placed now. */
export const retrySpecimen: Job = async ({ subjectId }, { actor }) => {
  const { rows } = await read(actor, (db) => sql<{ messageId: number }>`
    select distinct r.message_id as "messageId" from devices.result r
    where r.lab_id = ${actor.labId} and r.state = 'held' and r.reason in ('not_received', 'unknown_sample', 'no_open_report')
      and upper(trim(coalesce(r.matched_specimen, r.sample_id))) in (
        select s.number from reports.pub_specimen s where s.id = ${Number(subjectId)}
        union select s.accession_number from reports.pub_specimen s where s.id = ${Number(subjectId)})`.execute(db as never))
  for (const { messageId } of rows) await processMessage(actor, messageId, { again: true })
}
