import { encodeCursor, type Page } from './cursor.ts'

/** One page of the rows of a query that asked for one row more than the page holds. */
export function pageOf<R>(rows: R[], limit: number, keyOf: (row: R) => (string | number)[]): Page<R> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null }
}
