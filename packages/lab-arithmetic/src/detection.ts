import { parseNumber, type Comparator } from './number.ts'

/** A thermal cycler stops at 40 to 45 cycles; nothing above 50 is a measured Ct. */
const mostCycles = 50

/** What is said about a target: HL7 v3 DET, IND, ND, and QCF where the run proves nothing. */
export const detections = ['DETECTED', 'INDETERMINATE', 'NOT_DETECTED', 'INVALID'] as const
export type Detection = (typeof detections)[number]

/** CT_MAX: a cycle threshold, where less means more of the target. LOAD_MIN: a quantity, where more means more. */
export type CutOffKind = 'CT_MAX' | 'LOAD_MIN'

/** By what a target is judged. Ct in cycles; a load in the unit of the target. */
export interface CutOff {
  cutOff: number | null
  kind: CutOffKind
  greyLow: number | null
  greyHigh: number | null
}

/** How the controls of a run came out. `none`: the panel has no such control. `awaited`: it has not been entered. */
export type ControlState = 'valid' | 'failed' | 'awaited' | 'none'

export interface RunControls {
  /** Of the sample itself, and the positive control of the run: whether a target that is there would have been seen. */
  amplified: ControlState
  /** No template: failed where something grew in it, so that nothing detected can be believed. */
  clean: ControlState
}

/** A control of a panel. `cut_off`: the highest Ct that counts as amplified; null: any. */
export interface ControlRule {
  name: string
  role: 'internal' | 'positive' | 'negative'
  cut_off: number | null
}

const goodWords = /^(valid|ok|pass(ed)?|acceptable)$/i
const badWords = /^(failed|fail|invalid)$/i
const nothingGrew = /^(undetermined|undet\.?|no ?ct|n\/?d|none|not detected|negative)$/i

/** How one control came out; null for a text that says nothing. A negative control is valid where nothing grew. */
export function controlState({ role, cut_off }: ControlRule, text: string): ControlState | null {
  const said = text.trim()
  if (said === '') return 'awaited'
  if (goodWords.test(said)) return 'valid'
  if (badWords.test(said)) return 'failed'
  const negative = role === 'negative'
  if (nothingGrew.test(said)) return negative ? 'valid' : 'failed'
  const ct = parseNumber(said)
  if (!ct || ct.value <= 0 || ct.value > mostCycles || ct.comparator) return null
  return (ct.value <= (cut_off ?? mostCycles)) !== negative ? 'valid' : 'failed'
}

/** What the controls of a run prove together; `readings` by name. */
export function runOf(controls: readonly ControlRule[], readings: Readonly<Record<string, string>>): RunControls {
  const of = (roles: readonly string[]): ControlState => {
    const states = controls.filter(({ role }) => roles.includes(role)).map((control) => controlState(control, readings[control.name] ?? '') ?? 'awaited')
    return states.includes('failed') ? 'failed' : states.includes('awaited') ? 'awaited' : states.length > 0 ? 'valid' : 'none'
  }
  return { amplified: of(['internal', 'positive']), clean: of(['negative']) }
}

export interface Judged {
  detection: Detection | null
  number: number | null
  comparator: Comparator | null
  /** The rule that gave the detection, or why there is none: a key for words on screen and paper. */
  because: Because
}

export type Because =
  | 'within_cut_off' | 'at_cut_off' | 'grey_zone' | 'beyond_cut_off' | 'no_signal' | 'zero_load' | 'control_failed' | 'contaminated'
  | 'control_awaited' | 'no_control' | 'no_cut_off' | 'not_decided_by_operator' | 'some_targets' | 'not_entered'

export type Refusal = 'not_a_number' | 'ct_not_positive' | 'ct_above_50' | 'load_negative'

const noSignal = /^(undetermined|undet\.?|no ?ct|n\/?d|not detected|none|-|)$/i

/**
 * Judges what was typed or measured for one target by its cut-off and the controls. A value on the boundary counts as detected. Blank stands for an
 * instrument's "no Ct", not for a field that nobody filled in. Answers a refusal where the text cannot be a Ct or a load.
 */
export function detect(raw: string, rule: CutOff, controls: RunControls): Judged | { refused: Refusal } {
  const text = raw.trim()
  if (noSignal.test(text)) return withControls(withoutSignal(rule, controls), controls)
  const parsed = parseNumber(text)
  if (!parsed) return { refused: 'not_a_number' }
  const { value, comparator } = parsed
  if (rule.kind === 'CT_MAX' && value <= 0) return { refused: 'ct_not_positive' }
  if (rule.kind === 'CT_MAX' && value > mostCycles) return { refused: 'ct_above_50' }
  if (rule.kind === 'LOAD_MIN' && value < 0) return { refused: 'load_negative' }
  const number = { number: value, comparator }
  if (rule.cutOff === null) return { ...number, detection: null, because: 'no_cut_off' }
  return withControls({ ...number, ...(comparator === null ? exactly(value, rule, rule.cutOff) : bounded(value, comparator, rule, rule.cutOff)) }, controls)
}

