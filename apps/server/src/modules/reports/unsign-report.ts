import type { ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { lockReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { withdrawIssue } from './start-amendment.ts'

/**
 * Takes the signatures back; they stay on record with the reason. What was issued is not current any more: the report is an amended one when it
 * is signed again.
 */
export async function unsignReport(tx: Tx, reportId: number, { version, reason }: { version: number; reason: string }): Promise<ReportState> {
  const report = await lockReport(tx, reportId, version, 'unsign')
  const amendment = await withdrawIssue(tx, report, reason)
  await sql`update reports.report set status = 'verified', signed_at = null, amendment = ${amendment}, version = version + 1 where id = ${reportId}`
    .execute(tx.db)
  tx.record('reports.unsigned', report, { reason })
  return reportState(tx.reader, tx.actor, reportId)
}
