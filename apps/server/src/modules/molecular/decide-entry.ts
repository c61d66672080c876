import type { AntibioticInput, DrugsBody, EntryPlan, GeneInput, Growth, OrganismInput, PlanTarget } from '@aliquot/contracts'
import {
  combineTargets, controlState, detect, detectionNamed, geneApplies, parseNumber, resistanceCells, runOf, susceptibilities, type Because, type Cell, type Comparator,
  type Detection, type FoundOrganism, type RunControls, type Susceptibility, type TestedGene,
} from '@aliquot/lab-arithmetic'
import type { FieldError } from '#platform/errors'
import { isolateKey } from './entry-plan.ts'

/** A target of a report as it stands: what was read, what follows, what a person said in its place. */
export interface TargetState {
  readings: (string | null)[]
  number: number | null
  comparator: Comparator | null
  amount: string
  auto: Detection | null
  because: Because
  picked: { detection: Detection; by: number | null; byName: string; at: string; reason: string | null } | null
  result: Detection | null
  interpretation: string
}

export interface Measured {
  value: Susceptibility | null
  method: string
  measured: string
}

/** All that was entered of a report, by the keys of its plan. */
export interface EntryState {
  plan: EntryPlan
  controls: Record<string, string>
  growth: Growth
  surveillance: boolean
  targets: Map<string, TargetState>
  /** `target/antibiotic` → what was measured */
  measured: Map<string, Measured>
}

export interface Who {
  accountId: number | null
  name: string
  at: Date
}

const blank: TargetState = { readings: [], number: null, comparator: null, amount: '', auto: null, because: 'not_entered', picked: null, result: null, interpretation: '' }

export const noEntry = (plan: EntryPlan): EntryState => judged({ plan, controls: {}, growth: '', surveillance: false, targets: new Map(), measured: new Map() })

type Say = (path: string, code: string, message: string) => void

/**
 * What was entered before with what is entered now, judged again by the plan. Pure: gathers every error with its path, changes nothing. A reading
 * that changes takes back what a person had said about the one before it.
 */
export function decideEntry(before: EntryState, body: DrugsBody, who: Who): { state: EntryState; errors: FieldError[] } {
  const errors: FieldError[] = []
  const say: Say = (path, code, message) => void errors.push({ path, message, code: `molecular.${code}` })
  const { plan } = before
  const state: EntryState = { ...before, controls: { ...before.controls }, targets: new Map(before.targets), measured: new Map(before.measured),
    growth: body.growth ?? before.growth, surveillance: body.surveillance ?? before.surveillance }
  for (const [at, { name, result }] of (body.controls ?? []).entries()) {
    const control = plan.controls.find((each) => each.name === name)
    if (!control) say(`/controls/${at}/name`, 'unknown_control', `${name} is not a control of this panel`)
    else if (controlState(control, String(result ?? '')) === null) say(`/controls/${at}/result`, 'not_a_control', 'is a Ct, "valid" or "failed"')
    else state.controls[name] = String(result ?? '').trim()
  }
  const inputs = inputsOf(body)
  const picks = new Map<string, { at: string; override: Detection | null; reason: string | undefined }>()
  for (const { input, path, key } of inputs.targets) {
    const target = plan.targets.find((each) => each.key === key)
    if (!target) say(`${path}/id`, 'unknown_target', 'is not offered for this report')
    else if ('remove' in input && input.remove) removeTarget(state, target, path, say)
    else enter(state, target, input, path, say, picks)
  }
  let now = judged(state)
  for (const [key, { at, override, reason }] of picks) {
    const target = now.targets.get(key)
    if (!target) continue
    if (override === null || override === target.auto) now.targets.set(key, { ...target, picked: null })
    else if (target.auto !== null && !reason?.trim()) say(`${at}/reason`, 'reason_missing', `say why it is not ${target.auto.toLowerCase().replace('_', ' ')}`)
    else if (override !== target.picked?.detection || (reason?.trim() || null) !== target.picked.reason) {
      now.targets.set(key, { ...target, picked: { detection: override, by: who.accountId, byName: who.name, at: who.at.toISOString(), reason: reason?.trim() || null } })
    }
  }
  now = judged(now)
  for (const { input, path } of inputs.antibiotics) enterMeasured(now, input, path, say)
  return { state: judged(now), errors }
}

