import { parse } from 'csv-parse'
import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pipeline } from 'node:stream/promises'
import { Away } from '../run/away.ts'
import { imageColumns, patientColumns, queries } from './queries.ts'
import { imageOf, ownerOf, patientOf } from './rows.ts'
import type { Source } from './source.ts'

interface Exports { patients: string; mediabase: string }
type Row = Record<string, unknown>

/**
 * Two CSV exports, read into a database on the disk so that a practice of any size takes little memory and answers the same queries.
 * They are read again when a file changed.
 */
export async function openExports(files: Exports, data: string): Promise<Source> {
  const path = join(data, 'exports.sqlite')
  let read = ''
  let database = new DatabaseSync(':memory:')

  // One after the other: two readings of changed files would be in each other's way.
  let reading: Promise<unknown> = Promise.resolve()
  const current = (): Promise<DatabaseSync> => {
    const next = reading.then(readAnew, readAnew)
    reading = next
    return next
  }
  const readAnew = async (): Promise<DatabaseSync> => {
    const state = (await Promise.all([files.patients, files.mediabase].map(stampOf))).join()
    if (state === read) return database
    database.close()
    await Promise.all(['', '-wal', '-shm', '-journal'].map((end) => rm(`${path}${end}`, { force: true })))
    database = new DatabaseSync(':memory:')
    database.exec(`attach '${path.replaceAll("'", "''")}' as dbo`)
    database.exec(`pragma dbo.journal_mode = off; pragma dbo.synchronous = off;
      create table dbo.Patient (PatientId integer, CardId text, LastName text, FirstName text, Birthday text, IsDeleted integer);
      create table dbo.MediaBase (MediaBaseId integer, PatientId integer, Name text, IsDeleted integer, IsHidden integer, OutsourcedFile text)`)
    await fill(database, 'Patient', files.patients, patientColumns)
    await fill(database, 'MediaBase', files.mediabase, imageColumns)
    database.exec(`create index dbo.patient_id on Patient (PatientId); create index dbo.patient_card on Patient (ltrim(rtrim(CardId)));
      create index dbo.image_id on MediaBase (MediaBaseId)`)
    read = state
    return database
  }
  const list = async <T>(query: (count: number) => string, ids: readonly (number | string)[], of: (row: Row) => T): Promise<T[]> => {
    const rows = (await current()).prepare(query(ids.length)).all(Object.fromEntries(ids.map((id, at) => [`@p${at}`, id])))
    return rows.map((row) => of(row))
  }
  const count = async (query: string): Promise<number> => Number((await current()).prepare(query).get()?.n)

  await current()
  return {
    patients: (ids) => list(queries.patients, ids, patientOf),
    images: (ids) => list(queries.images, ids, imageOf),
    cardOwners: (cardIds) => list(queries.cardOwners, cardIds, ownerOf),
    count: async () => ({ patients: await count(queries.countPatients), withCard: await count(queries.countCards),
      images: await count(queries.countImages) }),
    close: async () => database.close(),
  }
}

const stampOf = async (file: string): Promise<string> => {
  const { mtimeMs, size } = await stat(file).catch((error: Error) => { throw new Away('database', `The export cannot be read: ${error.message}`) })
  return `${mtimeMs}:${size}`
}

const flags = ['IsDeleted', 'IsHidden']

/** Rows of a file with a line of column names; commas, semicolons or tabs between them, UTF-8 or, with its mark, UTF-16. */
async function fill(database: DatabaseSync, table: string, file: string, columns: readonly string[]): Promise<void> {
  const insert = database.prepare(`insert into dbo.${table} values (${columns.map(() => '?').join(', ')})`)
  database.exec('begin')
  try {
    const delimiter = await delimiterOf(file)
    const rows = parse({
      bom: true, columns: (names: string[]) => inWords(names, columns, file), delimiter, skip_empty_lines: true, max_record_size: 65_536,
    })
    const reading = pipeline(createReadStream(file), rows)
    // The loop says it.
    reading.catch(() => undefined)
    for await (const row of rows as AsyncIterable<Record<string, string>>) {
      insert.run(...columns.map((name) => cell(name, row[name] ?? '')))
    }
    await reading
    database.exec('commit')
  } catch (error) {
    database.exec('rollback')
    throw error instanceof Away ? error : new Away('database', `${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Whichever of comma, semicolon and tab the line of names has most. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
    const start = buffer.subarray(0, bytesRead)
    const line = start.toString(start[0] === 0xff && start[1] === 0xfe ? 'utf16le' : 'utf8').split('\n')[0] ?? ''
    const count = (mark: string) => line.split(mark).length
    return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
  } finally {
    await handle.close()
  }
}

/** The names that queries.ts uses, whatever their case in the file; other columns are left out. */
function inWords(names: string[], columns: readonly string[], file: string): (string | false)[] {
  const found = names.map((name) => columns.find((column) => column.toLowerCase() === name.trim().toLowerCase()) ?? false)
  const missing = columns.filter((column) => !found.includes(column))
  if (missing.length > 0) throw new Away('database', `${file} has no column ${missing.join(', ')}. It needs: ${columns.join(', ')}.`)
  return found
}

/** Empty is NULL; numbers are numbers, as in the database that they were exported from. */
function cell(name: string, text: string): string | number | null {
  const trimmed = text.trim()
  if (flags.includes(name)) return /^(1|true|yes|-1)$/i.test(trimmed) ? 1 : 0
  if (trimmed === '' || trimmed === 'NULL') return name === 'CardId' ? text : null
  return name.endsWith('Id') && name !== 'CardId' ? Number(trimmed) : text
}
