import { readFile } from 'node:fs/promises'
import { antibiogramOfFile, FileProblem, type FileQuestion } from '../modules/molecular/index.ts'

export interface AntibiogramOptions {
  method: string
  episodeDays: string
  min: string
  susceptible: string
  from?: string
  to?: string
  by?: string
  combine: string[]
  onlyAllTested: boolean
  drugs?: string
  dates?: string
  format: string
}

/** Prints the cumulative antibiogram of a file of isolates. What the file was read as goes to the standard error. */
export async function printAntibiogram(file: string, options: AntibiogramOptions): Promise<void> {
  try {
    const { text, notes } = antibiogramOfFile(await readFile(file), questionOf(options))
    for (const note of notes) console.error(note)
    process.stdout.write(text)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (!(error instanceof FileProblem) && code === undefined) throw error
    console.error(code === 'ENOENT' ? `There is no file ${file}` : (error as Error).message)
    process.exitCode = 1
  }
}

function questionOf(options: AntibiogramOptions): FileQuestion {
  const { method, susceptible, from, to, by, combine, onlyAllTested, dates, format } = options
  return {
    method: oneOf('--method', method, ['all', 'first-per-patient', 'episode', 'first-per-patient-and-specimen', 'phenotype-points', 'phenotype-key']),
    episodeDays: whole('--episode-days', options.episodeDays), minimum: whole('--min', options.min),
    susceptible: oneOf('--susceptible', susceptible.toUpperCase(), ['S', 'SI']),
    format: oneOf('--format', format, ['csv', 'table']), combine, onlyAllTested,
    ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(by !== undefined && { by }),
    ...(options.drugs !== undefined && { drugs: options.drugs.split(',').map((name) => name.trim()) }),
    ...(dates !== undefined && { dates: oneOf('--dates', dates, ['dmy', 'mdy']) }),
  }
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value)
  if (found === undefined) throw new FileProblem(`${name} is one of ${allowed.join(', ')}, not ${value}`)
  return found
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new FileProblem(`${name} is a number from 1, not ${text}`)
  return Number(text)
}
