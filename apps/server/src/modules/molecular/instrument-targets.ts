import type { PlanTarget } from '@aliquot/contracts'
import { controlState, detect, type ControlRule } from '@aliquot/lab-arithmetic'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'
import { noEntry, ruleOf, type EntryState } from './decide-entry.ts'
import { planOf } from './entry-plan.ts'
import { entries, stateOf } from './entry-store.ts'

/** A place in a report that an instrument's code means. */
export interface InstrumentTarget {
  /** `g12`, `o7`, `o7#2` for the second part of an organism, `c:Internal control`. Begins in lower case, as no parameter's code does. */
  key: string
  name: string
  /** In which a load is read; null where a Ct is. */
  loadUnit: string | null
  /** What is entered there now. */
  reading: string | null
  /** What a person said in place of the automatic result. */
  picked: string | null
  /** Why a text cannot be read there. */
  refuses(text: string): 'not_a_number' | 'out_of_range' | null
}

export interface InstrumentTargets {
  /** Codes of the instrument that are mapped to a gene or an organism. */
  codes: ReadonlySet<string>
  /** The place that a code means in a report; a text says why the report has no single one, null that it has none. */
  find(reportId: number, code: string): InstrumentTarget | string | null
}

export const noTargets: InstrumentTargets = { codes: new Set(), find: () => null }

const targetKey = /^(?:[go]\d+(?:#\d+)?|c:.*)$/
export const isTargetKey = (code: string): boolean => targetKey.test(code)

/**
 * What an instrument's codes mean in these reports: the gene or organism that a code is mapped to, the part of an organism that has the code's name, or
 * the control of the panel that has. Two statements, and two for each test of which no report has begun.
 */
export async function instrumentTargets(db: Reader, instrumentId: number, reportIds: readonly number[]): Promise<InstrumentTargets> {
  const { rows: mappings } = await sql<{ code: string; target: string }>`
    select code, 'g' || gene_id as target from molecular.device_gene where instrument_id = ${instrumentId}
    union all select code, 'o' || organism_id from molecular.device_organism where instrument_id = ${instrumentId}`.execute(db as never)
  const meant = new Map(mappings.map(({ code, target }) => [code, target]))
  const states = await statesOf(db, reportIds)
  return {
    codes: new Set(meant.keys()),
    find(reportId, code) {
      const state = states.get(reportId)
      if (!state) return null
      const key = meant.get(code)
      if (key === undefined) return controlNamed(state, code)
      // What a culture grew is named by people.
      const target = state.plan.targets.find((each) => each.key === key && (state.plan.kind === 'pcr' || each.kind === 'gene'))
      return target ? partOf(state, target, code) : null
    },
  }
}

async function statesOf(db: Reader, reportIds: readonly number[]): Promise<Map<number, EntryState>> {
  if (reportIds.length === 0) return new Map()
  const { rows } = await entries(db, sql`r.id = any (${[...reportIds]}::bigint[]) and not r.is_file`, reportIds.length)
  const blanks = new Map<number, EntryState>()
  for (const testId of new Set(rows.flatMap(({ entry, testId: id }) => (entry ? [] : [id])))) {
    const plan = await planOf(db, testId)
    if (plan) blanks.set(testId, noEntry(plan))
  }
  return new Map(rows.flatMap((row) => {
    const state = row.entry ? stateOf(row) : blanks.get(row.testId)
    return state ? [[row.reportId, state] as const] : []
  }))
}

function controlNamed({ plan, controls }: EntryState, code: string): InstrumentTarget | null {
  const control: ControlRule | undefined = plan.controls.find(({ name }) => name.toLowerCase() === code.trim().toLowerCase())
  if (!control) return null
  return {
    key: `c:${control.name}`, name: control.name, loadUnit: null, reading: controls[control.name] || null, picked: null,
    refuses: (text) => (controlState(control, text) === null ? 'not_a_number' : null),
  }
}

function partOf({ plan, targets }: EntryState, target: PlanTarget, code: string): InstrumentTarget | string {
  const part = target.parts.findIndex((name) => name.toLowerCase() === code.trim().toLowerCase())
  if (target.parts.length > 1 && part < 0) return `${target.name} is told by ${target.parts.join(' and ')}: the code does not say which`
  const at = Math.max(0, part)
  const { readings = [], picked = null } = targets.get(target.key) ?? {}
  return {
    key: at === 0 ? target.key : `${target.key}#${at + 1}`, name: target.parts.length > 1 ? `${target.name}, ${target.parts[at]}` : target.name,
    loadUnit: target.cut_off_kind === 'LOAD_MIN' ? target.unit || plan.load_unit : null, reading: readings[at] ?? null, picked: picked?.detection ?? null,
    refuses(text) {
      const made = detect(text, ruleOf(target), { amplified: 'valid', clean: 'valid' })
      return !('refused' in made) ? null : made.refused === 'not_a_number' ? 'not_a_number' : 'out_of_range'
    },
  }
}

/** Names of the genes and organisms that these keys mean, of controls as well. */
export async function targetNames(db: Reader, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = (kind: 'g' | 'o') => keys.filter((key) => key.startsWith(kind)).map((key) => Number(key.slice(1).split('#')[0]))
  const { rows } = keys.some((key) => !key.startsWith('c:')) ? await sql<{ key: string; name: string }>`
    select 'g' || id as key, name from molecular.lab_gene where id = any (${ids('g')}::bigint[])
    union all select 'o' || id, name from molecular.lab_organism where id = any (${ids('o')}::bigint[])`.execute(db as never) : { rows: [] }
  const names = new Map(rows.map(({ key, name }) => [key, name]))
  return new Map(keys.map((key) => [key, key.startsWith('c:') ? key.slice(2) : names.get(key.split('#')[0] ?? '') ?? key]))
}
