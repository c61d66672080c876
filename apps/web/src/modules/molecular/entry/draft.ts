import type { DrugsBody, Growth, MolecularEntry, PlanTarget } from '@aliquot/contracts'
import {
  combineTargets, controlState, detect, resistanceCells, runOf, susceptibilities, type Because, type Cell, type ControlState, type Detection, type Refusal,
  type RunControls, type Susceptibility,
} from '@aliquot/lab-arithmetic'

/** One field as it is typed, and what the server had when the typing began. */
export interface Edit {
  to: string
  was: string
}

/** What is typed and not saved, by address: `c/Internal control`, `r/o7/0`, `a/o7`, `p/o7`, `why/o7`, `s/o7/12`, `m/o7/12`, `growth`, `surveillance`. */
export interface Draft {
  edits: Readonly<Record<string, Edit>>
  /** Organisms that were added and are not saved yet. */
  added: readonly { id: number; number: number; name: string }[]
  removed: readonly string[]
}

export const emptyDraft: Draft = { edits: {}, added: [], removed: [] }

/** Every field as the server has it. */
export function storedFields(entry: MolecularEntry): Record<string, string> {
  const fields: Record<string, string> = { growth: entry.growth, surveillance: entry.surveillance ? 'yes' : '' }
  for (const { name, reading } of entry.controls) fields[`c/${name}`] = reading
  for (const { target, readings, amount, picked, picked_reason: reason } of entry.results) {
    for (const [part, text] of readings.entries()) fields[`r/${target}/${part}`] = text ?? ''
    fields[`a/${target}`] = amount
    fields[`p/${target}`] = picked ?? ''
    fields[`why/${target}`] = reason ?? ''
  }
  for (const { target, antibiotic_id: drug, value, measured } of entry.resistance) {
    fields[`s/${target}/${drug}`] = value ?? ''
    fields[`m/${target}/${drug}`] = measured
  }
  return fields
}

export function withEdit(draft: Draft, stored: Readonly<Record<string, string>>, field: string, to: string): Draft {
  const was = draft.edits[field]?.was ?? stored[field] ?? ''
  const { [field]: _old, ...rest } = draft.edits
  return { ...draft, edits: to === (stored[field] ?? '') ? rest : { ...rest, [field]: { to, was } } }
}

/** Fields that somebody else changed while they were being typed. */
export const conflictsOf = (draft: Draft, stored: Readonly<Record<string, string>>): { field: string; mine: string; theirs: string }[] =>
  Object.entries(draft.edits).flatMap(([field, { to, was }]) => {
    const theirs = stored[field] ?? ''
    return theirs !== was && theirs !== to ? [{ field, mine: to, theirs }] : []
  })

export interface Line {
  target: PlanTarget
  readings: string[]
  amount: string
  auto: Detection | null
  because: Because
  refused: (Refusal | null)[]
  picked: Detection | null
  reason: string
  result: Detection | null
}

export interface Sheet {
  controls: { name: string; role: 'internal' | 'positive' | 'negative'; cutOff: number | null; reading: string; state: ControlState | null }[]
  run: RunControls
  lines: Line[]
  cells: (Cell & { measured: string })[]
  growth: Growth
  surveillance: boolean
  of: (field: string) => string
}

const blankOrganism = (added: Draft['added'][number], entry: MolecularEntry): PlanTarget => ({
  key: `o${added.id}${added.number > 1 ? `.${added.number}` : ''}`, kind: 'organism', id: added.id, number: added.number, name: added.name, code: '', cut_off: null,
  cut_off_kind: 'CT_MAX', unit: '', grey_low: null, grey_high: null, parts: [], on_panel: false, organism_ids: [], intrinsic_ids: [],
  antibiotic_ids: entry.plan.antibiotics.map(({ id }) => id),
})

/** The entry as it will be once it is saved: judged by the same rules as on the server. */
export function sheetOf(entry: MolecularEntry, draft: Draft): Sheet {
  const stored = storedFields(entry)
  const of = (field: string): string => draft.edits[field]?.to ?? stored[field] ?? ''
  const { plan } = entry
  const controls = plan.controls.map(({ name, role, cut_off }) => {
    const reading = of(`c/${name}`)
    return { name, role, cutOff: cut_off, reading, state: controlState({ name, role, cut_off }, reading) }
  })
  const run = runOf(plan.controls, Object.fromEntries(controls.map(({ name, reading }) => [name, reading])))
  const known = new Set(plan.targets.map(({ key }) => key))
  const added = draft.added.map((each) => blankOrganism(each, entry)).filter(({ key }) => !known.has(key))
  const targets = [...plan.targets.filter(({ key }) => !draft.removed.includes(key)), ...added]
  const lines = targets.map((target): Line => lineOf(target, { of, run, culture: plan.kind === 'culture', pickedNow: (key) => `p/${key}` in draft.edits, touched: (key) => Object.keys(draft.edits).some((field) => field.startsWith(`r/${key}/`)) }))
  const found = lines.filter(({ target, result }) => target.kind === 'organism' && result === 'DETECTED').map(({ target }) => target)
  const genes = lines.filter(({ target }) => target.kind === 'gene').map(({ target, result }) =>
    ({ name: target.name, detected: result === 'DETECTED', antibioticIds: target.antibiotic_ids, organismIds: target.organism_ids }))
  const typed = new Set([...Object.keys(stored), ...Object.keys(draft.edits)].filter((field) => field.startsWith('s/')))
  const phenotypes = [...typed].flatMap((field) => {
    const [, key = '', drug] = field.split('/')
    const value = susceptibilities.find((each) => each === of(field).toUpperCase())
    return value ? [{ key, antibioticId: Number(drug), value: value as Susceptibility }] : []
  })
  const intrinsic = new Set(targets.flatMap(({ id, intrinsic_ids: ids }) => ids.map((drug) => `${id}:${drug}`)))
  const cells = resistanceCells({ organisms: found.map(({ key, id, antibiotic_ids }) => ({ key, organismId: id, antibioticIds: antibiotic_ids })), genes, intrinsic, phenotypes })
  return {
    controls, run, lines, of, growth: of('growth') as Growth, surveillance: of('surveillance') === 'yes',
    cells: cells.map((cell) => ({ ...cell, measured: of(`m/${cell.key}/${cell.antibioticId}`) })),
  }
}

