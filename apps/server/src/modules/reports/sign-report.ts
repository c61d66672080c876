import { createHash } from 'node:crypto'
import type { ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { markSigned } from '#modules/patients'
import { platformErrors, type Problem } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { resultErrors } from './result-errors.ts'
import { settleAmendments } from './start-amendment.ts'

/** Signs one report; from completed this verifies as well. Below the required rank it is partially signed. */
export async function signReport(tx: Tx, reportId: number, { version }: { version: number }): Promise<ReportState> {
  const report = await lockReport(tx, reportId, version, 'sign')
  const problem = await whyNotSign(tx, report)
  if (problem) throw problem
  await sign(tx, [report])
  return reportState(tx.reader, tx.actor, reportId)
}

/** What keeps this actor from signing; null when nothing does. */
export async function whyNotSign(tx: Tx, report: LockedReport): Promise<Problem | null> {
  const { settings } = await labProfile(tx.actor.labId)
  if (tx.actor.signRank === 0) return resultErrors.rank_too_low()
  if (report.status === 'completed' && !tx.actor.permissions.has('reports.verify')) return platformErrors.forbidden({ permission: 'reports.verify' })
  const trouble = fileTrouble(report)
  if (trouble) return trouble
  if (report.unacknowledgedCritical && settings.criticalReadBack) return resultErrors.critical_unacknowledged()
  return null
}

/** A file that is not there or not checked yet keeps its report from being verified or signed. */
export function fileTrouble({ isFile, file, fileCheck, doneWith }: LockedReport): Problem | null {
  if (doneWith) return doneWith.ready ? null : resultErrors.file_unchecked()
  if (!isFile) return null
  if (!file) return resultErrors.file_missing()
  return fileCheck === 'passed' ? null : resultErrors.file_unchecked()
}

/** Signs locked reports in three statements, four where one was amended. A second signature of the same person violates `signature_once`. */
export async function sign(tx: Tx, reports: LockedReport[]): Promise<void> {
  if (reports.length === 0) return
  const final = reports.filter(({ requiredSignRank }) => tx.actor.signRank >= requiredSignRank)
  const signatures = reports.map((report) => ({ report_id: report.id, amendment: report.amendment, sha256: contentHash(report) }))
  await sql`
    insert into reports.signature (lab_id, report_id, account_id, rank, amendment, content_sha256, signed_at)
    select ${tx.actor.labId}, report_id, ${tx.actor.accountId}::bigint, ${tx.actor.signRank}, amendment, sha256, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(signatures)}) as s(report_id bigint, amendment int, sha256 text)`.execute(tx.db)
  await settleAmendments(tx, reports)
  await sql`
    update reports.report set version = version + 1, verified_at = coalesce(verified_at, ${tx.now}),
      verified_by = coalesce(verified_by, ${tx.actor.accountId}::bigint),
      status = case when id = any (${final.map(({ id }) => id)}::bigint[]) then 'signed' else 'partially_signed' end,
      signed_at = case when id = any (${final.map(({ id }) => id)}::bigint[]) then ${tx.now}::timestamptz end
    where id = any (${reports.map(({ id }) => id)}::bigint[])`.execute(tx.db)
  if (final.length > 0) await markSigned(tx, [...new Set(final.map(({ patientId }) => patientId))], tx.now)
  for (const report of reports) tx.record(final.includes(report) ? 'reports.signed' : 'reports.partially_signed', report)
}

/** What a signature vouches for: SHA-256 over the report's content in a fixed order. */
export function contentHash({ number, amendment, patient, values, sections, interpretation, file, doneWith }: LockedReport): string {
  const lines = [...values].sort((a, b) => (a.code < b.code ? -1 : 1)).map(({ code, value, unit, flag, rangeText, note }) =>
    [code, value, unit, flag, rangeText, note])
  return createHash('sha256').update(JSON.stringify([number, amendment, patient.number, patient.fullName, patient.sex, patient.birthDate, lines,
    interpretation, ...(file ? [file.sha256] : []), ...(doneWith ? [doneWith.id] : []), ...(sections ? [sections.sections] : [])])).digest('hex')
}
