import type { AntibiogramFilters, AntibiogramQuestion } from '@aliquot/contracts'
import type { Method } from '@aliquot/antibiogram'
import { sql, type RawBuilder } from 'kysely'

export type IsolateFilter = AntibiogramFilters & { organism?: string | undefined }

/** The group that a species is shown in: that of its master; without one, Other. */
export const groupOf = (species: RawBuilder<unknown>): RawBuilder<string> => sql`coalesce((
  select case when o.gram in ('Gram-negative', 'Gram-positive') then o.gram when o.category ilike '%yeast%' then 'Yeast' else 'Other' end
  from molecular.lab_organism o where o.species = ${species} order by o.is_default, o.id limit 1), 'Other')`

/** Joins and conditions of the isolates `i` that a filter leaves; both days are included. Surveillance is the caller's. */
export function filtered(labId: number, filter: IsolateFilter): RawBuilder<unknown> {
  const { from, to, specimen, ward, patientType, ageFrom, ageTo, group, organism } = filter
  const byAge = ageFrom !== undefined || ageTo !== undefined
  const age = sql`coalesce(i.age_years, extract(year from age(i.collected_on, p.birth_date))::int)`
  return sql`
    ${byAge ? sql`left join patients.pub_patient p on p.id = i.patient_id` : sql``}
    where i.lab_id = ${labId}
    ${from === undefined ? sql`` : sql`and i.collected_on >= ${from}::date`} ${to === undefined ? sql`` : sql`and i.collected_on <= ${to}::date`}
    ${specimen ? sql`and i.specimen = ${specimen}` : sql``} ${ward ? sql`and i.ward = ${ward}` : sql``}
    ${patientType ? sql`and i.patient_type = ${patientType}` : sql``} ${organism ? sql`and i.species = ${organism}` : sql``}
    ${ageFrom === undefined ? sql`` : sql`and ${age} >= ${ageFrom}`} ${ageTo === undefined ? sql`` : sql`and ${age} <= ${ageTo}`}
    ${group === undefined ? sql`` : sql`and i.species in (select s.species from (select distinct species from molecular.isolate where lab_id = ${labId}) s
      where ${groupOf(sql`s.species`)} = ${group})`}`
}

export const methodOf = ({ method = 'first-per-patient', episodeDays = 365 }: AntibiogramQuestion): Method =>
  (method === 'episode' || method === 'phenotype-points' ? { kind: method, days: episodeDays } : { kind: method })
