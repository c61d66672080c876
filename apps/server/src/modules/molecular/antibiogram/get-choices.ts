import type { ResponseOf, getAntibiogramChoices as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** What the filters of an antibiogram can be set to. */
export async function getChoices(db: Reader, labId: number): Promise<ResponseOf<typeof contract>> {
  const { rows: [row] } = await sql<ResponseOf<typeof contract>>`
    with found as (select extract(year from collected_on)::int as year, specimen, ward, count(*)::int as n from molecular.isolate where lab_id = ${labId} group by 1, 2, 3)
    select array(select distinct year from found order by year desc) as years, array(select distinct specimen from found where specimen <> '' order by 1) as specimens,
      array(select distinct ward from found where ward <> '' order by 1) as wards, (select coalesce(sum(n), 0)::int from found) as isolates`.execute(db as never)
  return row ?? { years: [], specimens: [], wards: [], isolates: 0 }
}
