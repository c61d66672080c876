import type { EntryPlan, ReportStatus } from '@aliquot/contracts'
import { sql } from 'kysely'
import { resultErrors } from '#modules/reports'
import { platformErrors } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'
import { cellsOf, noEntry, type EntryState, type Measured, type TargetState } from './decide-entry.ts'
import { planOf } from './entry-plan.ts'
import { molecularErrors } from './errors.ts'

export interface StoredEntry {
  reportId: number
  number: string
  patientId: number
  status: ReportStatus
  version: number
  state: EntryState
}

interface Row {
  reportId: number
  number: string
  patientId: number
  testId: number
  status: ReportStatus
  version: number
  isFile: boolean
  entry: { plan: EntryPlan; controls: Record<string, string>; growth: EntryState['growth']; surveillance: boolean } | null
  targets: (TargetState & { target: string })[]
  measured: (Measured & { target: string; antibioticId: number })[]
}

/** What a report of sections has of organisms and genes, or the blank of its panel. One statement, three where it has nothing yet. */
export async function entryOf(db: Reader, reportId: number): Promise<StoredEntry> {
  const { rows: [row] } = await entries(db, sql`r.id = ${reportId}`)
  if (!row) return notOurs(db, reportId)
  const { entry, targets, measured, testId, isFile: _isFile, ...report } = row
  if (entry) return { ...report, state: stateOf(row) }
  const plan = await planOf(db, testId)
  if (!plan) throw molecularErrors.no_panel()
  return { ...report, state: noEntry(plan) }
}

async function notOurs(db: Reader, reportId: number): Promise<never> {
  const { rows: [report] } = await sql`select from reports.pub_report where id = ${reportId}`.execute(db as never)
  throw report ? resultErrors.not_a_sections_report() : platformErrors.not_found({ thing: 'report' })
}

/** Reports with what they have; those whose sections were taken away with their specimen, or for a file, have nothing. */
export const entries = (db: Reader, condition: ReturnType<typeof sql>, limit = 1) => sql<Row>`
  select r.id as "reportId", r.number, r.patient_id as "patientId", r.test_id as "testId", r.status, r.version, r.is_file as "isFile",
    case when r.filled and e.report_id is not null then jsonb_build_object('plan', e.plan, 'controls', e.controls, 'growth', e.growth,
      'surveillance', e.surveillance) end as entry,
    (select coalesce(jsonb_agg(jsonb_build_object('target', t.target, 'readings', t.readings, 'number', t.number_value, 'comparator', t.comparator,
      'amount', t.amount, 'auto', t.auto, 'because', t.because, 'result', t.result, 'interpretation', t.interpretation,
      'picked', case when t.picked is not null then jsonb_build_object('detection', t.picked, 'by', t.picked_by, 'byName', t.picked_by_name, 'at', t.picked_at,
        'reason', t.picked_reason) end) order by t.sequence), '[]') from molecular.target_result t where t.report_id = r.id) as targets,
    (select coalesce(jsonb_agg(jsonb_build_object('target', m.target, 'antibioticId', m.antibiotic_id, 'value', m.value, 'method', m.method,
      'measured', m.measured)), '[]') from molecular.resistance_result m where m.report_id = r.id and (m.value is not null or m.measured <> '')) as measured
  from reports.pub_section_report r left join molecular.entry e on e.report_id = r.id
  where ${condition} order by r.id limit ${limit}`.execute(db as never)

export const stateOf = ({ entry, targets, measured }: Pick<Row, 'entry' | 'targets' | 'measured'>): EntryState => {
  if (!entry) throw new Error('a report without an entry has no state')
  return {
    ...entry,
    targets: new Map(targets.map(({ target, ...state }) => [target, state])),
    measured: new Map(measured.map(({ target, antibioticId, ...each }) => [`${target}/${antibioticId}`, each])),
  }
}

/** A row of the antimicrobiogram as it is kept. */
export interface CellRow {
  target: string
  organism_id: number
  antibiotic_id: number
  sequence: number
  name: string
  code: string
  category: string
  state: string
  genes: string[]
  value: string | null
  method: string
  measured: string
  conflict: boolean
}

/** Cells with their antibiotic, and what was measured without a letter. */
export function cellRows(state: EntryState): CellRow[] {
  const drugs = new Map(state.plan.antibiotics.map((antibiotic) => [antibiotic.id, antibiotic]))
  const cells = cellsOf(state).map((cell, sequence) => ({ ...cell, sequence }))
  const present = new Set(cells.map(({ key, antibioticId }) => `${key}/${antibioticId}`))
  const bare = [...state.measured].filter(([at]) => !present.has(at)).flatMap(([at, { value }], index) => {
    const [key = '', antibiotic] = at.split('/')
    const target = state.plan.targets.find((each) => each.key === key)
    return target ? [{ key, organismId: target.id, antibioticId: Number(antibiotic), state: 'NOT_TESTED', genes: [], value, conflict: false, sequence: cells.length + index }] : []
  })
  return [...cells, ...bare].map(({ key, organismId, antibioticId, state: of, genes, value, conflict, sequence }) => {
    const { name = '', code = '', category = '' } = drugs.get(antibioticId) ?? {}
    const { method = '', measured = '' } = state.measured.get(`${key}/${antibioticId}`) ?? {}
    return { target: key, organism_id: organismId, antibiotic_id: antibioticId, sequence, name, code, category, state: of, genes, value, method, measured, conflict }
  })
}

