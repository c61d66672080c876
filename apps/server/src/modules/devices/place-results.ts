import type { HoldReason, ResultState, TestMapping } from '@aliquot/contracts'
import type { Parameter } from '@aliquot/lab-arithmetic'
import type { SampleReport } from '#modules/reports'
import type { InstrumentTargets } from '#modules/molecular'
import { convertValue } from './convert-value.ts'
import { inTarget } from './place-target.ts'
import type { ReadResult } from './read/read-message.ts'
import type { Setup } from './setup.ts'

/** One result as it was read from a message, with its sample. */
export interface SentResult extends Omit<ReadResult, 'skipped'> {
  sampleId: string
}

/** Where a result belongs, or why a person must look. */
export interface Placed {
  state: Extract<ResultState, 'waiting' | 'held' | 'dismissed'>
  reason: HoldReason | null
  detail: string | null
  reportId: number | null
  patientId: number | null
  parameterCode: string | null
  result: string | null
  resultUnit: string | null
  resultFlag: string | null
}

const nowhere = { reportId: null, patientId: null, parameterCode: null, result: null, resultUnit: null, resultFlag: null }
const held = (reason: HoldReason, detail: string | null = null): Placed => ({ state: 'held', reason, detail, ...nowhere })

const takesResults = new Set(['received', 'in_progress', 'completed'])
const notHereYet = new Set(['ordered', 'collected'])

/** What placing goes by besides the result and the reports of its sample. */
export interface Known {
  setup: Setup
  controlsOut: ReadonlySet<string>
  targets: InstrumentTargets
}

/**
 * Finds the one report that a result belongs to, and says what it is in the report's terms. Pure. `waiting` without a reason may be released by
 * itself; `waiting` with one needs somebody's eye; `held` cannot be released as it is. Nothing is guessed: two reports that could take it hold it.
 */
export function placeResult(sent: SentResult, known: Known, reports: readonly SampleReport[]): Placed {
  if (sent.sampleId === '') return held('no_sample_id')
  const mappings = mappingsOf(known.setup, sent.testCode)
  const able = reports.flatMap((report) => takesIn(report, mappings, sent, known))
  if (able.length === 0 && !known.targets.codes.has(sent.testCode)) {
    if (mappings.length === 0) return held('unmapped_test', `no mapping for ${sent.testCode}`)
    if (mappings.every(({ parameter }) => parameter === null)) return { ...held('unwanted_test'), state: 'dismissed' }
  }
  if (reports.length === 0) return held('unknown_sample', `no specimen has the number ${sent.sampleId}`)
  if (able.length === 0) return held('no_open_report', `${sent.testCode} was not ordered for ${sent.sampleId}`)
  const open = able.filter(({ report: { status, specimenStatus } }) => takesResults.has(status) && specimenStatus === 'received')
  if (open.length > 1) return held('several_reports', open.map(({ report }) => report.number).join(', '))
  const [taker] = open
  if (taker) return taker.place()
  const [{ report: closed }] = able as [Taker]
  return notHereYet.has(closed.status) || closed.specimenStatus !== 'received' ? held('not_received', `the specimen is ${closed.specimenStatus}`)
    : held('report_closed', `report ${closed.number} is ${closed.status}`)
}

interface Taker {
  report: SampleReport
  place(): Placed
}

/** The parameter or target of a report that a code means; one code may mean another in each test. */
function takesIn(report: SampleReport, mappings: readonly TestMapping[], sent: SentResult, { setup, controlsOut, targets }: Known): Taker[] {
  if (report.isFile) return []
  if (report.bySections) {
    const target = targets.find(report.reportId, sent.testCode)
    return target === null ? [] : [{ report, place: () => ({ ...nowhere, ...inTarget(sent, target, report, setup) }) }]
  }
  const takers = mappings.flatMap((mapping) => {
    const meant = mapping.test === undefined || mapping.test === report.testCode
    const parameter = meant ? report.pinned.definition.parameters.find(({ code }) => code === mapping.parameter) : undefined
    return parameter ? [{ report, place: () => inReport(sent, { report, mapping, parameter, setup, controlsOut }) }] : []
  })
  return takers.slice(0, 1)
}

interface Into {
  report: SampleReport
  mapping: TestMapping
  parameter: Parameter
  setup: Setup
  controlsOut: ReadonlySet<string>
}

function inReport(sent: SentResult, { mapping, setup, report, parameter, controlsOut }: Into): Placed {
  const { code } = parameter
  const place = { reportId: report.reportId, patientId: report.patientId, parameterCode: code }
  if (parameter.kind === 'calculated') return { ...held('unwanted_test', `${parameter.name} is calculated here`), ...place, state: 'dismissed' }
  const converted = convertValue(sent, mapping, parameter, report.who, setup.definition.words)
  if ('problem' in converted) return { ...held(converted.problem, converted.detail), ...place }
  const { result, unit, flag, doubt, detail } = converted
  const full = { ...place, result, resultUnit: unit, resultFlag: flag }
  const present = report.values[code]
  if (present === result) return { ...full, state: 'dismissed', reason: 'value_exists', detail: 'the report has this value already' }
  if (present !== undefined) return { ...full, state: 'waiting', reason: 'value_exists', detail: `the report has ${present}` }
  if (doubt) return { ...full, state: 'waiting', reason: doubt, detail }
  const flagged = sent.flags.filter((one) => setup.definition.holdFlags.includes(one))
  if (flagged.length > 0) return { ...full, state: 'waiting', reason: 'flagged', detail: flagged.join(', ') }
  if (controlsOut.has(code)) return { ...full, state: 'waiting', reason: 'qc_out_of_control', detail: `the control of ${code} is out` }
  return { ...full, state: 'waiting', reason: null, detail: null }
}

/** What a code may mean: the instrument's own mappings, or else its profile's. */
export function mappingsOf({ mappings, definition }: Setup, testCode: string): TestMapping[] {
  const own = mappings.filter(({ code }) => code === testCode)
  return own.length > 0 ? own : definition.tests.filter(({ code }) => code === testCode)
}
