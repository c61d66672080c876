import type { HoldReason, ResultState, TestMapping } from '@aliquot/contracts'
import type { SampleReport } from '#modules/reports'
import { convertValue } from './convert-value.ts'
import type { Setup } from './setup.ts'

/** One result as it was read from a message. */
export interface SentResult {
  sampleId: string
  testCode: string
  value: string
  unit: string
  flags: string[]
  status: string
  measuredAt: Date | null
  comments: string[]
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

/**
 * Finds the one report that a result belongs to, and says what it is in the report's terms. Pure. `waiting` without a reason may be released by
 * itself; `waiting` with one needs somebody's eye; `held` cannot be released as it is. Nothing is guessed: two reports that could take it hold it.
 */
export function placeResult(sent: SentResult, setup: Setup, reports: readonly SampleReport[], controlsOut: ReadonlySet<string>): Placed {
  if (sent.sampleId === '') return held('no_sample_id')
  const mapping = mappingOf(setup, sent.testCode)
  if (!mapping) return held('unmapped_test', `no mapping for ${sent.testCode}`)
  const { parameter: code } = mapping
  if (code === null) return { ...held('unwanted_test', null), state: 'dismissed' }
  if (reports.length === 0) return held('unknown_sample', `no specimen has the number ${sent.sampleId}`)
  const able = reports.filter(({ testCode, isFile, pinned }) => !isFile && (mapping.test === undefined || mapping.test === testCode)
    && pinned.definition.parameters.some((parameter) => parameter.code === code))
  if (able.length === 0) return held('no_open_report', `${code} was not ordered for ${sent.sampleId}`)
  const open = able.filter(({ status, specimenStatus }) => takesResults.has(status) && specimenStatus === 'received')
  if (open.length > 1) return held('several_reports', open.map(({ number }) => number).join(', '))
  const [report] = open
  if (!report) {
    const [closed] = able
    return notHereYet.has(closed?.status ?? '') || closed?.specimenStatus !== 'received' ? held('not_received', `the specimen is ${closed?.specimenStatus ?? ''}`)
      : held('report_closed', `report ${closed.number} is ${closed.status}`)
  }
  return inReport(sent, { mapping, setup, report, code, controlsOut })
}

interface Into {
  mapping: TestMapping
  setup: Setup
  report: SampleReport
  code: string
  controlsOut: ReadonlySet<string>
}

function inReport(sent: SentResult, { mapping, setup, report, code, controlsOut }: Into): Placed {
  const place = { reportId: report.reportId, patientId: report.patientId, parameterCode: code }
  const parameter = report.pinned.definition.parameters.find((one) => one.code === code)
  const converted = parameter ? convertValue(sent, mapping, parameter, report.who, setup.definition.words) : { problem: 'no_open_report' as const, detail: '' }
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

/** The instrument's own mapping goes before its profile's. */
export const mappingOf = ({ mappings, definition }: Setup, testCode: string): TestMapping | undefined =>
  mappings.find(({ code }) => code === testCode) ?? definition.tests.find(({ code }) => code === testCode)
