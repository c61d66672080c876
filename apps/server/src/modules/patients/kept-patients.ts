import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/unit-of-work'

/** The record to go by for patient `s`, who may be merged. `case`, since a join on `coalesce` reads all patients (ADR 0010). */
export const keptId = sql`case when s.merged_into is null then s.id else s.merged_into end`

/** Guids to the records that they lead to: that of a merged record leads to the one that was kept. A guid of nobody is left out. */
export async function patientsByGuid(db: Reader, guids: readonly string[]): Promise<Map<string, { id: number; guid: string }>> {
  const { rows } = await sql<{ asked: string; id: number; guid: string }>`
    select s.guid::text as asked, p.id, p.guid::text from patients.patient s
      join patients.patient p on p.id = ${keptId}
    where s.guid = any (${[...new Set(guids)]}::uuid[])`.execute(db as never)
  return new Map(rows.map(({ asked, id, guid }) => [asked, { id, guid }]))
}

/** Of these patients, those who are there and not merged away; a merge of them waits until the transaction ends, so that it finds what it adds. */
export async function holdPatients(tx: Tx, patientIds: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select id from patients.patient where id = any (${patientIds}::bigint[]) and merged_into is null order by id for key share`.execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}
