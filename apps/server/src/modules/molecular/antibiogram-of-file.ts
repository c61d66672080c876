import { antibiogram, isolatesOf, percentOf, type Cell, type Combination, type Method, type Susceptible } from '@aliquot/antibiogram'
import {
  columnAt, csvOf, dateOf, FileProblem, findColumns, readDay, readIsolates, readTable, type Columns, type DateOrder, type FileIsolate, type RowProblem, type Table,
} from './isolate-file/index.ts'

export interface FileQuestion {
  method: Method['kind']
  episodeDays: number
  minimum: number
  susceptible: Susceptible
  /** First day, as 2024-03-09. */
  from?: string
  /** First day after the period. */
  to?: string
  /** A column, or year, quarter or month of the date. */
  by?: string
  /** `AMC+GEN` each. */
  combine: readonly string[]
  onlyAllTested: boolean
  drugs?: readonly string[]
  dates?: DateOrder
  format: 'csv' | 'table'
}

const header = ['stratum', 'organism', 'antibiotic', 'n_total', 'n_tested', 'n_susceptible', 'percent', 'lower', 'upper']

/** The cumulative antibiogram of a file, as text, and notes on what was left out. Throws FileProblem. */
export function antibiogramOfFile(bytes: Uint8Array, question: FileQuestion): { text: string; notes: string[] } {
  const table = readTable(bytes)
  const by = question.by === undefined ? null : stratumBy(table, question.by)
  const columns = findColumns(table, { ...(question.drugs && { drugs: question.drugs }), notDrugs: by?.column === undefined ? [] : [by.column] })
  if (columns.drugs.length === 0) throw new FileProblem('The drug columns hold zones or MICs. Only S, I and R can be counted: breakpoints are not part of this program.')
  if (question.method === 'first-per-patient-and-specimen' && columns.at.specimen === undefined) throw new FileProblem('No column says the specimen; call it specimen.')
  const { isolates, problems } = readIsolates(table, columns, question.dates)
  if (problems.length > 0) throw new FileProblem(problemText(problems))
  const asked = withinPeriod(isolates, question).filter(({ surveillance }) => !surveillance)
  const drugs = columns.drugs.map(({ name }) => name)
  const of = isolatesOf(asked.map((isolate) => ({ ...isolate, stratum: by?.of(isolate) ?? '' })), drugs)
  const cells = antibiogram(of, {
    method: methodOf(question),
    susceptible: question.susceptible, minimum: question.minimum, combinations: question.combine.map((text) => combinationOf(text, drugs, question.onlyAllTested)),
  }).filter(({ tooFew }) => !tooFew)
  return { text: question.format === 'csv' ? csvOf(header, cells.map(rowOf)) : aligned(cells), notes: notesOn(isolates, columns, question, of.count, asked.length) }
}

const methodOf = ({ method, episodeDays }: FileQuestion): Method =>
  (method === 'episode' || method === 'phenotype-points' || method === 'phenotype-key' ? { kind: method, days: episodeDays } : { kind: method })

function notesOn(isolates: readonly FileIsolate[], columns: Columns, question: FileQuestion, known: number, asked: number): string[] {
  const screened = isolates.filter(({ surveillance }) => surveillance).length
  const measured = columns.measured.map(({ name }) => name)
  return [
    `${isolates.length} isolates, ${columns.drugs.length} drugs: ${columns.drugs.map(({ name }) => name).join(' ')}`,
    ...(screened > 0 ? [`${screened} surveillance isolates are left out`] : []),
    ...(known < asked ? [`${asked - known} isolates of unknown organisms are left out`] : []),
    ...(measured.length > 0 ? [`Zones and MICs without interpretation are not counted: ${measured.join(' ')}`] : []),
    ...(columns.at.isolate === undefined && question.method !== 'all' ? ['No column numbers the isolates: of one day, the upper line is the first'] : []),
  ]
}

function withinPeriod(isolates: readonly FileIsolate[], { from, to }: FileQuestion): FileIsolate[] {
  const [first, end] = [edge('--from', from) ?? Number.NEGATIVE_INFINITY, edge('--to', to) ?? Number.POSITIVE_INFINITY]
  return isolates.filter(({ day }) => day >= first && day < end)
}

function edge(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const day = readDay(text, null)
  if (day === null) throw new FileProblem(`${name} is a date such as 2024-03-09, not ${text}`)
  return day
}

const periods: Record<string, (date: string) => string> = {
  year: (date) => date.slice(0, 4), month: (date) => date.slice(0, 7), quarter: (date) => `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`,
}

interface Strata {
  /** The column, where it is one. */
  column?: string
  of: (isolate: FileIsolate) => string
}

function stratumBy(table: Table, by: string): Strata {
  const period = periods[by.toLowerCase()]
  if (period && !table.columns.some((column) => column.toLowerCase() === by.toLowerCase())) return { of: ({ day }) => period(dateOf(day)) }
  const at = columnAt(table, by)
  return { column: by, of: ({ cells }) => cells[at] || '(blank)' }
}

function combinationOf(text: string, drugs: readonly string[], onlyAllTested: boolean): Combination {
  const names = text.split('+').map((name) => name.trim()).map((name) => drugs.find((drug) => drug.toLowerCase() === name.toLowerCase()) ?? name)
  const unknown = names.filter((name) => !drugs.includes(name))
  if (unknown.length > 0) throw new FileProblem(`--combine ${text}: there is no drug ${unknown.join(', ')}. The file has ${drugs.join(' ')}.`)
  if (new Set(names).size < 2) throw new FileProblem(`--combine ${text}: write two or more drugs, such as AMC+GEN`)
  return { drugs: names, counts: onlyAllTested ? 'all-tested' : 'any' }
}

function rowOf(cell: Cell): (string | number)[] {
  const { percent, lower, upper } = percentOf(cell)
  return [cell.stratum, cell.organism, cell.antibiotic, cell.nTotal, cell.nTested, cell.nSusceptible, ...[percent, lower, upper].map((value) => value.toFixed(4))]
}

function aligned(cells: readonly Cell[]): string {
  const rows = [header, ...cells.map((cell) => rowOf(cell).map((value, n) => (n > 5 ? Number(value).toFixed(1) : String(value))))]
  const widths = header.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)))
  return rows.map((row) => `${row.map((value, n) => (n < 3 ? value.padEnd(widths[n] ?? 0) : value.padStart(widths[n] ?? 0))).join('  ').trimEnd()}\n`).join('')
}

const shown = 20
const problemText = (problems: readonly RowProblem[]): string => [
  ...problems.slice(0, shown).map(({ line, column, says }) => `Line ${line}, column ${column}: ${says}`),
  ...(problems.length > shown ? [`… and ${problems.length - shown} more`] : []),
].join('\n')
