import type { PlanTarget, Section, SectionRow } from '@aliquot/contracts'
import { binOf, cellSign, controlState, parseNumber, type Detection } from '@aliquot/lab-arithmetic'
import { appliesTo, foundOrganisms, testedGenes, type EntryState, type TargetState } from './decide-entry.ts'
import { cellRows, type CellRow } from './entry-store.ts'

export const detectionWords: Record<Detection, string> = { DETECTED: 'Detected', INDETERMINATE: 'Indeterminate', NOT_DETECTED: 'Not detected', INVALID: 'Invalid' }
/** Organisms beside one another in a table of resistance. */
const across = 4

const section = (given: Partial<Section> & Pick<Section, 'kind'>): Section => ({ tone: 'plain', title: null, text: '', columns: [], rows: [], ...given })
const row = (cells: string[], given: Partial<SectionRow> = {}): SectionRow => ({ cells, strong: false, note: null, ...given })

/** Name of a target, with the isolate's number where there are several of one organism. */
export const nameOf = ({ name, number }: PlanTarget): string => (number > 1 ? `${name} (${number})` : name)

/** A report as it is shown and printed, and the same by name. Pure. */
export function entrySections(state: EntryState): { sections: Section[]; facts: Record<string, string>; abnormal: boolean } {
  const cells = cellRows(state)
  const sections = [summaryOf(state), ...organismTable(state), ...geneTable(state), ...resistanceTables(state, cells), ...targetTable(state), ...remarks(state)]
  const abnormal = [...state.targets.values()].some(({ result }) => result !== null && result !== 'NOT_DETECTED')
  return { sections, facts: factsOf(state, cells), abnormal }
}

const withResult = (state: EntryState, kind: PlanTarget['kind'], ...results: (Detection | null)[]) => state.plan.targets.flatMap((target) => {
  const result = state.targets.get(target.key)
  return target.kind === kind && result && results.includes(result.result) ? [{ target, result }] : []
})

/** The quantity as the panel shows it: its bin, with the number where there is one. */
export function amountOf({ plan }: Pick<EntryState, 'plan'>, target: PlanTarget, { amount, number, comparator, readings }: TargetState): { text: string; bin: string | null } {
  const load = target.cut_off_kind === 'LOAD_MIN' && plan.kind === 'pcr' ? { text: readings[0] ?? '', number, comparator } : loadOf(amount)
  const bin = binOf(plan.bins, load)
  const counted = load.number !== null || (plan.kind === 'culture' && /\d$/.test(load.text))
  const unit = counted && load.text ? ` ${target.cut_off_kind === 'LOAD_MIN' && target.unit ? target.unit : plan.load_unit}` : ''
  return { text: `${grouped(load.text)}${unit}`.trim(), bin }
}

/** "1200000" → "1,200,000", "10^5" → "10⁵" */
const grouped = (text: string): string => text.replace(/^\D*\d{4,}$/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','))
  .replace(/\^(\d+)/g, (_, power: string) => [...power].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))).join(''))

const loadOf = (text: string) => {
  const parsed = parseNumber(text)
  return { text, number: parsed?.value ?? null, comparator: parsed?.comparator ?? null }
}

const ctOf = (target: PlanTarget, { readings }: TargetState): string => (target.cut_off_kind !== 'CT_MAX' ? ''
  : readings.map((text, part) => (text === null || !/\d/.test(text) ? '' : `${target.parts.length > 1 ? `${target.parts[part] ?? ''} ` : ''}${text}`)).filter(Boolean).join(', '))

function summaryOf(state: EntryState): Section {
  const { plan, growth } = state
  const named = (kind: PlanTarget['kind'], detection: Detection) => withResult(state, kind, detection).map(({ target, result }) => {
    const { text, bin } = amountOf(state, target, result)
    const amount = kind === 'organism' ? bin ?? (plan.kind === 'culture' ? text : '') : ''
    return `${nameOf(target)}${amount ? ` (${amount})` : ''}`
  })
  const organisms = named('organism', 'DETECTED')
  const genes = withResult(state, 'gene', 'DETECTED').filter(({ target }) => appliesTo(state, { antibioticIds: target.antibiotic_ids, organismIds: target.organism_ids }))
    .map(({ target }) => target.name)
  const doubtful = [...named('organism', 'INDETERMINATE'), ...named('gene', 'INDETERMINATE')]
  const invalid = [...named('organism', 'INVALID'), ...named('gene', 'INVALID')]
  const open = withResult(state, 'organism', null).length
  const lines = [
    ...(organisms.length > 0 ? [`${plan.kind === 'culture' ? 'GROWTH' : 'DETECTED'}: ${organisms.join(', ')}`] : []),
    ...(genes.length > 0 ? [`RESISTANCE MARKERS: ${genes.join(', ')}`] : []),
    ...(doubtful.length > 0 ? [`INDETERMINATE: ${doubtful.join(', ')}`] : []),
    ...(invalid.length > 0 ? [`INVALID: ${invalid.length > 4 ? `${invalid.length} targets` : invalid.join(', ')}. The measurement proves nothing; repeat it.`] : []),
  ]
  if (plan.kind === 'culture' && organisms.length === 0) lines.push(growth === 'no_growth' ? 'NO GROWTH' : 'Culture in progress')
  const tested = plan.targets.filter(({ kind }) => kind === 'organism').length
  if (plan.kind === 'pcr' && lines.length === 0) lines.push(open > 0 ? 'In progress' : `NOT DETECTED: none of the ${tested} targets tested`)
  const tone = organisms.length > 0 ? 'alert' : doubtful.length > 0 || invalid.length > 0 ? 'caution' : open > 0 ? 'plain' : 'clear'
  return section({ kind: 'summary', tone, title: 'Result', text: lines.join('\n') })
}

