import { sql } from 'kysely'
import type { Susceptibility } from '@aliquot/lab-arithmetic'
import type { Reader } from '#platform/unit-of-work'

/** An organism of a signed report with what was measured of it. */
export interface ReportedIsolate {
  reportId: number
  organismId: number
  name: string
  /** Isolates of one organism in one report, from 1. */
  number: number
  results: { antibioticId: number; code: string; value: Susceptibility; method?: string; text?: string }[]
  collectedAt: Date
  specimenType: string
  patientId: number
  ward: string | null
  surveillance: boolean
}

/**
 * The isolates of a report, for antibiograms: organisms that were found and have at least one measured susceptibility, or that a culture grew. What
 * genes predict is not measured and is left out. None while the report is not signed, or its result is a file. One statement.
 */
export const isolatesOfReport = (db: Reader, reportId: number): Promise<ReportedIsolate[]> => isolatesOfReports(db, [reportId])

/** The same of several reports, in the order of their ids. */
export async function isolatesOfReports(db: Reader, reportIds: readonly number[]): Promise<ReportedIsolate[]> {
  const { rows } = await sql<ReportedIsolate>`
    select r.id as "reportId", t.organism_id as "organismId", t.name, t.number, r.collected_at as "collectedAt", coalesce(r.specimen_type, '') as "specimenType",
      r.patient_id as "patientId", r.ward, e.surveillance, m.results
    from reports.pub_section_report r join molecular.entry e on e.report_id = r.id
      join molecular.target_result t on t.report_id = r.id and t.kind = 'organism' and t.result = 'DETECTED'
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('antibioticId', m.antibiotic_id, 'code', m.code, 'value', m.value,
          'method', nullif(m.method, ''), 'text', nullif(m.measured, ''))) order by m.sequence), '[]') as results
        from molecular.resistance_result m where m.report_id = r.id and m.target = t.target and m.value is not null) m
    where r.id = any (${reportIds}::bigint[]) and r.status = 'signed' and r.filled and (e.plan->>'kind' = 'culture' or m.results <> '[]')
    order by r.id, t.sequence`.execute(db as never)
  return rows
}
