import type { Letterhead, ReportState, StoredObject } from '@aliquot/contracts'
import { sql } from 'kysely'
import { attachObject, supersedeObjects } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { change, type Tx } from '#platform/unit-of-work'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { resultErrors } from './result-errors.ts'
import { startAmendment } from './start-amendment.ts'

export interface FileTarget {
  labReportId: number
  version?: number
  /** Why a signed report gets another file: it is amended. */
  reason?: string
}

/** Locks a report that may be given a file: it is one of a file, and who asks may complete it. */
export async function lockForFile(tx: Tx, { labReportId, version, reason }: FileTarget): Promise<LockedReport> {
  const report = await lockReport(tx, labReportId, version, reason === undefined ? 'attach_file' : 'amend')
  if (!report.isFile) throw resultErrors.not_a_file_report()
  for (const permission of reason === undefined ? ['reports.complete'] : ['reports.complete', 'reports.amend']) {
    if (!tx.actor.permissions.has(permission)) throw platformErrors.forbidden({ permission })
  }
  if (report.radiology && !tx.actor.permissions.has('reports.convert_radiology')) throw resultErrors.radiology_guarded()
  return report
}

/** Gives a report a file that is stored and that nothing uses yet, in a transaction of its own. */
export const attachStored = (actor: Actor, target: FileTarget, objectId: number, letterhead: Letterhead): Promise<ReportState> => change(actor, async (tx) => {
  const report = await lockForFile(tx, target)
  const object = await attachObject(tx, { objectId, category: 'FileTypeReport', patientId: report.patientId })
  await attachFile(tx, report, { object, letterhead })
  return reportState(tx.reader, actor, report.id)
})

interface GivenFile {
  object: StoredObject
  letterhead: Letterhead
  reason?: string | undefined
}

/**
 * Makes a claimed file the result of a locked report, which is complete then and reviewed anew. A file that was there before is superseded. One
 * statement, more where a file is replaced or a signed report amended. The same file again changes nothing.
 */
export async function attachFile(tx: Tx, report: LockedReport, { object, letterhead, reason }: GivenFile): Promise<void> {
  const before = report.file
  if (before?.objectId === object.id && before.letterhead === letterhead && report.status === 'completed') return
  const changes = [{ code: 'FILE', before: before?.fileName ?? null, after: object.fileName }]
  const amendment = reason === undefined ? report.amendment : await startAmendment(tx, report, reason, changes)
  const check = object.state === 'attached' ? 'passed' : 'waiting'
  await sql`
    with put as (
      insert into reports.file (report_id, lab_id, object_id, letterhead, attached_at, attached_by)
      values (${report.id}, ${tx.actor.labId}, ${object.id}, ${letterhead}, ${tx.now}, ${tx.actor.accountId}::bigint)
      on conflict (report_id) do update set object_id = excluded.object_id, letterhead = excluded.letterhead, attached_at = excluded.attached_at,
        attached_by = excluded.attached_by
    ), noted as (
      insert into reports.value_history (lab_id, report_id, code, old_value, new_value, cause, reason, amendment, at, by_account, by_name)
      values (${tx.actor.labId}, ${report.id}, 'FILE', ${before?.fileName ?? null}, ${object.fileName}, ${reason === undefined ? 'file' : 'amend'},
        ${reason ?? null}, ${report.amendment}, ${tx.now}, ${tx.actor.accountId}::bigint, ${tx.actor.name})
    )
    update reports.report set version = version + 1, status = 'completed', file_check = ${check}, done_with_id = null, amendment = ${amendment},
      started_at = coalesce(started_at, ${tx.now}), completed_at = ${tx.now}, completed_by = ${tx.actor.accountId}::bigint,
      verified_at = null, verified_by = null, signed_at = null
    where id = ${report.id}`.execute(tx.db)
  if (before && before.objectId !== object.id) await supersedeObjects(tx, [before.objectId])
  if (reason !== undefined) tx.record('reports.amended', report, { reason, amendment, codes: 'file' })
  tx.record('reports.file_attached', report, { fileName: object.fileName })
}