function organismTable(state: EntryState): Section[] {
  const shown = withResult(state, 'organism', 'DETECTED', 'INDETERMINATE', 'INVALID')
  if (shown.length === 0) return []
  const culture = state.plan.kind === 'culture'
  const ct = shown.some(({ target, result }) => !culture && ctOf(target, result))
  const amount = shown.some(({ target, result }) => amountOf(state, target, result).text || amountOf(state, target, result).bin)
  const columns = [{ title: culture ? 'Isolate' : 'Organism', width: 4 }, ...(culture ? [] : [{ title: 'Result', width: 2 }]), ...(ct ? [{ title: 'Ct', width: 1.6 }] : []),
    ...(amount ? [{ title: 'Quantity', width: 3 }] : []), ...(culture ? [] : [{ title: 'Cut-off', width: 1.8 }])]
  return [section({
    kind: 'table', title: culture ? 'Isolates' : 'Organisms', columns,
    rows: shown.map(({ target, result }) => {
      const { text, bin } = amountOf(state, target, result)
      return row([nameOf(target), ...(culture ? [] : [detectionWords[result.result ?? 'INVALID']]), ...(ct ? [ctOf(target, result)] : []),
        ...(amount ? [bin && text && bin !== text ? `${bin} (${text})` : bin ?? text] : []), ...(culture ? [] : [cutOffText(target)])],
      { strong: result.result === 'DETECTED', note: result.interpretation || null })
    }),
  })]
}

/** "≤ 37", "≥ 10000 copies/mL" */
export const cutOffText = ({ cut_off, cut_off_kind, unit }: PlanTarget): string =>
  (cut_off === null ? '' : cut_off_kind === 'CT_MAX' ? `Ct ≤ ${cut_off}` : `≥ ${grouped(String(cut_off))}${unit ? ` ${unit}` : ''}`)

function geneTable(state: EntryState): Section[] {
  const genes = testedGenes(state).flatMap((gene) => {
    const target = state.plan.targets.find(({ key }) => key === gene.key)
    const result = state.targets.get(gene.key)
    return target && result ? [{ target, result, applies: appliesTo(state, gene) }] : []
  })
  if (genes.length === 0) return []
  return [section({
    kind: 'table', title: 'Resistance genes', columns: [{ title: 'Gene', width: 4 }, { title: 'Result', width: 3 }, { title: 'Ct', width: 2 }, { title: 'Cut-off', width: 2.4 }],
    text: genes.some(({ applies }) => !applies) ? 'N/A: no organism was detected that can carry the gene. A gene in a mixed sample cannot be assigned to one of its organisms.'
      : 'A gene in a mixed sample cannot be assigned to one of its organisms.',
    rows: genes.map(({ target, result, applies }) => row(
      [target.name, applies || result.result === null ? shown(result.result) : 'N/A', ctOf(target, result), cutOffText(target)],
      { strong: applies && result.result === 'DETECTED', note: result.interpretation || null })),
  })]
}

const shown = (detection: Detection | null): string => (detection ? detectionWords[detection] : 'Pending')

const legend: [RegExp, string][] = [
  [/^S/, 'S susceptible'], [/^I\b/, 'I susceptible, increased exposure, or intermediate'], [/^SDD/, 'SDD susceptible, dose-dependent'], [/^NS/, 'NS not susceptible'],
  [/^R(?!\*)/, 'R resistant'], [/^R\*/, 'R* resistance predicted from a gene'], [/^–/, '– no resistance marker detected; that does not mean susceptible'],
  [/‡/, '‡ measured against what the genes or the organism let expect: confirm'],
]

