import { ageAt, type Flag, type Who } from '@aliquot/lab-arithmetic'
import { reportTransitions, type Letterhead, type ReportAction, type ReportStatus, type Section } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import { definitionOf, type PinnedTest } from '#modules/catalog'
import { labProfile } from '#modules/labs'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { reportErrors } from './errors.ts'
import { resultErrors } from './result-errors.ts'

/** A value as it is stored. */
export interface StoredValue {
  code: string
  value: string | null
  flag: Flag
  note: string | null
  unit: string
  rangeText: string
  source: 'manual' | 'calculated' | 'instrument' | 'file'
  acknowledged: boolean
}

/** What another module filled in: as it is shown, and the same as facts by name. */
export interface StoredSections {
  sections: Section[]
  facts: Record<string, string>
}

/** A report held by this transaction, with all that judging its values takes. */
export interface LockedReport {
  id: number
  number: string
  version: number
  status: ReportStatus
  patientId: number
  testVersionId: number
  requiredSignRank: number
  amendment: number
  interpretation: string | null
  unacknowledgedCritical: boolean
  startedAt: Date | null
  isFile: boolean
  fileCheck: 'waiting' | 'passed' | 'refused' | null
  file: { objectId: number; fileName: string; sha256: string | null; letterhead: Letterhead } | null
  /** Of the department: only some may turn its reports into files. */
  radiology: boolean
  /** The report in whose file the results are, and whether that file can be relied on. */
  doneWith: { id: number; ready: boolean } | null
  values: StoredValue[]
  /** Its results are sections that another module hands over, unless it is one of a file. */
  bySections: boolean
  sections: StoredSections | null
  patient: { number: string; fullName: string; sex: Who['sex']; birthDate: string; birthTime: string | null; estimated: boolean }
  judgedAt: Date
  pinned: PinnedTest
  who: Who
}

type Row = Omit<LockedReport, 'pinned' | 'who'>

const lockWhere = (condition: RawBuilder<unknown>) => sql<Row>`
  select r.id, r.number, r.version, r.status, r.patient_id as "patientId", r.test_version_id as "testVersionId",
    r.required_sign_rank as "requiredSignRank", r.amendment,
    r.interpretation, r.unacknowledged_critical as "unacknowledgedCritical", r.started_at as "startedAt",
      coalesce(r.collected_at, r.ordered_at) as "judgedAt", r.is_file as "isFile", r.file_check as "fileCheck", d.radiology,
    (select jsonb_build_object('objectId', f.object_id, 'letterhead', f.letterhead, 'fileName', o.file_name, 'sha256', o.sha256)
      from reports.file f join storage.pub_object o on o.id = f.object_id where f.report_id = r.id) as file,
    (select jsonb_build_object('id', w.id, 'ready', w.file_check = 'passed') from reports.report w where w.id = r.done_with_id) as "doneWith",
    (select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'value', v.value, 'flag', v.flag, 'note', v.note, 'unit', v.unit, 'rangeText',
      v.range_text, 'source', v.source,
      'acknowledged', v.acknowledged)), '[]') from reports.value v where v.report_id = r.id) as values,
    r.by_sections as "bySections", (select jsonb_build_object('sections', c.sections, 'facts', c.facts) from reports.sections c
      where c.report_id = r.id) as sections,
    jsonb_build_object('number', p.number, 'fullName', p.full_name, 'sex', p.sex, 'birthDate', p.birth_date, 'birthTime', p.birth_time, 'estimated',
      p.birth_date_estimated) as patient
  from reports.report r join patients.pub_patient p on p.id = r.patient_id join labs.pub_department d on d.id = r.department_id
  where ${condition} order by r.id for update of r`

async function complete(tx: Tx, row: Row): Promise<LockedReport> {
  const { timezone } = await labProfile(tx.actor.labId)
  const { sex, ...birth } = row.patient
  return { ...row, pinned: await definitionOf(tx.actor.labId, row.testVersionId), who: { sex, age: ageAt(birth, row.judgedAt, timezone) } }
}

/** Values are for reports of values: these actions do nothing for one whose result is a file. */
export const ofValues: ReadonlySet<ReportAction> = new Set(['save', 'complete', 'rerun'])

/**
 * Locks one report for an action: it exists, is the version that the caller saw if it saw one, its status allows the action, and its results are of
 * the kind that the action works on.
 */
export async function lockReport(tx: Tx, id: number, version: number | undefined, action: ReportAction,
  kind: 'values' | 'sections' = 'values'): Promise<LockedReport> {
  const { rows: [row] } = await lockWhere(sql`r.id = ${id}`).execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'report' })
  if (version !== undefined && row.version !== version) throw platformErrors.stale_version({ thing: 'report' }, { detail: { version: row.version, status: row.status } })
  if (!(action in reportTransitions[row.status])) throw reportErrors.wrong_status({ status: row.status }, { detail: { status: row.status } })
  if (row.isFile && ofValues.has(action)) throw resultErrors.file_report()
  if (kind === 'sections' && !row.bySections) throw resultErrors.not_a_sections_report()
  if (kind === 'values' && row.bySections && ofValues.has(action)) throw resultErrors.sections_report()
  return complete(tx, row)
}

/** Locks many, in a fixed order; those that are not there are simply missing. */
export async function lockReports(tx: Tx, ids: number[]): Promise<LockedReport[]> {
  const { rows } = await lockWhere(sql`r.id = any (${ids}::bigint[])`).execute(tx.db)
  return Promise.all(rows.map((row) => complete(tx, row)))
}
