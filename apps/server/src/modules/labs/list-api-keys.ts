import type { ApiKey, listApiKeys as route, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { accountOf } from './accounts.ts'
import { iso } from './directory-row.ts'

/** The keys of an account, newest first; never the keys themselves. */
export async function listApiKeys(db: Reader, accountId: number, { cursor, limit = 50 }: QueryOf<typeof route>): Promise<Page<ApiKey>> {
  await accountOf(db, accountId)
  const after = decodeCursor(cursor, 'time', 'text')
  const { rows } = await sql<ApiKey & { at: string }>`
    select id, coalesce(name, '') as name, coalesce(start, '') as start, "createdAt"::text as at,
      ${iso('createdAt')} as "createdAt", ${iso('expiresAt')} as "expiresAt", ${iso('lastRequest')} as "lastUsedAt"
    from auth.apikey where "referenceId" = (select user_id from labs.account where id = ${accountId})
      ${after ? sql`and ("createdAt", id) < (${after[0]}::timestamptz, ${after[1]})` : sql``}
    order by auth.apikey."createdAt" desc, id desc limit ${limit + 1}`.execute(db as never)
  const { items, next } = pageOf(rows, limit, ({ at, id }) => [at, id])
  return { items: items.map(({ at: _, ...key }) => key), next }
}