/** Antibiotics down, organisms across; letters and signs, no colour. */
function resistanceTables(state: EntryState, cells: readonly CellRow[]): Section[] {
  const organisms = foundOrganisms(state).flatMap(({ key }) => state.plan.targets.filter((target) => target.key === key && cells.some(({ target: of }) => of === key)))
  const tables = Array.from({ length: Math.ceil(organisms.length / across) }, (_, at) => organisms.slice(at * across, (at + 1) * across))
  return tables.map((columns) => {
    const mine = cells.filter(({ target }) => columns.some(({ key }) => key === target))
    const drugs = [...new Map(mine.toSorted((a, b) => a.sequence - b.sequence).map((cell) => [cell.antibiotic_id, cell])).values()]
    const rows = drugs.map((drug) => row([drug.name, ...columns.map(({ key }) => {
      const cell = mine.find(({ target, antibiotic_id }) => target === key && antibiotic_id === drug.antibiotic_id)
      return cell ? cellText(cell) : ''
    })])).filter(({ cells: texts }) => texts.slice(1).some(Boolean))
    const used = rows.flatMap(({ cells: texts }) => texts.slice(1))
    return section({
      kind: 'table', title: state.plan.kind === 'culture' ? 'Susceptibility' : 'Antibiotic resistance',
      columns: [{ title: 'Antibiotic', width: 3 }, ...columns.map((target) => ({ title: nameOf(target), width: 2.4 }))], rows,
      text: legend.filter(([sign]) => used.some((text) => sign.test(text))).map(([, meaning]) => meaning).join(' · '),
    })
  }).filter(({ rows }) => rows.length > 0)
}

/** "R intrinsic", "R* KPC", "S 0.25 mg/L", "S ‡ KPC". */
export function cellText({ state, value, genes, measured, conflict }: Pick<CellRow, 'state' | 'value' | 'genes' | 'measured' | 'conflict'>): string {
  const sign = cellSign({ state, value } as Parameters<typeof cellSign>[0])
  const because = state === 'INTRINSIC_R' ? 'intrinsic' : state === 'PREDICTED_R' ? genes.join(', ') : ''
  return [sign, conflict ? '‡' : '', measured && (sign ? `(${measured})` : measured), because].filter(Boolean).join(' ')
}

/** Everything that was looked for, two targets on a line. */
function targetTable(state: EntryState): Section[] {
  if (state.plan.kind === 'culture') return []
  const organisms = state.plan.targets.filter(({ kind }) => kind === 'organism')
  const texts = organisms.map((target): [string, string] => [nameOf(target), shown(state.targets.get(target.key)?.result ?? null)])
  const half = Math.ceil(texts.length / 2)
  return [section({
    kind: 'table', title: 'All organisms tested', columns: [{ title: 'Organism', width: 3 }, { title: 'Result', width: 1.6 }, { title: 'Organism', width: 3 }, { title: 'Result', width: 1.6 }],
    rows: texts.slice(0, half).map((left, at) => row([...left, ...(texts[half + at] ?? ['', ''])])),
  })]
}

function remarks({ plan, controls, surveillance }: EntryState): Section[] {
  const words = { valid: 'valid', failed: 'FAILED', awaited: 'not entered', none: '' }
  const said = plan.controls.map((control) => {
    const reading = controls[control.name] ?? ''
    const state = words[controlState(control, reading) ?? 'awaited']
    return `${control.name}: ${state}${/\d/.test(reading) ? ` (Ct ${reading})` : ''}`
  })
  const paragraph = (title: string, text: string) => (text.trim() ? [section({ kind: 'paragraph', title, text })] : [])
  return [
    ...paragraph('Controls', said.join(' · ')), ...paragraph('Method', plan.method), ...paragraph('Limitations', plan.limitations),
    ...paragraph('Purpose', surveillance ? 'Surveillance specimen: not counted in antibiograms.' : ''),
  ]
}

function factsOf(state: EntryState, cells: readonly CellRow[]): Record<string, string> {
  const facts: Record<string, string> = {}
  const names = new Map<string, string>()
  for (const target of state.plan.targets) {
    const result = state.targets.get(target.key)
    const twice = state.plan.targets.some(({ key, kind, name, number }) => key !== target.key && kind !== target.kind && name === target.name && number === target.number)
    const name = twice ? `${nameOf(target)} (${target.kind})` : nameOf(target)
    names.set(target.key, name)
    if (!result?.result && !result?.readings.some(Boolean)) continue
    const ct = ctOf(target, result)
    facts[name] = [shown(result.result), ct && `Ct ${ct}`, amountOf(state, target, result).text, result.picked && 'by hand', result.interpretation].filter(Boolean).join(', ')
  }
  for (const cell of cells) {
    const text = cellText(cell)
    if (text && text !== '–') facts[`${cell.name} · ${names.get(cell.target) ?? cell.target}`] = text
  }
  for (const [name, reading] of Object.entries(state.controls)) facts[`Control · ${name}`] = reading
  if (state.growth) facts['Growth'] = state.growth === 'growth' ? 'growth' : 'no growth'
  if (state.surveillance) facts['Purpose'] = 'surveillance'
  return facts
}
