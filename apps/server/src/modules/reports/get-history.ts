import type { HistoryEntry, QueryOf, getHistory as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import { decodeCursor, encodeCursor, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'

type Row = HistoryEntry & { key: string; source: string; id: number }

/** Every value, signature, amendment and call that a report has had, newest first. */
export async function getHistory(db: Reader, reportId: number, query: QueryOf<typeof contract>): Promise<Page<HistoryEntry>> {
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, 'time', 'text', 'id')
  const who = (account: string, at: string) => sql`labs.account_ref(${sql.ref(account)}, ${sql.ref(at)})`
  const { rows } = await sql<Row & { exists: boolean }>`
    with entry as (
      select 'a' as source, id, at, ${who('by_account', 'at')} as actor, case when parameter_id is null and code = 'FILE' then 'file' when cause = 'rerun' then 'rerun'
        else 'value' end as kind, code, old_value as before, new_value as after, reason
      from reports.value_history where report_id = ${reportId}
      union all select 'b', r.id, done.at, done.actor, 'status', null, null, done.status, null from reports.report r cross join lateral (values
        ('completed', completed_at, ${who('completed_by', 'completed_at')}),
          ('verified', verified_at, ${who('verified_by', 'verified_at')})) as done(status, at, actor)
        where r.id = ${reportId} and done.at is not null
      union all select 'c', id, at, ${who('by_account', 'at')}, 'amendment', null, null, 'amendment ' || number, reason from reports.amendment
        where report_id = ${reportId}
      union all select 'd', id, at, ${who('by_account', 'at')}, 'critical_notice', parameter_codes[1], null, 'told ' || told_whom || case
        when read_back then ', read back' else '' end, note
        from reports.critical_notice where report_id = ${reportId}
      union all select 'e', id, signed_at, ${who('account_id', 'signed_at')}, 'signature', null, null, 'signed', null from reports.signature
        where report_id = ${reportId}
      union all select 'f', id, revoked_at, ${who('account_id', 'revoked_at')}, 'signature', null, 'signed', 'taken back', revoke_reason
        from reports.signature
        where report_id = ${reportId} and revoked_at is not null
    )
    select *, at::text as key from entry where ${after ? sql`(at, source, id) < (${after[0]}::timestamptz, ${after[1]}, ${after[2]})` : sql`true`}
    order by at desc, source desc, id desc limit ${limit + 1}`.execute(db as never)
  if (rows.length === 0 && !after) {
    const { rows: [report] } = await sql`select 1 from reports.report where id = ${reportId}`.execute(db as never)
    if (!report) throw platformErrors.not_found({ thing: 'report' })
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ at, actor, kind, code, before, after: now, reason }) => ({ at, actor, kind, code, before, after: now, reason })),
    next: rows.length > limit && last ? encodeCursor([last.key, last.source, last.id]) : null,
  }
}
