import type { ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { fileTrouble } from './sign-report.ts'

/** The bench vouches for the results. */
export async function verifyReport(tx: Tx, reportId: number, { version }: { version: number }): Promise<ReportState> {
  const report = await lockReport(tx, reportId, version, 'verify')
  const trouble = fileTrouble(report)
  if (trouble) throw trouble
  await markVerified(tx, [report])
  return reportState(tx.reader, tx.actor, reportId)
}

export async function markVerified(tx: Tx, reports: LockedReport[]): Promise<void> {
  if (reports.length === 0) return
  await sql`update reports.report set status = 'verified', verified_at = ${tx.now}, verified_by = ${tx.actor.accountId}, version = version + 1
    where id = any (${reports.map(({ id }) => id)}::bigint[])`.execute(tx.db)
  for (const report of reports) tx.record('reports.verified', report)
}
