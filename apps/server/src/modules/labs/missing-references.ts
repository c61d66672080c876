import { sql } from 'kysely'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'

interface Reference {
  /** The field, as JSON pointer; members of a list are named by their place in it. */
  path: string
  table: 'labs.role' | 'labs.doctor' | 'labs.organisation' | 'labs.department' | 'labs.domain'
  ids: number | null | undefined | readonly number[]
}

/** An error for every id that names no record of this lab, found by one statement. */
export async function missingReferences(tx: Tx, references: Reference[]): Promise<FieldError[]> {
  const asked = references
    .map(({ path, table, ids }) => ({ path, table, ids: [ids ?? []].flat(), list: Array.isArray(ids) })).filter(({ ids }) => ids.length > 0)
  if (asked.length === 0) return []
  const { rows } = await sql<{ path: string }>`${sql.join(asked.map(({ path, table, ids, list }, field) => sql`
    select ${field}::integer as field, wanted.place, ${path}::text || ${list ? sql`'/' || wanted.place - 1` : sql`''`} as path
    from unnest(${ids}::bigint[]) with ordinality as wanted (id, place)
    where not exists (select from ${sql.table(table)} found where found.id = wanted.id)`), sql` union all `)} order by field, place`.execute(tx.db)
  return rows.map(({ path }) => ({ path, message: 'names no record of this lab', code: 'platform.not_found' }))
}
