import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { filledLine, filledList, line, list, nullable, oneOf, record, setOf, text } from './schema.ts'
import { Count, DateTime, Id, Reason, Ref, Version } from './shared.ts'
import { ReportAction, ReportStatus } from './reports-status.ts'
import { CutOffKind } from './molecular.ts'

const tags = ['molecular'] as const
export const Detection = oneOf(['DETECTED', 'INDETERMINATE', 'NOT_DETECTED', 'INVALID'])
export const Susceptibility = oneOf(['S', 'I', 'R', 'SDD', 'NS'])
export const CellState = oneOf(['INTRINSIC_R', 'PREDICTED_R', 'PHENOTYPE', 'NO_MARKER', 'NOT_TESTED'])
export const PanelKind = oneOf(['pcr', 'culture'])
export type PanelKind = Static<typeof PanelKind>
export const ControlRole = oneOf(['internal', 'positive', 'negative'])
export type ControlRole = Static<typeof ControlRole>

export const PanelControl = record({
  name: filledLine(80), role: ControlRole,
  cut_off: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 50, description: 'the highest Ct that counts as amplified' })),
})
export type PanelControl = Static<typeof PanelControl>
export const LoadBin = record({ from: Type.Number({ minimum: 0, maximum: 1e15 }), label: filledLine(60) })
export type LoadBin = Static<typeof LoadBin>
const bins = list(LoadBin, 20)

const panelFields = { kind: PanelKind, method: text(500), limitations: text(4000), load_unit: line(40), bins }
/** By what this assay judges a target; null in its place: by what the organism or gene itself says. */
export const PanelCutOff = record({
  cut_off: Type.Number({ exclusiveMinimum: 0, maximum: 1e15 }), kind: CutOffKind, unit: line(40),
  grey: nullable(Type.Number({ minimum: 0, maximum: 1e15, description: 'where indeterminate ends: above the cut-off for a Ct, below it for a load' })),
})
export type PanelCutOff = Static<typeof PanelCutOff>
const judgedBy = nullable(PanelCutOff)
export const PanelBody = record({
  version: Type.Optional(Version),
  ...panelFields,
  organisms: list(record({ id: Id, parts: Type.Optional(list(filledLine(60), 8)), judged_by: Type.Optional(judgedBy) }), 200),
  genes: list(record({ id: Id, organism_ids: Type.Optional(setOf(Id, 200)), judged_by: Type.Optional(judgedBy) }), 100),
  antibiotics: setOf(Id, 200),
  controls: list(PanelControl, 8),
})
export type PanelBody = Static<typeof PanelBody>
const PanelOrganism = record({ id: Id, name: Type.String(), parts: Type.Array(Type.String()), judged_by: judgedBy })
const PanelGene = record({ id: Id, name: Type.String(), organism_ids: Type.Array(Id), judged_by: judgedBy })
export const MolecularPanel = record({
  test: record({ id: Id, code: Type.String(), name: Type.String() }),
  /** null: not set up yet */
  version: nullable(Version),
  ...panelFields,
  organisms: Type.Array(PanelOrganism), genes: Type.Array(PanelGene), antibiotics: Type.Array(Ref), controls: Type.Array(PanelControl),
})
export type MolecularPanel = Static<typeof MolecularPanel>

export const listMolecularPanels = route({
  method: 'GET', path: '/api/molecular/panels', permission: 'molecular.view', tags,
  summary: 'Tests whose results are organisms and genes, with how their panels stand', statements: 4,
  response: record({
    panels: Type.Array(record({
      test: record({ id: Id, code: Type.String(), name: Type.String() }), version: nullable(Version), kind: nullable(PanelKind), organisms: Count, genes: Count,
      antibiotics: Count,
    })),
  }),
})
const testParams = record({ testId: Id })
export const getMolecularPanel = route({
  method: 'GET', path: '/api/molecular/panels/:testId', permission: 'molecular.view', tags,
  summary: 'What a test examines', params: testParams, response: MolecularPanel, statements: 4,
})
export const saveMolecularPanel = route({
  method: 'PUT', path: '/api/molecular/panels/:testId', permission: 'molecular.manage', tags,
  summary: 'Say what a test examines; reports that have begun keep what they began with', params: testParams, body: PanelBody, response: MolecularPanel,
  errors: ['platform.stale_version', 'reports.not_a_sections_report'], statements: 12,
})

