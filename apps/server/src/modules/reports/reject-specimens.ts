import type { Specimen } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { discardFiles } from './discard-files.ts'
import { reportErrors } from './errors.ts'
import { lockSpecimens, refuseUnless, reportsChanged, specimensByIds } from './specimen-store.ts'

/** Specimens that cannot be used. Their reports wait for a redraw; results that nobody verified go to the history with the reason. */
export async function rejectSpecimens(tx: Tx,
  { specimenIds, reason }: { specimenIds: number[]; reason: string }): Promise<{ specimens: Specimen[] }> {
  const specimens = await lockSpecimens(tx, specimenIds)
  refuseUnless(specimens, ['collected', 'received', 'rejected'])
  const fresh = specimens.filter(({ status }) => status !== 'rejected')
  if (fresh.length > 0) {
    await sendBack(tx, fresh.map(({ id }) => id), reason)
    await sql`update reports.specimen set status = 'rejected', rejected_at = ${tx.now}, rejected_by = ${tx.actor.accountId}, reject_reason = ${reason}
      where id = any (${fresh.map(({ id }) => id)}::bigint[])`.execute(tx.db)
    for (const specimen of fresh) tx.record('reports.specimen_rejected', specimen, { reason })
  }
  return { specimens: await specimensByIds(tx.reader, specimenIds) }
}

/**
 * Puts the reports of the specimens back to `ordered` and their unverified values into the history. Refuses once one was verified. Answers the
 * reports.
 */
export async function sendBack(tx: Tx, specimenIds: number[], reason: string): Promise<{ id: number; specimenId: number }[]> {
  const { rows } = await sql<{ id: number; specimenId: number; number: string; status: string; verified: boolean }>`
    select id, specimen_id as "specimenId", number, status, status in ('verified', 'partially_signed', 'signed') as verified from reports.report
    where specimen_id = any (${specimenIds}::bigint[]) and status <> 'cancelled' order by id for update`.execute(tx.db)
  const verified = rows.filter((row) => row.verified)
  if (verified.length > 0) throw reportErrors.specimen_wrong_status({ numbers: verified.map(({ number, status }) =>
    `report ${number} (${status})`).join(', ') })
  const ids = rows.map(({ id }) => id)
  await sql`
    with gone as (delete from reports.value where report_id = any (${ids}::bigint[]) returning *),
    sections as (delete from reports.sections where report_id = any (${ids}::bigint[]) returning *)
    insert into reports.value_history (lab_id, report_id, parameter_id, code, old_value, old_flag, cause, reason, amendment, at, by_account, by_name)
    select g.lab_id, g.report_id, g.parameter_id, g.code, g.value, g.flag, 'reject', ${reason}::text, r.amendment, ${tx.now}::timestamptz,
      ${tx.actor.accountId}::bigint, ${tx.actor.name}
    from gone g join reports.report r on r.id = g.report_id where g.value is not null
    union all
    select c.lab_id, c.report_id, null, f.key, f.value, null, 'reject', ${reason}::text, r.amendment, ${tx.now}::timestamptz, ${tx.actor.accountId}::bigint, ${tx.actor.name}
    from sections c join reports.report r on r.id = c.report_id, jsonb_each_text(c.facts) f`.execute(tx.db)
  await discardFiles(tx, ids, reason)
  await sql`
    update reports.report set status = 'ordered', collected_at = null, received_at = null, started_at = null, completed_at = null,
      completed_by = null, abnormal = false, critical = false,
      unacknowledged_critical = false, interpretation = null, file_check = null, done_with_id = null, version = version + 1
    where id = any (${ids}::bigint[])`.execute(tx.db)
  reportsChanged(tx, rows)
  return rows
}
