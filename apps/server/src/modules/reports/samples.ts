import { ageAt, type Who } from '@aliquot/lab-arithmetic'
import type { ReportStatus, SpecimenStatus } from '@aliquot/contracts'
import { sql } from 'kysely'
import { definitionOf, type PinnedTest } from '#modules/catalog'
import { labProfile } from '#modules/labs'
import type { Reader } from '#platform/unit-of-work'

/** A report of the specimen that a sample id names, with what judging a result takes. */
export interface SampleReport {
  /** As asked for. */
  sample: string
  specimenNumber: string
  specimenStatus: SpecimenStatus
  specimenType: string
  reportId: number
  number: string
  status: ReportStatus
  isFile: boolean
  /** Another module fills it. */
  bySections: boolean
  patientId: number
  patient: { number: string; fullName: string; sex: Who['sex']; birthDate: string; birthTime: string | null; estimated: boolean }
  testCode: string
  orderedAt: Date
  /** Parameter code → value that the report has. */
  values: Record<string, string>
  pinned: PinnedTest
  who: Who
}

type Row = Omit<SampleReport, 'pinned' | 'who'> & { testVersionId: number; judgedAt: Date }

/**
 * The reports that wait for results of these samples: by the number on the tube, or by the accession's, which stands for all of its tubes. Capitals
 * and blanks make no difference. Cancelled reports are left out, closed ones are not. One statement.
 */
export async function reportsOfSamples(db: Reader, labId: number, samples: readonly string[]): Promise<SampleReport[]> {
  if (samples.length === 0) return []
  const { timezone } = await labProfile(labId)
  const { rows } = await sql<Row>`
    with asked as (select distinct sample, upper(trim(sample)) as number from unnest(${[...samples]}::text[]) as sample),
    found as (
      select asked.sample, s.id as specimen_id from asked join reports.specimen s on s.lab_id = ${labId} and s.number = asked.number
      union
      select asked.sample, s.id from asked join reports.accession a on a.lab_id = ${labId} and a.number = asked.number join reports.specimen s on s.accession_id = a.id
    )
    select f.sample, s.number as "specimenNumber", s.status as "specimenStatus", s.type as "specimenType", r.id as "reportId", r.number, r.status, r.is_file as "isFile", r.by_sections as "bySections",
      r.patient_id as "patientId", r.test_version_id as "testVersionId", t.code as "testCode", r.ordered_at as "orderedAt",
      coalesce(r.collected_at, r.ordered_at) as "judgedAt",
      (select coalesce(jsonb_object_agg(v.code, v.value) filter (where v.value is not null), '{}') from reports.value v where v.report_id = r.id) as values,
      jsonb_build_object('number', p.number, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date, 'birthTime', p.birth_time,
        'estimated', p.birth_date_estimated) as patient
    from found f join reports.specimen s on s.id = f.specimen_id join reports.report r on r.specimen_id = s.id and r.status <> 'cancelled'
      join patients.pub_patient p on p.id = r.patient_id join catalog.pub_test t on t.id = r.test_id
    order by f.sample, r.id`.execute(db as never)
  return Promise.all(rows.map(async ({ testVersionId, judgedAt, ...row }) => {
    const { sex, ...birth } = row.patient
    return { ...row, pinned: await definitionOf(labId, testVersionId), who: { sex, age: ageAt(birth, judgedAt, timezone) } }
  }))
}