interface Judging {
  of: (field: string) => string
  run: RunControls
  culture: boolean
  pickedNow: (key: string) => boolean
  touched: (key: string) => boolean
}

function lineOf(target: PlanTarget, { of, run, culture, pickedNow, touched }: Judging): Line {
  const parts = Math.max(1, target.parts.length)
  const readings = Array.from({ length: parts }, (_, part) => of(`r/${target.key}/${part}`))
  const rule = { cutOff: target.cut_off, kind: target.cut_off_kind, greyLow: target.grey_low, greyHigh: target.grey_high }
  const made = readings.map((text) => (text.trim() === '' ? null : detect(text, rule, run)))
  const refused = made.map((part) => (part && 'refused' in part ? part.refused : null))
  const good = made.flatMap((part) => (part && !('refused' in part) ? [part] : []))
  const isolate = culture && target.kind === 'organism'
  const auto = isolate ? 'DETECTED' : good.length < parts ? null : parts === 1 ? good[0]?.detection ?? null : combineTargets(good.map(({ detection }) => detection))
  const alike = good.every(({ detection }) => detection === auto)
  const because: Because = good.length < parts ? 'not_entered' : alike ? good[0]?.because ?? 'not_entered' : 'some_targets'
  // A reading that changes takes back what was said about the one before it, as on the server.
  const said = touched(target.key) && !pickedNow(target.key) ? '' : of(`p/${target.key}`)
  const picked = said === '' || said === auto ? null : said as Detection
  return { target, readings, amount: of(`a/${target.key}`), auto, because, refused, picked, reason: of(`why/${target.key}`), result: picked ?? auto }
}

/** What is sent: only what was typed. */
export function bodyOf(draft: Draft, sheet: Sheet): DrugsBody {
  const fields = Object.keys(draft.edits)
  const touched = (key: string, ...kinds: string[]) => fields.some((field) => kinds.includes(field.split('/')[0] ?? '') && field.split('/')[1] === key)
  const lines = sheet.lines.filter(({ target }) => touched(target.key, 'r', 'a', 'p', 'why') || draft.added.some(({ id, number }) => target.kind === 'organism' && target.id === id && target.number === number))
  const inputs = lines.map(({ target, readings, amount, reason }) => ({
    target,
    input: {
      id: target.id,
      ...(touched(target.key, 'r') ? { readings: readings.map((text) => text.trim() || null) } : {}),
      ...(touched(target.key, 'p', 'why') ? { override: (sheet.of(`p/${target.key}`) || null) as Detection | null, ...(reason.trim() ? { reason: reason.trim() } : {}) } : {}),
    },
    organism: { number: target.number, ...(touched(target.key, 'a') ? { amount } : {}) },
  }))
  const removed = draft.removed.map((key) => {
    const [, id, number] = /^o(\d+)(?:\.(\d+))?$/.exec(key) ?? []
    return { id: Number(id), number: Number(number ?? 1), remove: true }
  })
  const gone = new Set(draft.removed)
  const places = new Set(fields.filter((field) => /^[sm]\//.test(field)).map((field) => field.slice(2)).filter((place) => !gone.has(place.split('/')[0] ?? '')))
  return {
    controls: sheet.controls.filter(({ name }) => `c/${name}` in draft.edits).map(({ name, reading }) => ({ name, result: reading })),
    organisms: [...inputs.filter(({ target }) => target.kind === 'organism').map(({ input, organism }) => ({ ...input, ...organism })), ...removed],
    genes: inputs.filter(({ target }) => target.kind === 'gene').map(({ input }) => input),
    antibiotics: [...places].flatMap((place) => {
      const [key = '', drug] = place.split('/')
      const target = sheet.lines.find((line) => line.target.key === key)?.target
      if (!target) return []
      return [{
        id: Number(drug), organism_id: target.id, number: target.number, ...(`s/${place}` in draft.edits ? { result: sheet.of(`s/${place}`) || null } : {}),
        ...(`m/${place}` in draft.edits ? { measured: sheet.of(`m/${place}`) } : {}),
      }]
    }),
    ...('growth' in draft.edits ? { growth: sheet.growth } : {}), ...('surveillance' in draft.edits ? { surveillance: sheet.surveillance } : {}),
  }
}

export const changesOf = ({ edits, added, removed }: Draft): number => Object.keys(edits).length + added.length + removed.length