/** Writes all of a report's entry in one statement, whatever its size: what is no longer there goes. */
export async function writeEntry(tx: Tx, reportId: number, state: EntryState): Promise<void> {
  const { plan } = state
  const targets = plan.targets.flatMap((target, sequence) => {
    const result = state.targets.get(target.key)
    if (!result) return []
    const { readings, number, comparator, amount, auto, because, picked, result: reported, interpretation } = result
    return [{
      target: target.key, kind: target.kind, organism_id: target.kind === 'organism' ? target.id : null, gene_id: target.kind === 'gene' ? target.id : null,
      number: target.number, sequence, name: target.name, code: target.code, cut_off: target.cut_off, cut_off_kind: target.cut_off_kind, unit: target.unit,
      grey_low: target.grey_low, grey_high: target.grey_high, readings, number_value: number, comparator, amount, auto, because, picked: picked?.detection ?? null,
      picked_by: picked?.by ?? null, picked_by_name: picked?.byName ?? null, picked_at: picked?.at ?? null, picked_reason: picked?.reason ?? null,
      result: reported, interpretation,
    }]
  })
  await sql`
    with saved as (
      insert into molecular.entry (report_id, lab_id, panel_id, panel_version, plan, controls, growth, surveillance, updated_at, updated_by)
      values (${reportId}, ${tx.actor.labId}, ${plan.panel_id}, ${plan.panel_version}, ${JSON.stringify(plan)}::jsonb, ${JSON.stringify(state.controls)}::jsonb,
        ${state.growth}, ${state.surveillance}, ${tx.now}, ${tx.actor.accountId}::bigint)
      on conflict (report_id) do update set panel_id = excluded.panel_id, panel_version = excluded.panel_version, plan = excluded.plan,
        controls = excluded.controls, growth = excluded.growth, surveillance = excluded.surveillance, updated_at = excluded.updated_at,
        updated_by = excluded.updated_by
    ), targets as (
      select (jsonb_populate_record(null::molecular.target_result,
        jsonb_build_object('report_id', ${reportId}::bigint, 'lab_id', ${tx.actor.labId}::bigint) || each)).* from jsonb_array_elements(${JSON.stringify(targets)}::jsonb) each
    ), gone as (
      delete from molecular.target_result where report_id = ${reportId} and target not in (select target from targets)
    ), put as (
      insert into molecular.target_result select * from targets
      on conflict (report_id, target) do update set sequence = excluded.sequence, name = excluded.name, code = excluded.code, cut_off = excluded.cut_off,
        cut_off_kind = excluded.cut_off_kind, unit = excluded.unit, grey_low = excluded.grey_low, grey_high = excluded.grey_high, readings = excluded.readings,
        number_value = excluded.number_value, comparator = excluded.comparator, amount = excluded.amount, auto = excluded.auto, because = excluded.because,
        picked = excluded.picked, picked_by = excluded.picked_by, picked_by_name = excluded.picked_by_name, picked_at = excluded.picked_at,
        picked_reason = excluded.picked_reason, result = excluded.result, interpretation = excluded.interpretation
    ), ${putCells(tx, [{ reportId, rows: cellRows(state) }])}
    select`.execute(tx.db)
}

/** Parts of a statement: the antimicrobiograms of reports become these rows. */
export function putCells(tx: Tx, reports: readonly { reportId: number; rows: readonly CellRow[] }[]) {
  const rows = reports.flatMap(({ reportId, rows: cells }) => cells.map((cell) => ({ ...cell, report_id: reportId, lab_id: tx.actor.labId })))
  return sql`cells as (
      select (jsonb_populate_record(null::molecular.resistance_result, each)).* from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) each
    ), gone_cells as (
      delete from molecular.resistance_result m where report_id = any (${reports.map(({ reportId }) => reportId)}::bigint[])
        and not exists (select from cells c where (c.report_id, c.target, c.antibiotic_id) = (m.report_id, m.target, m.antibiotic_id))
    ), put_cells as (
      insert into molecular.resistance_result select * from cells
      on conflict (report_id, target, antibiotic_id) do update set sequence = excluded.sequence, name = excluded.name, code = excluded.code,
        category = excluded.category, state = excluded.state, genes = excluded.genes, value = excluded.value, method = excluded.method,
        measured = excluded.measured, conflict = excluded.conflict
    )`
}
