import type { listOrderables as route, Orderable, QueryOf } from '@aliquot/contracts'
import { sql } from 'kysely'
import { decodeCursor, pageOf, type Page } from '#platform/http'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'
import { priceFor } from './price-for.ts'

type UnpricedOrderable = Omit<Orderable, 'currency'>

/** Active tests and panels by name, at the price that the organisation pays. A panel takes as long as its slowest test. */
export async function listOrderables(db: Reader, query: QueryOf<typeof route>): Promise<Page<UnpricedOrderable>> {
  const { limit = 50, q, organisationId } = query
  const after = decodeCursor(query.cursor, 'text', 'text', 'id')
  const discount = organisationId === undefined ? 0 : await discountOf(db, organisationId)
  const where = (kind: 'test' | 'panel') => sql.join([
    sql`true`,
    ...(after ? [sql`(o.name, ${kind}::text, o.id) > (${after[0]}, ${after[1]}, ${after[2]})`] : []),
    ...(q ? [sql`o.id in (select subject_id from platform.search(${q}, array[${kind}]::text[], 500))`] : []),
  ], sql` and `)
  const { rows } = await sql<UnpricedOrderable>`
    (select 'panel'::text as kind, o.id, o.code, o.name, o.name as "shortName", o.price, within.specimens, within.ids as "testIds",
        within.minutes as "turnaroundMinutes"
      from catalog.panel o, lateral (
        select jsonb_agg(distinct t.specimen) as specimens, jsonb_agg(t.id order by item.sequence) as ids, max(t.turnaround_minutes) as minutes
        from catalog.panel_item item join catalog.test t on t.id = item.test_id where item.panel_id = o.id) within
      where not o.disabled and ${where('panel')} order by o.name, o.id limit ${limit + 1})
    union all
    (select 'test', o.id, o.code, o.name, o.short_name, o.price, jsonb_build_array(o.specimen), jsonb_build_array(o.id), o.turnaround_minutes
      from catalog.test o where o.status = 'active' and ${where('test')} order by o.name, o.id limit ${limit + 1})
    order by name, kind, id limit ${limit + 1}`.execute(db as never)
  const priced = rows.map((row) => ({ ...row, price: priceFor(row.price, discount) }))
  return pageOf(priced, limit, ({ name, kind, id }) => [name, kind, id])
}

async function discountOf(db: Reader, organisationId: number): Promise<number> {
  const { rows: [organisation] } = await sql<{ percent: string }>`
    select discount_percent::text as percent from labs.pub_organisation where id = ${organisationId}`.execute(db as never)
  if (!organisation) throw platformErrors.not_found({ thing: 'organisation' })
  return Number(organisation.percent)
}
