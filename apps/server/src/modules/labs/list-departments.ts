import type { Department, listDepartments as route, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader } from '#platform/unit-of-work'
import { equals, type Directory } from './directory-row.ts'

export const departments: Directory = {
  table: 'labs.department',
  thing: 'department',
  columns: sql`id, version, name, code, required_sign_rank as "requiredSignRank", sequence, disabled, radiology`,
}

/** Departments in their sequence. */
export async function listDepartments(db: Reader, { cursor, limit = 50, disabled }: QueryOf<typeof route>): Promise<Page<Department>> {
  const after = decodeCursor(cursor, 'id', 'id')
  const beyond = after && sql`(sequence, id) > (${after[0]}, ${after[1]})`
  const where = [sql`true`, equals('disabled', disabled), beyond].filter((condition) => condition !== null)
  const { rows } = await sql<Department>`
    select ${departments.columns} from labs.department where ${sql.join(where, sql` and `)}
    order by sequence, id limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ sequence, id }) => [sequence, id])
}
