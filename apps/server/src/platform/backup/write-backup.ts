import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { allMigrations } from '../db/index.ts'
import { DiskStore, type ObjectStore } from '../objects/index.ts'
import { columnsOf, connect, quoted, sequencesOf, tablesOf } from './catalogue.ts'
import { format, manifestEntry, nameOf, objectsFolder, tableFolder, type Manifest, type Table, type TableContent } from './manifest.ts'
import { BackupRefused } from './refused.ts'
import { ArchiveWriter, Tally } from './write-archive.ts'

/** Asks the database as it was when the backup began. */
export type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>

/** Where the bytes of a stored file are, by the ledger. */
export interface KeptBytes {
  key: string
  contentType: string
  /** Where the same bytes are if they have been moved since. */
  elsewhere: string[]
  /** Not for bytes that may not have come yet. */
  expected: boolean
}

export interface BackupSource {
  url: string
  store: ObjectStore
  keptBytes(ask: Ask): AsyncIterable<KeptBytes>
  say(line: string): void
}

/** As large as an entry of rows gets, by a row. */
const entryBytes = 4 * 1024 * 1024

/**
 * Writes everything to one file while the system runs: all rows as of one moment, then the bytes of the objects that those rows know.
 * There is no file when it fails.
 */
export async function writeBackup(source: BackupSource, file: string): Promise<Manifest> {
  const client = await connect(source.url)
  try {
    await client.query('begin isolation level repeatable read, read only')
    const tables = await tablesOf(client)
    const migrations = await knownMigrations(client, tables)
    await client.query(`lock table ${tables.map(quoted).join(', ')} in access share mode`)
    const archive = await ArchiveWriter.create(file)
    try {
      const contents: TableContent[] = []
      for (const table of tables) {
        const content = await writeTable(client, table, archive)
        if (content.rows > 0) source.say(`${nameOf(table)}: ${content.rows} rows`)
        contents.push(content)
      }
      const sequences = await sequencesOf(client)
      const objects = await writeObjects(client, source, archive)
      const manifest = { format, madeAt: new Date().toISOString(), migrations, tables: contents, sequences, objects }
      await archive.add(manifestEntry, Buffer.from(JSON.stringify(manifest, null, 1)))
      await archive.finish()
      return manifest
    } catch (error) {
      await archive.discard()
      throw error
    }
  } finally {
    await client.end()
  }
}

async function knownMigrations(client: Client, tables: Table[]): Promise<Manifest['migrations']> {
  const isOurs = tables.some((table) => nameOf(table) === 'platform.migration')
  if (!isOurs) throw new BackupRefused('There is nothing to back up: this database was never migrated.')
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migration order by name')
  const known = new Set(allMigrations().map(({ name }) => name))
  const foreign = rows.filter(({ name }) => !known.has(name)).map(({ name }) => name).join(', ')
  if (foreign) throw new BackupRefused(`The database is newer than this release: it has ${foreign}. Back it up with the newer one.`)
  return rows
}

async function writeTable(client: Client, table: Table, archive: ArchiveWriter): Promise<TableContent> {
  const tally = new Tally()
  let [rows, entries, size] = [0, 0, 0]
  let waiting: Buffer[] = []
  const write = async () => {
    const bytes = Buffer.concat(waiting)
    if (bytes.length === 0) return
    // In text each row is a line, and a line break inside a value is written as two letters.
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) rows++
    tally.add(bytes)
    await archive.add(`${tableFolder(table)}${String(++entries).padStart(6, '0')}`, bytes)
  }
  for await (const chunk of client.query(copyTo(`copy (select ${columnsOf(table)} from only ${quoted(table)}) to stdout`)) as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(10) + 1
    size += chunk.length
    if (size < entryBytes || end === 0) {
      waiting.push(chunk)
      continue
    }
    waiting.push(chunk.subarray(0, end))
    await write()
    waiting = [chunk.subarray(end)]
    size = chunk.length - end
  }
  await write()
  return { ...table, ...tally.content, rows }
}

async function writeObjects(client: Client, { store, keptBytes, say }: BackupSource, archive: ArchiveWriter): Promise<Manifest['objects']> {
  const tally = new Tally()
  let [count, missing] = [0, 0]
  if (!(store instanceof DiskStore)) {
    say('Stored files are in the bucket and stay there: they are not in this backup.')
    return { store: 's3', count, ...tally.content }
  }
  const ask: Ask = async <Row extends object>(text: string, values: unknown[]) => (await client.query<Row>(text, values)).rows
  for await (const { key, contentType, elsewhere, expected } of keptBytes(ask)) {
    const found = await firstOf(store, [key, ...elsewhere])
    if (found) {
      tally.add(Buffer.from(`${key}\n`))
      await archive.addStream({ name: objectsFolder + key, size: found.size, pax: { comment: contentType } }, tally.through(found.stream()))
      if (++count % 1000 === 0) say(`${count} stored files`)
    } else if (expected) {
      missing++
      say(`Not in the store: ${key}`)
    }
  }
  say(`${count} stored files${missing > 0 ? `; ${missing} that the ledger knows are not in the store: discarded meanwhile, or lost before` : ''}`)
  return { store: 'disk', count, ...tally.content }
}

async function firstOf(store: DiskStore, keys: string[]) {
  for (const key of keys) {
    const found = await store.open(key)
    if (found) return found
  }
  return null
}
