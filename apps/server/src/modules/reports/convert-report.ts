import type { BodyOf, ReportState, convertReport as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { discardFiles } from './discard-files.ts'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { resultErrors } from './result-errors.ts'
import { startAgain } from './start-again.ts'
import { withdrawIssue } from './start-amendment.ts'

/**
 * Makes a report one of a file or one of values. What it held goes to its history and is kept there; completion, verification and signatures are
 * withdrawn, and it stands where its specimen is. An issued report needs a reason, and the permission to take signatures back.
 */
export async function convertReport(tx: Tx, { labReportId, version, fileInputReport, reason }: BodyOf<typeof contract>): Promise<ReportState> {
  const report = await lockReport(tx, labReportId, version, 'convert')
  if (report.radiology && !tx.actor.permissions.has('reports.convert_radiology')) throw resultErrors.radiology_guarded()
  if (report.isFile === fileInputReport) throw resultErrors.already_of_that_kind()
  if (!fileInputReport && !report.bySections && report.pinned.definition.parameters.length === 0) throw resultErrors.no_parameters()
  const amendment = await takeBack(tx, report, reason)
  if (fileInputReport) await discardValues(tx, report, reason ?? null)
  else await discardFiles(tx, [report.id], reason ?? null)
  await sql`
    update reports.report set is_file = ${fileInputReport}, version = version + 1, amendment = ${amendment}, interpretation = null,
      ${startAgain},
      abnormal = false, critical = false, unacknowledged_critical = false, file_check = null, done_with_id = null
    where id = ${report.id}`.execute(tx.db)
  tx.record('reports.converted', report, { kind: fileInputReport ? 'a file' : 'values' })
  return reportState(tx.reader, tx.actor, report.id)
}

/** Withdraws what was issued, with its reason. Answers which issue the report is then. */
async function takeBack(tx: Tx, report: LockedReport, reason: string | undefined): Promise<number> {
  if (report.status !== 'signed' && report.status !== 'partially_signed') return report.amendment
  if (!tx.actor.permissions.has('reports.unsign')) throw platformErrors.forbidden({ permission: 'reports.unsign' })
  if (reason === undefined) refuseIf([{ path: '/reason', message: 'is needed, since the report is signed', code: 'platform.required' }])
  return withdrawIssue(tx, report, reason ?? '')
}

/** Values, and the facts of sections. */
const discardValues = (tx: Tx, { id, amendment }: LockedReport, reason: string | null) => sql`
  with gone as (delete from reports.value where report_id = ${id} returning *),
    sections as (delete from reports.sections where report_id = ${id} returning *)
  insert into reports.value_history (lab_id, report_id, parameter_id, code, old_value, old_flag, cause, reason, amendment, at, by_account, by_name)
  select lab_id, report_id, parameter_id, code, value, flag, 'convert', ${reason}::text, ${amendment}::integer, ${tx.now}::timestamptz, ${tx.actor.accountId}::bigint, ${tx.actor.name}
  from gone where value is not null
  union all
  select c.lab_id, c.report_id, null, f.key, f.value, null, 'convert', ${reason}::text, ${amendment}::integer, ${tx.now}::timestamptz, ${tx.actor.accountId}::bigint, ${tx.actor.name}
  from sections c, jsonb_each_text(c.facts) f`.execute(tx.db)
