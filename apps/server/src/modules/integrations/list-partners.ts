import type { Partner, QueryOf, listPartners as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { partnersWhere } from './partner-row.ts'

export async function listPartners(db: Reader, labId: number, { cursor, limit = 50, disabled }: QueryOf<typeof contract>): Promise<Page<Partner>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const rows = await partnersWhere(db, labId, sql`${disabled === undefined ? sql`true` : sql`p.disabled = ${disabled}`}
    and ${after ? sql`(p.name, p.id) > (${after[0]}, ${after[1]})` : sql`true`}`, limit + 1)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}