type Call = Pick<Judged, 'detection' | 'because'>

function withoutSignal({ cutOff, kind }: CutOff, { amplified }: RunControls): Judged {
  const nothing = { number: null, comparator: null }
  if (cutOff === null) return { ...nothing, detection: null, because: 'no_cut_off' }
  if (kind === 'LOAD_MIN') return { ...nothing, detection: 'NOT_DETECTED', because: 'no_signal' }
  if (amplified === 'awaited') return { ...nothing, detection: null, because: 'control_awaited' }
  if (amplified === 'none') return { ...nothing, detection: null, because: 'no_control' }
  return { ...nothing, detection: 'NOT_DETECTED', because: 'no_signal' }
}

function exactly(value: number, { kind, greyLow, greyHigh }: CutOff, cutOff: number): Call {
  if (kind === 'LOAD_MIN' && value === 0) return { detection: 'NOT_DETECTED', because: 'zero_load' }
  if (value === cutOff) return { detection: 'DETECTED', because: 'at_cut_off' }
  if (kind === 'CT_MAX' ? value < cutOff : value > cutOff) return { detection: 'DETECTED', because: 'within_cut_off' }
  const grey = kind === 'CT_MAX' ? greyHigh !== null && value <= greyHigh : greyLow !== null && value >= greyLow
  return grey ? { detection: 'INDETERMINATE', because: 'grey_zone' } : { detection: 'NOT_DETECTED', because: 'beyond_cut_off' }
}

/** "<250", ">1E8": a call only where every value that it can stand for has the same one. */
function bounded(value: number, comparator: Comparator, rule: CutOff, cutOff: number): Call {
  const less = comparator.startsWith('<')
  const inclusive = comparator.endsWith('=')
  const ct = rule.kind === 'CT_MAX'
  const farthest = ct ? Math.max(cutOff, rule.greyHigh ?? cutOff) : Math.min(cutOff, rule.greyLow ?? cutOff)
  if (less === ct && (ct ? value <= cutOff : value >= cutOff)) return { detection: 'DETECTED', because: 'within_cut_off' }
  const clear = ct ? (inclusive ? value > farthest : value >= farthest) : (inclusive ? value < farthest : value <= farthest)
  if (less !== ct && clear) return { detection: 'NOT_DETECTED', because: 'beyond_cut_off' }
  return { detection: null, because: 'not_decided_by_operator' }
}

/** A failed control takes back what it should have guarded: what is not there after no amplification, what is there in a dirty run. */
function withControls(judged: Judged, { amplified, clean }: RunControls): Judged {
  if (judged.detection === 'NOT_DETECTED' && amplified === 'failed') return { ...judged, detection: 'INVALID', because: 'control_failed' }
  if ((judged.detection === 'DETECTED' || judged.detection === 'INDETERMINATE') && clean === 'failed') {
    return { ...judged, detection: 'INVALID', because: 'contaminated' }
  }
  return judged
}

/** An organism of several targets: all of them make it detected, some make it indeterminate. A target without a call leaves it without one. */
export function combineTargets(calls: readonly (Detection | null)[]): Detection | null {
  if (calls.length === 0 || calls.includes(null)) return null
  if (calls.every((call) => call === 'DETECTED')) return 'DETECTED'
  if (calls.some((call) => call === 'DETECTED' || call === 'INDETERMINATE')) return 'INDETERMINATE'
  return calls.includes('INVALID') ? 'INVALID' : 'NOT_DETECTED'
}

const words: Record<string, Detection> = {
  detected: 'DETECTED', det: 'DETECTED', positive: 'DETECTED', pos: 'DETECTED', present: 'DETECTED',
  'not detected': 'NOT_DETECTED', not_detected: 'NOT_DETECTED', nd: 'NOT_DETECTED', negative: 'NOT_DETECTED', neg: 'NOT_DETECTED', absent: 'NOT_DETECTED',
  indeterminate: 'INDETERMINATE', ind: 'INDETERMINATE', equivocal: 'INDETERMINATE', inconclusive: 'INDETERMINATE', invalid: 'INVALID', qcf: 'INVALID',
}

/** The detection that a word names, as people and other systems write it; null for anything else. */
export const detectionNamed = (word: string): Detection | null => words[word.trim().toLowerCase()] ?? null

/** From this number on, in the unit of the panel, a load is shown as this label. */
export interface Bin {
  from: number
  label: string
}

/** The label under which a load is shown. Bins ascend; null below the first. "<10000" is in the bin below 10000. */
export function binOf(bins: readonly Bin[], { number, comparator }: { number: number | null; comparator: Comparator | null }): string | null {
  if (number === null) return null
  const found = bins.findLast(({ from }) => (comparator === '<' ? from < number : from <= number))
  return found?.label ?? null
}
