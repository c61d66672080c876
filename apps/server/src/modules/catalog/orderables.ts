import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** An active test as an order needs it. `price` is the list price in minor units. */
export interface OrderableTest {
  testId: number
  /** The version that a report ordered now is judged by. */
  versionId: number
  code: string
  name: string
  price: number
  departmentId: number
  formatType: 1 | 2 | 3 | 4 | 5
  specimen: { type: string; container: string }
  turnaroundMinutes: number
  /** The higher of what the test and its department ask for. */
  requiredSignRank: number
}

export interface OrderablePanel {
  panelId: number
  code: string
  name: string
  price: number
  /** In the panel's own order. */
  testIds: number[]
}

interface Wanted {
  testIds: number[]
  panelIds: number[]
}

interface Orderables {
  tests: OrderableTest[]
  panels: OrderablePanel[]
}

/**
 * What can be ordered of the given tests and panels, in two statements: `tests` holds the tests asked for and those of the panels.
 * Drafts, retired tests, disabled panels and other labs' ids are simply absent; the caller says what it misses.
 */
export async function orderables(db: Reader, wanted: Wanted): Promise<Orderables> {
  const { rows: panels } = await sql<OrderablePanel>`
    select p.id as "panelId", p.code, p.name, p.price,
      (select jsonb_agg(item.test_id order by item.sequence) from catalog.panel_item item where item.panel_id = p.id) as "testIds"
    from catalog.panel p where p.id = any (${wanted.panelIds}::bigint[]) and not p.disabled
    order by p.id`.execute(db as never)
  const testIds = [...new Set([...wanted.testIds, ...panels.flatMap((panel) => panel.testIds)])]
  const { rows: tests } = await sql<OrderableTest>`
    select t.id as "testId", t.current_version_id as "versionId", t.code, t.name, t.price, t.department_id as "departmentId",
      t.format_type as "formatType", jsonb_build_object('type', t.specimen->'type', 'container', t.specimen->'container') as specimen,
      t.turnaround_minutes as "turnaroundMinutes", greatest(t.required_sign_rank, d.required_sign_rank) as "requiredSignRank"
    from catalog.test t join labs.pub_department d on d.id = t.department_id
    where t.id = any (${testIds}::bigint[]) and t.status = 'active'
    order by t.id`.execute(db as never)
  return { tests, panels }
}
