import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** Whoever was registered last, to try things out on; null where nobody was. */
export async function newestPatientId(db: Reader): Promise<number | null> {
  const { rows: [row] } = await sql<{ id: number }>`select id from patients.patient order by registered_at desc, id desc limit 1`.execute(db as never)
  return row?.id ?? null
}
