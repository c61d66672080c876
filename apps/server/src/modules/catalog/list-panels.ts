import type { listPanels as route, Panel, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'

export type UnpricedPanel = Omit<Panel, 'currency'>
type PanelRow = Omit<UnpricedPanel, 'testIds'>

const panelColumns = sql`
  p.id, p.version, p.code, p.name, p.price, p.disabled,
  (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) order by item.sequence), '[]')
    from catalog.panel_item item join catalog.test t on t.id = item.test_id where item.panel_id = p.id) as tests`

const panelFrom = ({ id, version, code, name, price, disabled, tests }: PanelRow): UnpricedPanel =>
  ({ id, version, code, name, price, disabled, tests, testIds: tests.map((test) => test.id) })

/** Panels by name, each with its tests in the panel's order. */
export async function listPanels(db: Reader, { limit = 50, q, cursor, disabled }: QueryOf<typeof route>): Promise<Page<UnpricedPanel>> {
  const after = decodeCursor(cursor, 'text', 'id')
  const where = [
    sql`true`,
    ...(after ? [sql`(p.name, p.id) > (${after[0]}, ${after[1]})`] : []),
    ...(q ? [sql`p.id in (select subject_id from platform.search(${q}, '{panel}', 500))`] : []),
    ...(disabled === undefined ? [] : [sql`p.disabled = ${disabled}`]),
  ]
  const { rows } = await sql<PanelRow>`
    select ${panelColumns} from catalog.panel p
    where ${sql.join(where, sql` and `)} order by p.name, p.id limit ${limit + 1}`.execute(db as never)
  return pageOf(rows.map(panelFrom), limit, ({ name, id }) => [name, id])
}

export async function panelOf(db: Reader, panelId: number): Promise<UnpricedPanel> {
  const { rows: [panel] } = await sql<PanelRow>`select ${panelColumns} from catalog.panel p where p.id = ${panelId}`.execute(db as never)
  if (!panel) throw platformErrors.not_found({ thing: 'panel' })
  return panelFrom(panel)
}
