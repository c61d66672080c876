import { interpretationOf } from '@aliquot/antibiogram'
import { FileProblem, type Table } from './read-table.ts'

/** What a column may be, and the names by which files call it; the names of WHONET's fields are among them. */
const names = {
  isolate: ['isolate_id', 'isolate', 'id', 'accession', 'spec_num', 'specimen number', 'isolate number'],
  date: ['date', 'collection_date', 'collected', 'collected_at', 'specimen_date', 'specimen date', 'spec_date', 'sample_date'],
  patient: ['patient', 'patient_id', 'pt', 'identification number', 'mrn'],
  organism: ['organism', 'bacteria', 'species name', 'org', 'mo'],
  specimen: ['specimen', 'specimen_type', 'specimen type', 'spec_type', 'sample_type'],
  ward: ['ward', 'location', 'department'],
  patientType: ['patient_type', 'pat_type', 'in_out'],
  age: ['age', 'age_years'],
  sex: ['sex', 'gender'],
  surveillance: ['surveillance', 'is_surveillance', 'screening'],
  reason: ['reason', 'spec_reas', 'kind'],
} as const
export type Role = keyof typeof names
export const roles = Object.keys(names) as Role[]

export interface DrugColumn {
  /** Position in the table. */
  at: number
  name: string
}

export interface Columns {
  /** Positions in the table. */
  at: Partial<Record<Role, number>>
  drugs: DrugColumn[]
  /** Columns that look like drugs but hold zones or MICs: numbers without a breakpoint are no interpretation. */
  measured: DrugColumn[]
}

export interface ColumnChoice {
  /** Which column a role is, where its name does not say so. */
  named?: Partial<Record<Role, string>>
  /** The drug columns, where their values do not say so. */
  drugs?: readonly string[]
  /** Columns that are something else. */
  notDrugs?: readonly string[]
}

/** Finds out what each column is, by its name and, for drugs, by its values. Throws FileProblem. */
export function findColumns(table: Table, choice: ColumnChoice = {}): Columns {
  const at: Columns['at'] = {}
  for (const role of roles) {
    const chosen = choice.named?.[role]
    const found = chosen === undefined ? byName(table, names[role]) : columnAt(table, chosen)
    if (found !== -1) at[role] = found
  }
  for (const role of ['date', 'patient', 'organism'] as const) {
    if (at[role] === undefined) {
      throw new FileProblem(`No column says the ${role}. It may be called ${names[role].slice(0, 3).join(', ')}; the file has ${table.columns.slice(0, 12).join(', ')}.`)
    }
  }
  if (choice.drugs) return { at, drugs: choice.drugs.map((name) => drug(table, columnAt(table, name))), measured: [] }
  const taken = new Set([...Object.values(at), ...(choice.notDrugs ?? []).map((name) => columnAt(table, name))])
  const columns: Columns = { at, drugs: [], measured: [] }
  table.columns.forEach((_, n) => {
    if (taken.has(n)) return
    const kind = looksLike(table, n)
    if (kind !== null) columns[kind].push(drug(table, n))
  })
  if (columns.drugs.length === 0 && columns.measured.length === 0) throw new FileProblem('No column holds S, I or R: there is nothing to count.')
  return columns
}

/** The position of a column by its name, whatever its case. Throws FileProblem where there is none. */
export function columnAt(table: Table, name: string): number {
  const found = byName(table, [name.trim()])
  if (found === -1) throw new FileProblem(`There is no column "${name}". The file has ${table.columns.join(', ')}.`)
  return found
}

const byName = (table: Table, wanted: readonly string[]): number => {
  const lower = table.columns.map((column) => column.toLowerCase())
  return wanted.map((name) => lower.indexOf(name.toLowerCase())).find((n) => n !== -1) ?? -1
}

const drug = (table: Table, at: number): DrugColumn => ({ at, name: table.columns[at] ?? '' })

/** `AMP`, or WHONET's `AMP_ND10`: code, guideline and method, potency. */
const codeLike = /^[A-Z]{2,3}[A-Z0-9](_[A-Z]{2}[\d.]*)?$/
const measurement = /^[<>]?=?\s*\d+([.,]\d+)?(\/\d+([.,]\d+)?)?$/

/**
 * A column whose values are interpretations is one of a drug; one that is called like a drug may have odd values among them, which are then errors.
 */
function looksLike(table: Table, at: number): 'drugs' | 'measured' | null {
  let [filled, interpreted, counted, numbers] = [0, 0, 0, 0]
  for (const { cells } of table.rows) {
    const cell = cells[at] ?? ''
    if (cell === '') continue
    filled++
    const code = interpretationOf(cell)
    if (code !== null) interpreted++
    if (code) counted++
    else if (measurement.test(cell)) numbers++
  }
  const name = table.columns[at] ?? ''
  if (counted > 0 && interpreted >= filled * (codeLike.test(name) ? 0.5 : 0.9)) return 'drugs'
  return numbers > 0 && /_[A-Z]{2}[\d.]*$/.test(name) && numbers + interpreted >= filled * 0.9 ? 'measured' : null
}
