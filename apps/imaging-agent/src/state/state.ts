import { hash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import type { Settings } from '../config/settings.ts'
import { schema } from './schema.ts'

export type Row = Record<string, SQLOutputValue>

/**
 * What this agent knows, durably: one row for each file of pdata, by path, with the hash of its bytes.
 * found → resolved (whose it is, and its key) → uploaded → announced, or set_aside with a reason. `gone`: the file went after it was sent.
 */
export class State {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  constructor(file: string) {
    this.#database = new DatabaseSync(file)
    this.#database.exec(schema)
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values)
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values)
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes)
  }

  /** Everything that `work` writes, or nothing. */
  together<T>(work: () => T): T {
    this.#database.exec('begin immediate')
    try {
      const done = work()
      this.#database.exec('commit')
      return done
    } catch (error) {
      this.#database.exec('rollback')
      throw error
    }
  }

  fact(name: string): string | null {
    return (this.get('select value from fact where name = ?', name)?.value as string | undefined) ?? null
  }

  remember(name: string, value: string): void {
    this.run('insert into fact values (?, ?) on conflict (name) do update set value = excluded.value', name, value)
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): ReturnType<DatabaseSync['prepare']> {
    const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql)
    this.#prepared.set(sql, statement)
    return statement
  }
}

/** What was sent to one bucket for one clinic is nothing that another one has: each has a file of its own. */
export function stateFile({ data, server, bucket, clinicId }: Settings): string {
  const target = bucket.kind === 's3' ? [bucket.endpoint ?? `aws:${bucket.region}`, bucket.bucket] : [server?.url]
  mkdirSync(data, { recursive: true, mode: 0o700 })
  return join(data, `state-${hash('sha256', JSON.stringify([clinicId, ...target])).slice(0, 8)}.sqlite`)
}
