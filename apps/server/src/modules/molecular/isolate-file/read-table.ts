import { CsvError, parse } from 'csv-parse/sync'

/** A text file as columns and rows; `line` is where a row stands in the file, the header being line 1. */
export interface Table {
  columns: string[]
  rows: { line: number; cells: string[] }[]
}

/** What is wrong with a file, in words for whoever made it. */
export class FileProblem extends Error {}

const delimiters = [',', ';', '|', '\t']

/**
 * Reads CSV as programs write it: comma, semicolon, bar or tab; quoted or not; UTF-8 with or without its mark, UTF-16, or else Windows-1252.
 * Throws FileProblem.
 */
export function readTable(bytes: Uint8Array): Table {
  const text = decode(bytes)
  if (text.includes('\0')) throw new FileProblem('This is no text file. Save the table as CSV.')
  const delimiter = delimiterOf(text)
  const rows = parsed(text, delimiter).map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }))
  const [header, ...body] = rows
  if (!header) throw new FileProblem('The file is empty. Its first line must name the columns.')
  if (header.cells.length < 2) throw new FileProblem('The first line names one column only. Columns are separated by comma, semicolon, bar or tab.')
  const columns = header.cells.map((cell, n) => cell || `column ${n + 1}`)
  const twice = columns.find((column, n) => columns.indexOf(column) !== n)
  if (twice !== undefined) throw new FileProblem(`Two columns are called "${twice}". Rename one of them.`)
  return { columns, rows: body.filter(({ cells }) => cells.some((cell) => cell !== '')) }
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The delimiter that stands most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const header = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replaceAll(/"(?:[^"]|"")*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  return delimiters.toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

interface Parsed {
  record: string[]
  info: { lines: number }
}

function parsed(text: string, delimiter: string): Parsed[] {
  try {
    return parse(text, { delimiter, info: true, relax_column_count_less: true, skip_empty_lines: true, max_record_size: 1_000_000 }) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? `Line ${error.lines}: ` : ''
    const says = error.code.startsWith('CSV_RECORD_INCONSISTENT') ? 'more cells than the first line has columns' : error.message.replace(/ (at|on) line \d+.*$/, '')
    throw new FileProblem(`${line}${says}.`)
  }
}
