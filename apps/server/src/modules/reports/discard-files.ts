import { sql } from 'kysely'
import { supersedeObjects } from '#modules/storage'
import type { Tx } from '#platform/unit-of-work'

/** Takes the files of reports away, into their history; the ledger keeps them as superseded. */
export async function discardFiles(tx: Tx, reportIds: number[], reason: string | null): Promise<void> {
  const { rows } = await sql<{ objectId: number }>`
    with gone as (delete from reports.file where report_id = any (${reportIds}::bigint[]) returning report_id, object_id)
    insert into reports.value_history (lab_id, report_id, code, old_value, cause, reason, amendment, at, by_account, by_name)
    select ${tx.actor.labId}, g.report_id, 'FILE', o.file_name, 'file', ${reason}, r.amendment, ${tx.now}, ${tx.actor.accountId}::bigint, ${tx.actor.name}
    from gone g join reports.report r on r.id = g.report_id join storage.pub_object o on o.id = g.object_id
    returning (select object_id from gone where gone.report_id = value_history.report_id) as "objectId"`.execute(tx.db)
  await supersedeObjects(tx, rows.map(({ objectId }) => objectId))
}
