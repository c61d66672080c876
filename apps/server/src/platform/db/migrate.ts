import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import pg from 'pg'
import { Logger, runMigrations } from 'graphile-worker'

const folder = fileURLToPath(new URL('../../../migrations', import.meta.url))
// Any constant will do as long as nothing else in the database takes the same advisory lock.
const migrationLock = 7_331_001
const quietLogger = new Logger(() => () => {})

export interface Migration {
  name: string
  sql: string
  hash: string
}

/** All migrations in order: `0001-platform.sql`, … Numbers have no gaps; a test holds that. */
export function allMigrations(): Migration[] {
  return readdirSync(folder).filter((file) => /^\d{4}-.*\.sql$/.test(file)).sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8')
    return { name: file.replace(/\.sql$/, ''), sql, hash: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings the database up to date, each migration in a transaction of its own, under a lock so that several processes may start at once.
 * Refuses a database that has migrations which this release does not know, or whose applied migrations were edited afterwards.
 * `upTo` is the last one to apply.
 */
export async function migrate(url: string, onApply: (name: string) => void = () => {}, upTo?: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'aliquot-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runMigrations({ connectionString: url, logger: quietLogger })
    await client.query('create schema if not exists platform')
    await client.query('create table if not exists platform.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from platform.migration')
    const applied = new Map(rows.map((row) => [row.name, row.hash]))
    const migrations = allMigrations()
    const known = new Set(migrations.map((m) => m.name))
    const foreign = [...applied.keys()].filter((name) => !known.has(name))
    if (foreign.length > 0) throw new Error(`The database is newer than this release: it has ${foreign.join(', ')}. Start the newer release instead.`)
    let count = 0
    for (const migration of migrations.filter(({ name }) => upTo === undefined || name <= upTo)) {
      const before = applied.get(migration.name)
      if (before === migration.hash) continue
      if (before) throw new Error(`Migration ${migration.name} was edited after it had been applied. Restore the file and write a new migration.`)
      onApply(migration.name)
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query('insert into platform.migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
      }
      count++
    }
    return count
  } finally {
    await client.end()
  }
}
