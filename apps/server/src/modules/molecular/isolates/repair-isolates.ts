import type { IsolateRepair } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { change, read, type Reader } from '#platform/unit-of-work'
import { isolateDifference, refreshIsolates, type Difference } from './refresh-isolates.ts'

const batch = 500

/** What a repair would change. */
export const previewRepair = (actor: Actor): Promise<IsolateRepair> =>
  throughReports(actor, (reportIds) => read(actor, (db) => isolateDifference(db, actor.labId, reportIds)))

/**
 * Makes the isolates of all reports anew, some reports at a time, each batch in a transaction of its own: other work waits for none of it, and whoever
 * is interrupted begins again. A second repair changes nothing.
 */
export const repairIsolates = (actor: Actor): Promise<IsolateRepair> => throughReports(actor, (reportIds) => change(actor, async (tx) => {
  const difference = await refreshIsolates(tx, reportIds)
  const { added, changed, removed } = difference
  if (added + changed + removed > 0) tx.record('molecular.isolates_repaired', { id: reportIds[0] ?? 0 }, { added, changed, removed })
  return difference
}))

async function throughReports(actor: Actor, look: (reportIds: number[]) => Promise<Difference>): Promise<IsolateRepair> {
  const sum = { reports: 0, missing: 0, different: 0, surplus: 0 }
  for (let after = 0; ;) {
    const reportIds = await read(actor, (db) => reportsAfter(db, actor.labId, after))
    if (reportIds.length === 0) return sum
    const { added, changed, removed } = await look(reportIds)
    sum.reports += reportIds.length
    sum.missing += added
    sum.different += changed
    sum.surplus += removed
    after = reportIds.at(-1) ?? after
  }
}

/** Reports that may have isolates, and those that have some. */
async function reportsAfter(db: Reader, labId: number, after: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select report_id as id from molecular.entry where lab_id = ${labId} and report_id > ${after}
    union select report_id from molecular.isolate where lab_id = ${labId} and report_id > ${after} order by id limit ${batch}`.execute(db as never)
  return rows.map(({ id }) => id)
}
