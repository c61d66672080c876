import type { Letterhead, PreviousValue, ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import { definitionOf, type PinnedTest } from '#modules/catalog'
import type { LabProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { read } from '#platform/unit-of-work'
import { previousValues } from './previous-values.ts'
import { stateColumns } from './report-state.ts'

/** A report as it is printed. */
export interface PrintRow extends Omit<ReportState, 'actions' | 'file'> {
  number: string
  patientId: number
  accessionId: number
  accessionNumber: string
  orderedAt: Date
  collectedAt: Date | null
  testVersionId: number
  department: string
  departmentPlace: number
  token: string
  amendmentNo: number
  doctor: string | null
  organisation: string | null
  patient: { number: string; title: string | null; fullName: string; sex: string; birthDate: string; birthTime: string | null; estimated: boolean }
  specimens: { number: string; type: string; collectedAt: string | null; receivedAt: string | null }[]
  fileObject: { id: number; letterhead: Letterhead } | null
}

// Who prints may be a doctor, who does not see the ledger of stored files: what is printed must not hang on it.
const query = (ids: readonly number[]) => sql<PrintRow>`
  select ${stateColumns}, r.number, r.patient_id as "patientId", r.accession_id as "accessionId", a.number as "accessionNumber",
    r.ordered_at as "orderedAt", r.collected_at as "collectedAt",
    r.test_version_id as "testVersionId", d.name as department, d.sequence as "departmentPlace", r.verify_token as token,
      r.amendment as "amendmentNo", doc.name as doctor, o.name as organisation,
    jsonb_build_object('number', p.number, 'title', p.title, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date, 'birthTime',
      p.birth_time, 'estimated', p.birth_date_estimated) as patient,
    (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'type', s.type, 'collectedAt', s.collected_at, 'receivedAt', s.received_at)),
      '[]')
      from reports.specimen s where s.id = r.specimen_id) as specimens,
    (select jsonb_build_object('id', f.object_id, 'letterhead', f.letterhead) from reports.file f where f.report_id = r.id) as "fileObject"
  from reports.report r join reports.accession a on a.id = r.accession_id join patients.pub_patient p on p.id = r.patient_id
    join labs.pub_department d on d.id = r.department_id
    left join labs.pub_organisation o on o.id = r.organisation_id left join labs.pub_doctor doc on doc.id = r.doctor_id
  where r.id = any (${ids}::bigint[])
  order by r.accession_id, d.sequence, r.id`

export interface PrintRows {
  /** in the order of the worklist */
  rows: PrintRow[]
  testOf: (row: PrintRow) => PinnedTest
  previousOf: (row: PrintRow) => PreviousValue[]
}

/** The reports with these ids and what their print needs, all of which this actor may see; or none is found. */
export async function readRows(actor: Actor, { settings }: LabProfile, ids: readonly number[]): Promise<PrintRows> {
  return read(actor, async (db) => {
    const { rows } = await query(ids).execute(db as never)
    if (rows.length < new Set(ids).size) throw platformErrors.not_found({ thing: 'report' })
    const tests = new Map(await Promise.all([...new Set(rows.map(({ testVersionId }) => testVersionId))].map(async (id) =>
      [id, await definitionOf(actor.labId, id)] as const)))
    const testOf = ({ testVersionId }: PrintRow): PinnedTest => tests.get(testVersionId) as PinnedTest
    const wanted = rows.map((row) => ({ reportId: row.id, patientId: row.patientId, orderedAt: row.orderedAt,
      parameterIds: Object.values(testOf(row).parameterIds) }))
    const previous = settings.printPreviousValues ? await previousValues(db, wanted) : new Map<number, PreviousValue[]>()
    return { rows, testOf, previousOf: ({ id }) => previous.get(id) ?? [] }
  })
}
