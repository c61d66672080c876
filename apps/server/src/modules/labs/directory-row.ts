import { sql, type RawBuilder } from 'kysely'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import type { Reader, Tx } from '#platform/unit-of-work'

/** A table of this module whose rows go over the wire as they are: `columns` selects them under the contract's names. */
export interface Directory {
  table: `labs.${string}`
  /** What a person calls one row. */
  thing: string
  columns: RawBuilder<unknown>
}

/** A wire name as a column: contactName → contact_name. */
const columnOf = (field: string) => sql.ref(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))

const given = (fields: object): [string, unknown][] => Object.entries(fields).filter(([, value]) => value !== undefined)

export const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export async function insertRow<R>(tx: Tx, { table, columns }: Directory, fields: object): Promise<R> {
  const entries = given(fields)
  const { rows: [row] } = await sql<R>`
    insert into ${sql.table(table)} (lab_id, ${sql.join(entries.map(([field]) => columnOf(field)))})
    values (${tx.actor.labId}, ${sql.join(entries.map(([, value]) => value))}) returning ${columns}`.execute(tx.db)
  if (!row) throw new Error(`${table} gave no row back`)
  return row
}

/** The row, locked until the transaction ends: no such row and a version that somebody else has changed are told apart. */
export async function lockRow<R extends { version: number }>(tx: Tx, { table, thing, columns }: Directory, id: number, version?: number): Promise<R> {
  const { rows: [row] } = await sql<R>`select ${columns} from ${sql.table(table)} where id = ${id} for update`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing })
  if (version !== undefined && row.version !== version) throw platformErrors.stale_version({ thing })
  return row
}

export interface Changes {
  [detail: string]: unknown
  /** Names of what changed, for the sentence of the log. */
  fields: string
  changes: Record<string, { from: unknown; to: unknown }>
}

/** What a body would change; null when it says what is there already. */
export function changesOf(before: object, body: object): Changes | null {
  const old = before as Record<string, unknown>
  const changed = given(body).filter(([field, value]) => field !== 'version' && JSON.stringify(old[field]) !== JSON.stringify(value))
  if (changed.length === 0) return null
  return {
    fields: changed.map(([field]) => field).join(', '),
    changes: Object.fromEntries(changed.map(([field, value]) => [field, { from: old[field], to: value }])),
  }
}

/** Writes the given fields of a locked row. */
export async function updateRow<R>(tx: Tx, { table, columns }: Directory, id: number, fields: object): Promise<R> {
  const sets = given(fields).map(([field, value]) => sql`${columnOf(field)} = ${value}`)
  const { rows: [row] } = await sql<R>`
    update ${sql.table(table)} set ${sql.join([...sets, sql`version = version + 1`])} where id = ${id} returning ${columns}`.execute(tx.db)
  if (!row) throw new Error(`${table} lost its row ${id}`)
  return row
}

/** Applies a PATCH body to a row and records `action` with what it changed; a body that changes nothing is answered with the row as it is. */
export async function patchRow<R extends { id: number; version: number }>(
  tx: Tx, directory: Directory, action: string, id: number, { version, ...fields }: { version: number },
): Promise<R> {
  const before = await lockRow<R>(tx, directory, id, version)
  const changes = changesOf(before, fields)
  if (!changes) return before
  const after = await updateRow<R>(tx, directory, id, fields)
  tx.record(action, after, changes)
  return after
}

/** One page of a table, by name. */
export async function pageByName<R extends { id: number; name: string }>(
  db: Reader, { table, columns }: Directory, { cursor, limit = 50 }: { cursor?: string; limit?: number }, conditions: (RawBuilder<unknown> | null)[],
): Promise<Page<R>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const where = [...conditions, after && sql`(name, id) > (${after[0]}, ${after[1]})`].filter((condition) => condition !== null)
  const { rows } = await sql<R>`
    select ${columns} from ${sql.table(table)} ${where.length > 0 ? sql`where ${sql.join(where, sql` and `)}` : sql``}
    order by name, id limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ name, id }) => [name, id])
}

export const equals = (column: string, value: string | number | boolean | undefined) =>
  value === undefined ? null : sql`${sql.ref(column)} = ${value}`

export const matches = (kind: string, q: string | undefined) =>
  q?.trim() ? sql`id in (select subject_id from platform.search(${q}, ${[kind]}::text[], 500))` : null
