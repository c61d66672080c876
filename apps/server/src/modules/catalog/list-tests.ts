import type { listTests as route, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { summaryColumns, testsAndDepartments, type UnpricedSummary } from './test-summary.ts'

/** Tests by name. */
export async function listTests(db: Reader, query: QueryOf<typeof route>): Promise<Page<UnpricedSummary>> {
  const { limit = 50, q, departmentId, status, formatType } = query
  const after = decodeCursor(query.cursor, 'text', 'id')
  const where = [
    sql`true`,
    ...(after ? [sql`(t.name, t.id) > (${after[0]}, ${after[1]})`] : []),
    ...(q ? [sql`t.id in (select subject_id from platform.search(${q}, '{test}', 500))`] : []),
    ...(departmentId ? [sql`t.department_id = ${departmentId}`] : []),
    ...(status ? [sql`t.status = ${status}`] : []),
    ...(formatType ? [sql`t.format_type = ${formatType}`] : []),
  ]
  const { rows } = await sql<UnpricedSummary>`
    select ${summaryColumns} from ${testsAndDepartments}
    where ${sql.join(where, sql` and `)} order by t.name, t.id limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}