/** A target as a report is judged by. */
export const PlanTarget = record({
  key: Type.String({ description: 'g12, o7, o7.2 for a second isolate' }),
  kind: oneOf(['organism', 'gene']), id: Id, number: Type.Integer({ minimum: 1 }), name: Type.String(), code: Type.String(),
  cut_off: nullable(Type.Number()), cut_off_kind: CutOffKind, unit: Type.String(), grey_low: nullable(Type.Number()), grey_high: nullable(Type.Number()),
  parts: Type.Array(Type.String()),
  on_panel: Type.Boolean({ description: 'false: added to this report by hand' }),
  antibiotic_ids: Type.Array(Id, { description: 'of an organism: the columns of its table, in order; of a gene: what it makes fail' }),
  organism_ids: Type.Array(Id, { description: 'of a gene: the only organisms that can carry it' }),
  intrinsic_ids: Type.Array(Id, { description: 'of an organism: what never works on it' }),
})
export type PlanTarget = Static<typeof PlanTarget>
export const PlanAntibiotic = record({
  id: Id, name: Type.String(), code: Type.String(), category: Type.String(), method: Type.String(), unit: Type.String(), dosage: Type.String(),
  device_name: Type.String(), description: Type.String(),
})
export type PlanAntibiotic = Static<typeof PlanAntibiotic>
export const EntryPlan = record({
  panel_id: Id, panel_version: Version, kind: PanelKind, method: Type.String(), limitations: Type.String(), load_unit: Type.String(),
  bins: Type.Array(LoadBin), controls: Type.Array(PanelControl), targets: Type.Array(PlanTarget), antibiotics: Type.Array(PlanAntibiotic),
})
export type EntryPlan = Static<typeof EntryPlan>

export const TargetResult = record({
  target: Type.String(),
  readings: Type.Array(nullable(Type.String()), { description: 'as typed or measured, one for each part' }),
  amount: Type.String({ description: 'load or growth, as typed' }),
  bin: nullable(Type.String()),
  auto: nullable(Detection), because: Type.String(), picked: nullable(Detection), picked_by: nullable(Type.String()), picked_at: nullable(DateTime),
  picked_reason: nullable(Type.String()), result: nullable(Detection), interpretation: Type.String(),
})
export type TargetResult = Static<typeof TargetResult>
export const ResistanceResult = record({
  target: Type.String(), antibiotic_id: Id, state: CellState, genes: Type.Array(Type.String()), value: nullable(Susceptibility), display: Type.String(),
  method: Type.String(), measured: Type.String(), conflict: Type.Boolean(),
})
export type ResistanceResult = Static<typeof ResistanceResult>
export const Growth = oneOf(['', 'growth', 'no_growth'])
export type Growth = Static<typeof Growth>
export const MolecularEntry = record({
  report_id: Id, version: Version, status: ReportStatus, actions: Type.Array(ReportAction), plan: EntryPlan,
  controls: Type.Array(record({ name: Type.String(), reading: Type.String(), state: oneOf(['valid', 'failed', 'awaited', 'none']) })),
  growth: Growth, surveillance: Type.Boolean(),
  results: Type.Array(TargetResult), resistance: Type.Array(ResistanceResult), interpretation: nullable(Type.String()),
})
export type MolecularEntry = Static<typeof MolecularEntry>

/** A number or a word, as other systems send either. */
const reading = Type.Unsafe<string | number | null>({ type: ['string', 'number', 'null'], maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
const shared = {
  name: Type.Optional(line(150)), result: Type.Optional(reading), readings: Type.Optional(list(nullable(line(60)), 8)),
  cut_off: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 1e15 }))), override: Type.Optional(nullable(Detection)), reason: Type.Optional(line(500)),
  interpration: Type.Optional(text(2000)), interpretation: Type.Optional(text(2000)),
}
export const OrganismInput = record({
  id: Id, number: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })), ...shared, viral_load: Type.Optional(reading), amount: Type.Optional(line(60)),
  remove: Type.Optional(Type.Boolean({ description: 'take an organism away that was added by hand' })),
})
export type OrganismInput = Static<typeof OrganismInput>
export const GeneInput = record({ id: Id, ...shared })
export type GeneInput = Static<typeof GeneInput>
export const AntibioticInput = record({
  id: Id, organism_id: Type.Optional(Id), number: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  result: Type.Optional(nullable(line(20))), measured: Type.Optional(line(60)), name: Type.Optional(line(150)), unit: Type.Optional(line(150)),
  method: Type.Optional(line(150)), code: Type.Optional(line(150)), dosage: Type.Optional(line(100)), category: Type.Optional(line(200)),
  device_name: Type.Optional(line(100)), description: Type.Optional(text(2000)),
})
export type AntibioticInput = Static<typeof AntibioticInput>
/** One list for all components, as toxicology sends its drugs; what describes a master is passed over, since the report keeps the master's own. */
export const DrugInput = record({
  component: oneOf(['organism', 'gene', 'antibiotic']), id: Id, organism_id: Type.Optional(Id), number: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  result: Type.Optional(reading), viral_load: Type.Optional(reading), cut_off: shared.cut_off, method: Type.Optional(line(150)),
  measured: Type.Optional(line(60)), interpration: shared.interpration, interpretation: shared.interpretation,
  name: Type.Optional(line(150)), unit: Type.Optional(line(150)), code: Type.Optional(line(150)), dosage: Type.Optional(line(100)),
  category: Type.Optional(line(200)), device_name: Type.Optional(line(100)), description: Type.Optional(text(2000)),
})
export type DrugInput = Static<typeof DrugInput>

