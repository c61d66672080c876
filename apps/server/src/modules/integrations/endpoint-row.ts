import type { Endpoint } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import { now, type Reader } from '#platform/unit-of-work'

export const endpointContext = (labId: number) => `integrations:endpoint:${labId}`

/** Endpoints that meet the condition, in the order of their names, with what the partner's codes mean. */
export async function endpointsWhere(db: Reader, labId: number, condition: RawBuilder<unknown>, most: number): Promise<Endpoint[]> {
  const { timezone } = await labProfile(labId)
  const today = sql`(${now()}::timestamptz at time zone ${timezone})::date::timestamp at time zone ${timezone}`
  const { rows } = await sql<Endpoint>`
    select e.id, e.version, e.name, e.verification, jsonb_build_object('id', a.id, 'name', a.name) as account, e.operations, e.disabled, e.last_at as "lastAt",
      (select jsonb_build_object('done', count(*) filter (where r.status < 300), 'refused', count(*) filter (where r.status >= 300))
        from integrations.request r where r.endpoint_id = e.id and r.lab_id = e.lab_id and r.at >= ${today}) as today,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'theirs', c.theirs, 'ours', jsonb_build_object('id', c.ours, 'name',
          coalesce(t.name, p.name, o.name, d.name, ''))) order by c.kind, c.theirs), '[]')
        from integrations.code c left join catalog.pub_test t on c.kind = 'test' and t.id = c.ours left join catalog.pub_panel p on c.kind = 'panel' and p.id = c.ours
          left join labs.pub_organisation o on c.kind = 'organisation' and o.id = c.ours left join labs.pub_doctor d on c.kind = 'doctor' and d.id = c.ours
        where c.endpoint_id = e.id) as codes
    from integrations.endpoint e join labs.pub_account a on a.id = e.account_id where ${condition} order by e.name, e.id limit ${most}`.execute(db as never)
  return rows
}

export async function endpointOf(db: Reader, labId: number, id: number): Promise<Endpoint> {
  const [endpoint] = await endpointsWhere(db, labId, sql`e.id = ${id}`, 1)
  if (!endpoint) throw platformErrors.not_found({ thing: 'address' })
  return endpoint
}
