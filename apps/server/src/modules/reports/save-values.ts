import type { ReportState, SaveValuesBody, ValueInput } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { judgeValues, missingValues, type JudgedValue } from './judge-values.ts'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { resultErrors } from './result-errors.ts'
import { writeValues } from './write-values.ts'

/** Saves some or all results; the calculated ones follow. A verified or completed report goes back a step when its values change. */
export async function saveValues(tx: Tx, reportId: number, body: SaveValuesBody): Promise<ReportState> {
  if (body.complete && !tx.actor.permissions.has('reports.complete')) throw platformErrors.forbidden({ permission: 'reports.complete' })
  const report = await lockReport(tx, reportId, body.version, body.complete ? 'complete' : 'save')
  const { errors, changed, values } = judgeValues(report.pinned, report.who, report.values, body.values)
  refuseIf(errors)
  if (body.complete) {
    const missing = missingValues(report.pinned, values)
    if (missing.length > 0) throw resultErrors.values_missing({}, { errors: missing })
  }
  const interpretation = body.interpretation === undefined ? report.interpretation : body.interpretation?.trim() || null
  return write(tx, report, { changed, complete: body.complete, interpretation })
}

/** Results of an instrument, into a report that takes results; it is complete when it lacks nothing and the caller wishes so. */
export async function recordMeasured(tx: Tx, reportId: number, inputs: ValueInput[], { complete }: { complete: boolean }): Promise<ReportState> {
  const report = await lockReport(tx, reportId, undefined, 'save')
  const { errors, changed, values } = judgeValues(report.pinned, report.who, report.values, inputs, 'instrument')
  refuseIf(errors)
  const whole = missingValues(report.pinned, values).length === 0
  return write(tx, report, { changed, complete: complete && whole, interpretation: report.interpretation })
}

interface Written {
  changed: JudgedValue[]
  complete: boolean
  interpretation: string | null
}

async function write(tx: Tx, report: LockedReport, { changed, complete, interpretation }: Written): Promise<ReportState> {
  const marks = await writeValues(tx, report, changed, 'edit')
  await sql`
    update reports.report set version = version + 1, status = ${complete ? 'completed' : 'in_progress'}, interpretation = ${interpretation},
      started_at = coalesce(started_at, ${tx.now}),
      completed_at = ${complete ? tx.now : null}::timestamptz, completed_by = ${complete ? tx.actor.accountId : null}::bigint,
        verified_at = null, verified_by = null,
      abnormal = ${marks.abnormal}, critical = ${marks.critical}, unacknowledged_critical = ${marks.unacknowledged_critical}
    where id = ${report.id}`.execute(tx.db)
  tx.record(complete ? 'reports.completed' : 'reports.values_saved', report,
    { codes: changed.map(({ code }) => code).join(', ') || 'nothing new' })
  if (marks.unacknowledged_critical && !report.unacknowledgedCritical) tx.record('reports.critical_found', report,
    { codes: changed.filter(({ judgement }) => judgement.flag.startsWith('critical')).map(({ code }) => code).join(', ') })
  return reportState(tx.reader, tx.actor, report.id)
}

/** Marks as complete what was saved before. */
export const completeReport = (tx: Tx, reportId: number, { version }: { version: number }): Promise<ReportState> =>
  saveValues(tx, reportId, { version, values: [], complete: true })