function inputsOf(body: DrugsBody) {
  const targets: { input: OrganismInput | GeneInput; path: string; key: string }[] = []
  const antibiotics: { input: AntibioticInput; path: string }[] = []
  for (const [at, input] of (body.organisms ?? []).entries()) targets.push({ input, path: `/organisms/${at}`, key: isolateKey(input.id, input.number) })
  for (const [at, input] of (body.genes ?? []).entries()) targets.push({ input, path: `/genes/${at}`, key: `g${input.id}` })
  for (const [at, input] of (body.antibiotics ?? []).entries()) antibiotics.push({ input, path: `/antibiotics/${at}` })
  for (const [at, { component, ...input }] of (body.drugs ?? []).entries()) {
    const path = `/drugs/${at}`
    const { id, organism_id, number, result, viral_load, cut_off, method, measured, interpration, interpretation } = input
    if (component === 'antibiotic') {
      antibiotics.push({ path, input: defined({ id, organism_id, number, result: result === undefined || result === null ? result : String(result), method, measured }) })
    } else {
      const words = defined({ id, result, cut_off, interpration, interpretation })
      targets.push({ path, input: component === 'gene' ? words : { ...words, ...defined({ number, viral_load }) }, key: component === 'gene' ? `g${id}` : isolateKey(id, number) })
    }
  }
  return { targets, antibiotics }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const defined = <T extends object>(given: T): Defined<T> => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>

function removeTarget(state: EntryState, target: PlanTarget, path: string, say: Say): void {
  if (target.on_panel) return say(`${path}/remove`, 'on_panel', `${target.name} is on the panel`)
  state.plan = { ...state.plan, targets: state.plan.targets.filter(({ key }) => key !== target.key) }
  state.targets.delete(target.key)
  for (const key of state.measured.keys()) if (key.startsWith(`${target.key}/`)) state.measured.delete(key)
}

function enter(state: EntryState, target: PlanTarget, input: OrganismInput | GeneInput, path: string, say: Say, picks: Map<string, { at: string; override: Detection | null; reason: string | undefined }>): void {
  const before = state.targets.get(target.key) ?? blank
  const parts = Math.max(1, target.parts.length)
  let readings = Array.from({ length: parts }, (_, part) => before.readings[part] ?? null)
  let { amount } = before
  const load = 'viral_load' in input ? input.viral_load : undefined
  const word = input.result === undefined || input.result === null ? null : detectionNamed(String(input.result))
  if (input.cut_off !== undefined && input.cut_off !== null && target.cut_off !== null && input.cut_off !== target.cut_off) {
    say(`${path}/cut_off`, 'cut_off_differs', `the cut-off of this report is ${target.cut_off}`)
  }
  if (input.readings) {
    if (input.readings.length !== parts) say(`${path}/readings`, 'wrong_parts', `needs ${parts} readings`)
    else readings = input.readings.map((each) => each?.trim() || null)
  } else if (load !== undefined && target.cut_off_kind === 'LOAD_MIN') readings[0] = textOf(load)
  else if (input.result !== undefined && (word === null || noSignalToo.test(String(input.result).trim()))) readings[0] = textOf(input.result)
  if (load !== undefined && target.cut_off_kind === 'CT_MAX') {
    amount = textOf(load) ?? ''
    const parsed = parseNumber(amount)
    if (amount && (!parsed || parsed.value < 0)) say(`${path}/viral_load`, 'not_a_load', 'is a number of copies or cells, such as 1E5 or <250')
  }
  if ('amount' in input && input.amount !== undefined) amount = input.amount.trim()
  for (const [part, text] of readings.entries()) {
    if (text === null || (state.plan.kind === 'culture' && target.kind === 'organism')) continue
    const made = detect(text, ruleOf(target), { amplified: 'valid', clean: 'valid' })
    if ('refused' in made) say(input.readings ? `${path}/readings/${part}` : `${path}/${load !== undefined && target.cut_off_kind === 'LOAD_MIN' ? 'viral_load' : 'result'}`, made.refused, refusals[made.refused])
  }
  const changed = readings.some((text, part) => text !== (before.readings[part] ?? null))
  const words = input.interpretation ?? input.interpration
  state.targets.set(target.key, { ...before, readings, amount, picked: changed ? null : before.picked, interpretation: words === undefined ? before.interpretation : words.trim() })
  if (input.override !== undefined) picks.set(target.key, { at: path, override: input.override, reason: input.reason })
  else if (word !== null && !noSignalToo.test(String(input.result).trim())) picks.set(target.key, { at: path, override: word, reason: input.reason })
}

/** Words that name a result and are an instrument's "no signal" as well: they are a reading, so that a failed control still speaks. */
const noSignalToo = /^(n\/?d|not detected)$/i

const textOf = (given: string | number | null): string | null => (given === null ? null : String(given).trim() || null)

const refusals = {
  not_a_number: 'is not a number; for no signal write Undetermined', ct_not_positive: 'a Ct is above 0', ct_above_50: 'a Ct is at most 50', load_negative: 'a load is not below 0',
}

export const ruleOf = ({ cut_off, cut_off_kind, grey_low, grey_high }: PlanTarget) => ({ cutOff: cut_off, kind: cut_off_kind, greyLow: grey_low, greyHigh: grey_high })

function enterMeasured(state: EntryState, input: AntibioticInput, path: string, say: Say): void {
  const found = state.plan.targets.filter(({ kind, key }) => kind === 'organism' && state.targets.get(key)?.result === 'DETECTED')
  const target = input.organism_id === undefined ? (found.length === 1 ? found[0] : undefined)
    : state.plan.targets.find(({ key }) => key === isolateKey(input.organism_id ?? 0, input.number))
  if (!target) return say(`${path}/organism_id`, 'which_organism', 'say of which organism')
  if (!state.plan.antibiotics.some(({ id }) => id === input.id)) return say(`${path}/id`, 'unknown_antibiotic', 'is not offered for this report')
  const key = `${target.key}/${input.id}`
  const before = state.measured.get(key) ?? { value: null, method: '', measured: '' }
  let { value } = before
  if (input.result !== undefined) {
    const word = (input.result ?? '').trim().toUpperCase()
    value = susceptibilities.find((each) => each === word) ?? null
    if (word && !value) return say(`${path}/result`, 'not_a_susceptibility', `is one of ${susceptibilities.join(', ')}`)
  }
  const now = { value, method: input.method?.trim() ?? before.method, measured: input.measured?.trim() ?? before.measured }
  if (now.value === null && !now.measured) state.measured.delete(key)
  else state.measured.set(key, now)
}

/** Everything that follows from what was entered, anew. */
function judged(state: EntryState): EntryState {
  const controls = runOf(state.plan.controls, state.controls)
  const targets = new Map(state.plan.targets.map((target) => {
    const entered = state.targets.get(target.key) ?? blank
    return [target.key, { ...entered, ...autoOf(state.plan, target, entered, controls) }] as const
  }))
  for (const [key, target] of targets) {
    const picked = target.picked?.detection === target.auto ? null : target.picked
    targets.set(key, { ...target, picked, result: picked?.detection ?? target.auto })
  }
  return { ...state, targets }
}

function autoOf(plan: EntryPlan, target: PlanTarget, { readings }: TargetState, controls: RunControls): Pick<TargetState, 'auto' | 'because' | 'number' | 'comparator'> {
  const nothing = { auto: null, because: 'not_entered' as const, number: null, comparator: null }
  // An isolate is there because somebody grew it: no reading makes it so.
  if (plan.kind === 'culture' && target.kind === 'organism') return { ...nothing, auto: 'DETECTED' }
  const made = Array.from({ length: Math.max(1, target.parts.length) }, (_, part) => {
    const text = readings[part] ?? null
    return text === null ? null : detect(text, ruleOf(target), controls)
  })
  const parts = made.flatMap((part) => (part && !('refused' in part) ? [part] : []))
  const [first] = parts
  if (!first || parts.length < made.length) return nothing
  if (parts.length === 1) return { auto: first.detection, because: first.because, number: first.number, comparator: first.comparator }
  const auto = combineTargets(parts.map(({ detection }) => detection))
  const best = parts.find(({ detection }) => detection === 'DETECTED') ?? first
  const alike = parts.every(({ detection }) => detection === auto)
  return { auto, because: alike ? first.because : auto === null ? parts.find(({ detection }) => detection === null)?.because ?? 'some_targets' : 'some_targets',
    number: best.number, comparator: best.comparator }
}

/** The organisms that were found, as the antimicrobiogram takes them. */
export const foundOrganisms = ({ plan, targets }: EntryState): FoundOrganism[] => plan.targets
  .filter(({ kind, key }) => kind === 'organism' && targets.get(key)?.result === 'DETECTED')
  .map(({ key, id, antibiotic_ids }) => ({ key, organismId: id, antibioticIds: antibiotic_ids }))

export const testedGenes = ({ plan, targets }: EntryState): (TestedGene & { key: string })[] => plan.targets.filter(({ kind }) => kind === 'gene').map((target) =>
  ({ key: target.key, name: target.name, detected: targets.get(target.key)?.result === 'DETECTED', antibioticIds: target.antibiotic_ids, organismIds: target.organism_ids }))

export const appliesTo = (state: EntryState, gene: Pick<TestedGene, 'antibioticIds' | 'organismIds'>): boolean => geneApplies(gene, foundOrganisms(state))

/** The antimicrobiogram of the report. */
export function cellsOf(state: EntryState): Cell[] {
  const phenotypes = [...state.measured].flatMap(([at, { value }]) => {
    const [key = '', antibiotic] = at.split('/')
    return value ? [{ key, antibioticId: Number(antibiotic), value }] : []
  })
  const intrinsic = new Set(state.plan.targets.flatMap(({ id, intrinsic_ids }) => intrinsic_ids.map((antibiotic) => `${id}:${antibiotic}`)))
  return resistanceCells({ organisms: foundOrganisms(state), genes: testedGenes(state), intrinsic, phenotypes })
}

/** What still has to be decided before the report is complete. */
export function undecided(state: EntryState): FieldError[] {
  const { plan, targets, controls, growth } = state
  const errors: FieldError[] = []
  const say = (path: string, message: string) => void errors.push({ path, message, code: 'molecular.undecided' })
  for (const control of plan.controls) if (!controls[control.name]) say(`/controls/${control.name}`, `${control.name} has not been entered`)
  for (const { key, name } of plan.targets) if (!targets.get(key)?.result) say(`/targets/${key}`, `${name} is not decided`)
  if (plan.kind === 'culture') {
    const isolates = plan.targets.filter(({ kind }) => kind === 'organism')
    if (growth === '') say('/growth', 'say whether anything grew')
    if (growth === 'no_growth' && isolates.length > 0) say('/growth', 'organisms are entered although nothing grew')
    if (growth === 'growth' && isolates.length === 0) say('/growth', 'name what grew')
  }
  return errors
}
