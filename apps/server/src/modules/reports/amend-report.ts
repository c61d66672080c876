import type { AmendBody, ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { judgeValues, missingValues } from './judge-values.ts'
import { lockReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { resultErrors } from './result-errors.ts'
import { startAmendment } from './start-amendment.ts'
import { writeValues } from './write-values.ts'

/** Changes an issued report: what was issued is kept with the reason, and the amended report is signed anew. */
export async function amendReport(tx: Tx, reportId: number, body: AmendBody): Promise<ReportState> {
  const report = await lockReport(tx, reportId, body.version, 'amend')
  if (report.isFile && body.values.length > 0) throw resultErrors.file_report()
  if (report.bySections && body.values.length > 0) throw resultErrors.sections_report()
  const { errors, changed, values } = judgeValues(report.pinned, report.who, report.values, body.values)
  const interpretation = body.interpretation === undefined ? report.interpretation : body.interpretation?.trim() || null
  if (errors.length === 0 && changed.length === 0 && interpretation === report.interpretation) {
    errors.push({ path: '/values', message: 'nothing differs from the issued report', code: 'reports.nothing_amended' })
  }
  refuseIf(errors)
  const missing = report.isFile || report.bySections ? [] : missingValues(report.pinned, values)
  if (missing.length > 0) throw resultErrors.values_missing({}, { errors: missing })

  const changes = changed.map(({ code, before, value }) => ({ code, before, after: value }))
  const number = await startAmendment(tx, report, body.reason, changes)
  const marks = await writeValues(tx, report, changed, 'amend', body.reason)
  await sql`
    update reports.report set version = version + 1, status = 'completed', amendment = ${number}, interpretation = ${interpretation},
      completed_at = ${tx.now},
      completed_by = ${tx.actor.accountId}, verified_at = null, verified_by = null, signed_at = null,
      abnormal = ${marks.abnormal}, critical = ${marks.critical}, unacknowledged_critical = ${marks.unacknowledged_critical}
    where id = ${reportId}`.execute(tx.db)
  tx.record('reports.amended', report, { reason: body.reason, amendment: number,
    codes: changes.map(({ code }) => code).join(', ') || 'interpretation' })
  return reportState(tx.reader, tx.actor, reportId)
}
