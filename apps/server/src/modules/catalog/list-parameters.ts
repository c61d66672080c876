import type { DictionaryEntry, listParameters as route, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'

/** The dictionary by code, each parameter with the active tests that measure it. A lab has some thousands at most, so text is looked for in all. */
export async function listParameters(db: Reader, { limit = 50, q, cursor }: QueryOf<typeof route>): Promise<Page<DictionaryEntry>> {
  const after = decodeCursor(cursor, 'text')
  const where = [
    sql`true`,
    ...(after ? [sql`p.code > ${after[0]}`] : []),
    ...(q ? [sql`strpos(platform.fold(concat_ws(' ', p.code, p.name, p.loinc)), platform.fold(${q})) > 0`] : []),
  ]
  const { rows } = await sql<DictionaryEntry>`
    select p.code, p.name, p.loinc, p.kind, p.unit, p.display_unit as "displayUnit",
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) order by t.code), '[]')
        from catalog.version_parameter link join catalog.test t on t.current_version_id = link.version_id
        where link.parameter_id = p.id and t.status = 'active') as tests
    from catalog.parameter p where ${sql.join(where, sql` and `)} order by p.code limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ code }) => [code])
}
