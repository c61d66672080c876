import type { Amendment } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import type { LockedReport } from './lock-report.ts'

/**
 * An issued report is going to change: keeps what was issued with the reason, and answers the number that the next issue carries, which the caller
 * writes to the report. A print of the earlier issue is not current from then on.
 */
export async function startAmendment(tx: Tx, report: LockedReport, reason: string, changes: Amendment['changes']): Promise<number> {
  const number = report.amendment + 1
  await sql`
    insert into reports.amendment (lab_id, report_id, number, reason, at, by_account, by_name, changes, before)
    select ${tx.actor.labId}, ${report.id}, ${number}, ${reason}, ${tx.now}, ${tx.actor.accountId}::bigint, ${tx.actor.name},
      ${JSON.stringify(changes)}::jsonb,
      jsonb_build_object('values', ${JSON.stringify(issuedValues(report))}::jsonb,
        'sections', ${report.sections && JSON.stringify(report.sections.sections)}::jsonb, 'interpretation', ${report.interpretation}::text,
        'file', ${report.file && JSON.stringify(report.file)}::jsonb,
        'signatures', (select coalesce(jsonb_agg(jsonb_build_object('account', account_id, 'rank', rank, 'at', signed_at, 'sha256', content_sha256)
          order by id), '[]')
          from reports.signature where report_id = ${report.id} and amendment = ${report.amendment} and revoked_at is null))`.execute(tx.db)
  return number
}

/** The facts of sections are kept like values: what an amendment changed is found the same way. */
const issuedValues = ({ values, sections }: LockedReport): unknown[] =>
  [...values, ...Object.entries(sections?.facts ?? {}).map(([code, value]) => ({ code, value }))]

/**
 * Takes the signatures of a report back; they stay on record with the reason. What was issued is kept first, with them, and is not current any more.
 * Answers the number that the next issue carries.
 */
export async function withdrawIssue(tx: Tx, report: LockedReport, reason: string): Promise<number> {
  const amendment = report.status === 'signed' ? await startAmendment(tx, report, reason, []) : report.amendment
  await sql`update reports.signature set revoked_at = ${tx.now}, revoke_reason = ${reason} where report_id = ${report.id} and revoked_at is null
    and amendment = ${report.amendment}`.execute(tx.db)
  return amendment
}

/** Before an amended report is signed: what differs from the issue before it, whichever way it was changed. */
export async function settleAmendments(tx: Tx, reports: LockedReport[]): Promise<void> {
  const amended = reports.filter(({ amendment }) => amendment > 0).map(({ id }) => id)
  if (amended.length === 0) return
  await sql`
    update reports.amendment m set changes = jsonb_path_query_array(m.changes, '$[*] ? (@.code == "FILE")') || (
      select coalesce(jsonb_agg(jsonb_build_object('code', code, 'before', b.value, 'after', v.value) order by code), '[]')
      from jsonb_to_recordset(m.before->'values') as b(code text, value text)
        full join (select code, value from reports.value where report_id = m.report_id
          union all select key, value from reports.sections c, jsonb_each_text(c.facts) where c.report_id = m.report_id) v using (code)
      where b.value is distinct from v.value)
    from reports.report r where r.id = m.report_id and m.number = r.amendment and r.id = any (${amended}::bigint[])`.execute(tx.db)
}
