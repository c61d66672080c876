import type { MissingDetailsSummary } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { now, type Reader } from '#platform/unit-of-work'

const weeksShown = 12

/**
 * What is open by field, and how much was open at the end of each of the last twelve weeks, which begin on Mondays of the lab's zone. An incident
 * that was reopened counts from its last opening.
 */
export async function summariseDetails(db: Reader, labId: number): Promise<MissingDetailsSummary> {
  const { timezone } = await labProfile(labId)
  const { rows: [row] } = await sql<MissingDetailsSummary>`
    with monday as (
      select date_trunc('week', ${now()}::timestamptz at time zone ${timezone})::date as this
    ), week as (
      select day::date as day, day at time zone ${timezone} as begins, (day + interval '7 days') at time zone ${timezone} as ends
      from monday, generate_series(monday.this - ${7 * (weeksShown - 1)}::int, monday.this, interval '7 days') day
    ), counted as materialized (
      select i.state, i.patient_id, i.opened_at, i.resolved_at, c.blocks_release, t.module, t.name, t.category, t.label, t.id as place
      from missing_details.incident i join missing_details.configuration c on c.id = i.configuration_id and not c.disabled
        join missing_details.template t on t.id = c.template_id
      where i.lab_id = ${labId} and (i.state = 'open' or i.resolved_at >= (select min(begins) from week))
    ), open as (
      select * from counted where state = 'open'
    )
    select (select count(*) from open)::int as open, (select count(*) from open where blocks_release)::int as blocking,
      (select count(distinct patient_id) from open)::int as patients,
      (select count(*) from counted, monday where resolved_at >= monday.this::timestamp at time zone ${timezone})::int as "resolvedThisWeek",
      (select coalesce(jsonb_agg(jsonb_build_object('fieldName', name, 'fieldModule', module, 'fieldCategory', category, 'label', label, 'open', n,
        'oldest', to_char(oldest at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n desc, place), '[]')
        from (select name, module, category, label, place, count(*) as n, min(opened_at) as oldest from open group by 1, 2, 3, 4, 5) f) as fields,
      (select jsonb_agg(jsonb_build_object('day', day, 'open', coalesce(n.open, 0), 'opened', coalesce(n.opened, 0),
        'resolved', coalesce(n.resolved, 0)) order by day)
        from week cross join lateral (
          select count(*) filter (where opened_at < ends and (resolved_at is null or resolved_at >= ends)) as open,
            count(*) filter (where opened_at >= begins and opened_at < ends) as opened,
            count(*) filter (where resolved_at >= begins and resolved_at < ends) as resolved from counted) n) as weeks`.execute(db as never)
  if (!row) throw new Error('the summary is empty')
  return row
}