const components = {
  organisms: Type.Optional(list(OrganismInput, 300)), genes: Type.Optional(list(GeneInput, 200)), antibiotics: Type.Optional(list(AntibioticInput, 3000)),
  drugs: Type.Optional(list(DrugInput, 3000)),
  controls: Type.Optional(list(record({ name: filledLine(80), result: Type.Optional(reading) }), 8)),
  growth: Type.Optional(Growth), surveillance: Type.Optional(Type.Boolean()),
}
export const DrugsBody = record({
  version: Type.Optional(Version), ...components, interpretation: Type.Optional(nullable(text(8000))),
  complete: Type.Optional(Type.Boolean({ description: 'every target is decided' })),
  reason: Type.Optional(Type.String({ ...Reason, description: 'why an issued report is amended' })),
})
export type DrugsBody = Static<typeof DrugsBody>

const reportParams = record({ report_id: Id })
const entryErrors = [
  'platform.stale_version', 'reports.wrong_status', 'reports.file_report', 'reports.not_a_sections_report', 'molecular.no_panel', 'molecular.undecided',
] as const
export const getMolecularEntry = route({
  method: 'GET', path: '/api/molecular/reports/:report_id', permission: 'reports.view', tags,
  summary: 'The organisms, genes and antibiotics of a report, and by what they are judged; the reading is logged', params: reportParams,
  response: MolecularEntry, errors: ['reports.not_a_sections_report', 'molecular.no_panel'], statements: 12,
})
export const updateDrugs = route({
  method: 'POST', path: '/report/:report_id/drugs/update', permission: ['reports.enter', 'reports.amend'], tags,
  summary: 'Save what was read of organisms, genes, antibiotics and controls; what is not named stays', params: reportParams, body: DrugsBody,
  response: MolecularEntry, errors: entryErrors, statements: 18,
})
export const defaultDrugs = route({
  method: 'POST', path: '/report/:report_id/drugs/default', permission: 'reports.enter', tags,
  summary: 'Every target without a reading shows no signal', params: reportParams, body: record({ version: Type.Optional(Version) }),
  response: MolecularEntry, errors: entryErrors, statements: 18,
})
export const rerunTargets = route({
  method: 'POST', path: '/api/molecular/reports/:report_id/rerun', permission: 'reports.rerun', tags,
  summary: 'Measure targets again; their first readings stay in the history', params: reportParams,
  body: record({ version: Version, targets: filledList(filledLine(30), 300), reason: Reason }),
  response: MolecularEntry, errors: entryErrors, statements: 18,
})

export const Antimicrobiogram = record({
  report_id: Id, version: Version,
  organisms: Type.Array(record({ target: Type.String(), organism_id: Id, name: Type.String(), code: Type.String() })),
  antibiotics: Type.Array(record({ id: Id, name: Type.String(), code: Type.String(), category: Type.String() })),
  genes: Type.Array(record({
    gene_id: Id, name: Type.String(), result: nullable(Detection), applies: Type.Boolean({ description: 'false: N/A, no organism found can carry it' }),
  })),
  cells: Type.Array(ResistanceResult),
})
export type Antimicrobiogram = Static<typeof Antimicrobiogram>
export const organismAntibioticResults = route({
  method: 'POST', path: '/report/organism-antibiotic-results/', permission: 'reports.enter', tags,
  summary: 'The antimicrobiogram of one report; what is handed in is saved first', body: record({ report_id: Id, version: Type.Optional(Version), ...components }),
  response: Antimicrobiogram, errors: entryErrors, statements: 20,
})

export const SummaryDifference = record({
  report_id: Id, target: Type.String(), organism: Type.String(), antibiotic_id: Id, antibiotic: Type.String(),
  stored: nullable(Type.String()), expected: nullable(Type.String()),
})
export type SummaryDifference = Static<typeof SummaryDifference>
const repaired = record({
  checked: Count, differences: Type.Array(SummaryDifference), repaired: Count,
  go_on_after: nullable(Type.Integer({ description: 'more reports follow this one' })),
})
const repairFields = { report_id: Type.Optional(Id), after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })) }
export const checkSummary = route({
  method: 'GET', path: '/report/organism-antibiotic-summary/repair/', permission: 'molecular.view', tags,
  summary: 'Where stored antimicrobiograms differ from the results that they were made of; changes nothing', query: record(repairFields),
  response: repaired, statements: 4,
})
export const repairSummary = route({
  method: 'POST', path: '/report/organism-antibiotic-summary/repair/', permission: 'molecular.manage', tags,
  summary: 'Put that right, 500 reports at a time', body: record(repairFields), response: repaired, statements: 10,
})
