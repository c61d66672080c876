import { interpretationOf } from '@aliquot/antibiogram'
import type { Columns, Role } from './find-columns.ts'
import { dateOrderOf, readDay, type DateOrder } from './read-dates.ts'
import { FileProblem, type Table } from './read-table.ts'

/** One row of a file that was understood. */
export interface FileIsolate {
  line: number
  id: string
  patient: string
  organism: string
  /** Days since 1970-01-01. */
  day: number
  specimen: string
  ward: string
  surveillance: boolean
  /** Interpretations by their number, in the order of the drug columns. */
  values: Uint8Array
  cells: string[]
}

/** What a row lacks, by line and column. */
export interface RowProblem {
  line: number
  column: string
  says: string
}

export interface Isolated {
  isolates: FileIsolate[]
  problems: RowProblem[]
}

const yes = /^(1|true|yes|y|t)$/i
const screening = /^(screening|surveillance|screen)$/i

/** Reads every row; one with a problem is left out, and all its problems are named. Throws FileProblem where dates can be read in two ways. */
export function readIsolates(table: Table, columns: Columns, dates?: DateOrder): Isolated {
  const cell = (cells: readonly string[], role: Role) => cells[columns.at[role] ?? -1] ?? ''
  const nameOf = (role: Role) => table.columns[columns.at[role] ?? -1] ?? role
  const order = dates ?? orderOf(table.rows.map(({ cells }) => cell(cells, 'date')))
  // A specimen's number may stand for several organisms, an isolate's for one.
  const unique = /^isolate(_id)?$/i.test(nameOf('isolate'))
  const seen = new Map<string, number>()
  const problems: RowProblem[] = []
  const isolates: FileIsolate[] = []
  for (const { line, cells } of table.rows) {
    const before = problems.length
    const refuse = (column: string, says: string) => problems.push({ line, column, says })
    const date = cell(cells, 'date')
    const day = readDay(date, order)
    if (day === null) refuse(nameOf('date'), date === '' ? 'is empty; the day of collection is needed' : `"${clip(date)}" is no date; write 2024-03-09`)
    const patient = cell(cells, 'patient')
    if (patient === '') refuse(nameOf('patient'), 'is empty; who the isolate is from is needed')
    const values = Uint8Array.from(columns.drugs, ({ at, name }) => {
      const code = interpretationOf(cells[at] ?? '')
      if (code === null) refuse(name, `"${clip(cells[at] ?? '')}" is no interpretation; write S, I, SDD, R, NS or nothing`)
      return code ?? 0
    })
    const id = cell(cells, 'isolate') || String(line)
    if (columns.at.isolate !== undefined) {
      const twin = seen.get(id)
      if (twin !== undefined && unique) refuse(nameOf('isolate'), `${clip(id)} stands in line ${twin} already; every isolate is given once`)
      seen.set(id, line)
    }
    if (problems.length > before || day === null) continue
    isolates.push({
      line, id, patient, organism: cell(cells, 'organism'), day, specimen: cell(cells, 'specimen'), ward: cell(cells, 'ward'), values, cells,
      surveillance: yes.test(cell(cells, 'surveillance')) || screening.test(cell(cells, 'reason')) || screening.test(cell(cells, 'specimen')),
    })
  }
  return { isolates, problems }
}

function orderOf(dates: readonly string[]): DateOrder {
  const order = dateOrderOf(dates)
  if (order === 'contradictory') throw new FileProblem('Some dates have the day first and others the month. Write them as 2024-03-09.')
  if (order === 'either') throw new FileProblem('Dates such as 03/04/2024 can be read in two ways. Say dmy or mdy, or write them as 2024-03-09.')
  return order
}

const clip = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text)
