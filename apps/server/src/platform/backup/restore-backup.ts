import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { allMigrations, migrate } from '../db/index.ts'
import type { ObjectStore } from '../objects/index.ts'
import { columnsOf, connect, holdsALab, quoted, sequencesOf, tablesOf } from './catalogue.ts'
import { manifestEntry, nameOf, objectsFolder, type Manifest, type Table } from './manifest.ts'
import { entriesOf, verifyArchive } from './read-archive.ts'
import { BackupRefused } from './refused.ts'

export interface RestoreTarget {
  url: string
  store: ObjectStore
  say(line: string): void
}

/**
 * Fills an empty database, and the store, from a backup. Nothing is written before the file is known to be whole; all rows appear at once, after
 * the bytes that they know, so that a restore that fails can be done again.
 */
export async function restoreBackup({ url, store, say }: RestoreTarget, file: string): Promise<Manifest> {
  const manifest = await verifyArchive(file)
  const last = lastMigration(manifest)
  say(`The backup of ${manifest.madeAt} is whole: ${manifest.tables.length} tables, ${manifest.objects.count} stored files.`)
  const client = await connect(url)
  try {
    await withoutTriggers(client)
    await refuseUnlessEmpty(client, last)
    await migrate(url, (name) => say(`applying ${name}`), last)
    await client.query('begin')
    await load(client, manifest, { store, say, file })
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(url, (name) => say(`applying ${name}`))
  await analyze(url)
  return manifest
}

/** The name of the last one applied to the backup. Its list must be where this release's begins. */
function lastMigration({ migrations }: Manifest): string {
  const own = allMigrations()
  const foreign = migrations.filter(({ name }) => !own.some((migration) => migration.name === name)).map(({ name }) => name)
  if (foreign.length > 0) throw new BackupRefused(`The backup is of a newer release: it has ${foreign.join(', ')}. Restore it with that one.`)
  const other = migrations.find(({ name, hash }, index) => own[index]?.name !== name || own[index].hash !== hash)
  if (other) throw new BackupRefused(`The backup has another ${other.name} than this release.`)
  const last = migrations.at(-1)?.name
  if (last === undefined) throw new BackupRefused('The backup is of a database that was never migrated.')
  return last
}

async function withoutTriggers(client: Client): Promise<void> {
  try {
    await client.query('set session_replication_role = replica')
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new BackupRefused('The user of DATABASE_URL may not restore: it must be a superuser, or an administrator lets it once: '
      + '`grant set on parameter session_replication_role to <user>`.')
  }
}

async function refuseUnlessEmpty(client: Client, last: string): Promise<void> {
  if (await holdsALab(client)) throw new BackupRefused('This database has a lab. A backup is restored into an empty database only.')
  if (!(await tablesOf(client)).some((table) => nameOf(table) === 'platform.migration')) return
  const { rows } = await client.query<{ name: string }>('select name from platform.migration where name > $1 order by name', [last])
  const names = rows.map(({ name }) => name).join(', ')
  if (names) throw new BackupRefused(`This database has migrations that the backup has not: ${names}. Restore into a new one.`)
}

async function load(client: Client, manifest: Manifest, { store, say, file }: Omit<RestoreTarget, 'url'> & { file: string }): Promise<void> {
  const present = await tablesOf(client)
  refuseUnlessFitting(manifest, present)
  await client.query(`lock table ${present.map(quoted).join(', ')} in access exclusive mode`)
  if (await holdsALab(client)) throw new BackupRefused('A lab was made in this database in the meantime.')
  const worker = 'graphile_worker.migrations'
  await client.query(`create temporary table worker_before on commit drop as table ${worker}`)
  // What migrations have put in comes from the backup as well.
  await client.query(`truncate ${present.map(quoted).join(', ')}`)
  const tables = new Map(manifest.tables.map((table) => [nameOf(table), table]))
  let files = 0
  for await (const { name, comment, bytes } of entriesOf(file)) {
    const table = tables.get(name.split('/')[1] ?? '')
    if (name.startsWith(objectsFolder)) {
      await store.put(name.slice(objectsFolder.length), Readable.from(bytes), { contentType: comment ?? 'application/octet-stream' })
      if (++files % 1000 === 0) say(`${files} stored files`)
    } else if (name !== manifestEntry && table) {
      await pipeline(bytes, client.query(copyFrom(`copy ${quoted(table)} (${columnsOf(table)}) from stdin`)))
    } else await buffer(bytes)
  }
  await client.query(`insert into ${worker} select * from worker_before on conflict do nothing`)
  const { rows: newer } = await client.query(`select from ${worker} where id > (select max(id) from worker_before)`)
  if (newer.length > 0) throw new BackupRefused('The backup is of a newer release: its queue of jobs has another shape. Restore it with that one.')
  await setSequences(client, manifest)
  // The server that ran before has counted its transactions further than this one.
  const { rows: [log] } = await client.query<{ there: boolean }>(`select to_regprocedure('platform.continue_log()') is not null as there`)
  if (log?.there) await client.query('select platform.continue_log()')
  say(`${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} rows, ${files} stored files`)
}

function refuseUnlessFitting({ tables }: Manifest, present: Table[]): void {
  const there = new Map(present.map((table) => [nameOf(table), table]))
  const unfit = tables.filter((table) => table.rows > 0 && table.columns.some((column) => !there.get(nameOf(table))?.columns.includes(column)))
  if (unfit.length > 0) throw new BackupRefused(`This release has no place for ${unfit.map(nameOf).join(', ')}.`)
}

async function setSequences(client: Client, { sequences }: Manifest): Promise<void> {
  const there = new Set((await sequencesOf(client)).map(nameOf))
  for (const sequence of sequences) {
    if (!there.has(nameOf(sequence))) await client.query(`create sequence ${quoted(sequence)} ${sequence.options}`)
    await client.query('select setval($1::regclass, $2, $3)', [quoted(sequence), sequence.last, sequence.called])
  }
}

async function analyze(url: string): Promise<void> {
  const client = await connect(url)
  await client.query('analyze').finally(() => client.end())
}
