import type { ReportStatus } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** What others tell people about a report. */
export interface ReportFacts {
  id: number
  number: string
  status: ReportStatus
  amendment: number
  test: string
  patientId: number
  accessionId: number
  accessionNumber: string
  organisationId: number | null
  doctorId: number | null
  collectedAt: Date | null
  signedAt: Date | null
  critical: { code: string; value: string; unit: string }[]
}

/** Reports in the order asked for, or those of a specimen, cancelled ones left out; in one statement. */
export async function reportFacts(db: Reader, of: { reportIds: readonly number[] } | { specimenId: number }): Promise<ReportFacts[]> {
  const condition = 'reportIds' in of
    ? sql`r.id = any (${of.reportIds}::bigint[])`
    : sql`r.status <> 'cancelled' and r.accession_id = (select accession_id from reports.specimen where id = ${of.specimenId})`
  const { rows } = await sql<ReportFacts>`
    select r.id, r.number, r.status, r.amendment, t.name as test, r.patient_id as "patientId", r.accession_id as "accessionId",
      a.number as "accessionNumber", r.organisation_id as "organisationId", r.doctor_id as "doctorId", r.collected_at as "collectedAt",
      r.signed_at as "signedAt",
      (select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'value', v.value, 'unit', v.unit) order by v.id), '[]')
        from reports.value v where v.report_id = r.id and v.flag in ('critical', 'critical_low', 'critical_high')) as critical
    from reports.report r join reports.accession a on a.id = r.accession_id join catalog.pub_test t on t.id = r.test_id
    where ${condition} order by r.id`.execute(db as never)
  return rows
}

/** The newest report with this status, of any status for null, to try things out on. */
export async function newestReportId(db: Reader, status: ReportStatus | null): Promise<number | null> {
  const { rows: [row] } = await sql<{ id: number }>`
    select id from reports.report where ${status === null ? sql`status <> 'cancelled'` : sql`status = ${status}`} order by ordered_at desc, id desc limit 1`
    .execute(db as never)
  return row?.id ?? null
}
