import { statusesAllowing, type BodyOf, type ReportStatus, type markReportsDone as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { reportErrors } from './errors.ts'
import { resultErrors } from './result-errors.ts'

interface Sibling {
  id: number
  patientId: number
  number: string
  version: number
  status: ReportStatus
  isFile: boolean
}

const closed: readonly ReportStatus[] = ['completed', 'verified', 'partially_signed', 'signed', 'cancelled']

/**
 * Completes reports of the bill whose results are in the file of this one: those named, or all that have not been started. At least one report of
 * the bill must stay open, so that a bill is never done before anybody gave it a result.
 */
export async function markReportsDone(tx: Tx, { labReportId, siblingIds }: BodyOf<typeof contract>) {
  const { rows } = await sql<Sibling>`
    select id, patient_id as "patientId", number, version, status, is_file as "isFile" from reports.report
    where bill_id = (select bill_id from reports.report where id = ${labReportId}) order by id for update`.execute(tx.db)
  const report = rows.find(({ id }) => id === labReportId)
  if (!report) throw platformErrors.not_found({ thing: 'report' })
  if (!report.isFile) throw resultErrors.not_a_file_report()
  const allowed = statusesAllowing('mark_done')
  const chosen = rows.filter(({ id, status }) => id !== labReportId && (siblingIds?.includes(id) ?? allowed.includes(status)))
  if (chosen.length < (siblingIds?.filter((id) => id !== labReportId).length ?? 0)) throw platformErrors.not_found({ thing: 'report of this bill' })
  const wrong = chosen.find(({ status }) => !allowed.includes(status))
  if (wrong) throw reportErrors.wrong_status({ status: wrong.status }, { detail: { labReportId: wrong.id, status: wrong.status } })
  const marked = new Set(chosen.map(({ id }) => id))
  if (!rows.some(({ id, status }) => !marked.has(id) && !closed.includes(status))) throw resultErrors.none_left_open()

  await sql`
    update reports.report set status = 'completed', completed_at = ${tx.now}, completed_by = ${tx.actor.accountId}::bigint, done_with_id = ${labReportId},
      started_at = coalesce(started_at, ${tx.now}), version = version + 1
    where id = any (${[...marked]}::bigint[])`.execute(tx.db)
  for (const sibling of chosen) tx.record('reports.marked_done', sibling, { within: report.number })
  return { reports: chosen.map(({ id, number, version }) => ({ labReportId: id, number, status: 'completed' as const, version: version + 1 })) }
}
