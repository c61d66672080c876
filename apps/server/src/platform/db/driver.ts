import { createHash } from 'node:crypto'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Duplex } from 'node:stream'
import {
  Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler,
  type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type KyselyPlugin, type QueryResult,
} from 'kysely'
import type { PoolClient } from 'pg'
import type { DB } from './tables.ts'

/** Counts the statements sent on behalf of one piece of work; see {@link countStatements}. */
export interface StatementCount {
  statements: number
  /** What was sent, when asked for: a benchmark replays it, a test reads it. */
  sent: SentStatement[] | null
}

export interface SentStatement {
  text: string
  values: readonly unknown[]
  firstRow: Record<string, unknown> | undefined
}

const counting = new AsyncLocalStorage<StatementCount>()

/** Runs `work` and counts every statement it sends to the database, begin and commit included. */
export async function countStatements<T>(work: () => Promise<T>, keep = false): Promise<{ result: T } & StatementCount> {
  const count: StatementCount = { statements: 0, sent: keep ? [] : null }
  // `async`, so that a lazy thenable (an injected request) also starts inside.
  const result = await counting.run(count, async () => work())
  return { result, ...count }
}

export function enterCount(): StatementCount {
  const count = counting.getStore() ?? { statements: 0, sent: null }
  counting.enterWith(count)
  return count
}

/** Counts a statement as it is sent; answers the record of it, into which its first row goes later. */
export function noteStatement(text: string, values: readonly unknown[] = []): SentStatement | undefined {
  const count = counting.getStore()
  if (!count) return undefined
  count.statements++
  if (!count.sent) return undefined
  const sent: SentStatement = { text, values, firstRow: undefined }
  count.sent.push(sent)
  return sent
}

/**
 * Postgres plans a named statement once per connection. A text is named by its hash when it has been seen before; the table is
 * bounded, so texts that vary without end (long IN lists) stay unnamed.
 */
const names = new Map<string, string>()
const maxNames = 1000
let prepare = true

export function usePreparedStatements(on: boolean): void {
  prepare = on
}

function nameOf(text: string): string | undefined {
  if (!prepare) return undefined
  const known = names.get(text)
  if (known) return known
  if (names.size >= maxNames) return undefined
  const name = `q${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`
  names.set(text, name)
  return name
}

/** Holds back what is sent on the connection until the answer is called: it then travels as one, and wakes Postgres once. */
export function hold(client: PoolClient): () => void {
  const { stream } = (client as PoolClient & { connection: { stream: Duplex } }).connection
  stream.cork()
  return () => stream.uncork()
}

/** Sends a compiled query at once, behind what was sent before it on this connection. */
export async function sendCompiled<R>(client: PoolClient, query: CompiledQuery): Promise<QueryResult<R>> {
  const name = query.parameters.length > 0 ? nameOf(query.sql) : undefined
  const values = [...query.parameters]
  const sent = noteStatement(query.sql, query.parameters)
  const result = await client.query(name ? { name, text: query.sql, values } : { text: query.sql, values })
  const rows = result.rows as R[]
  if (sent) sent.firstRow = rows[0] as Record<string, unknown> | undefined
  return result.command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
}

class ClientConnection implements DatabaseConnection {
  readonly #client: PoolClient
  constructor(client: PoolClient) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return sendCompiled(this.#client, query)
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not offered inside a transaction: page by a cursor instead')
  }
}

class ClientDriver implements Driver {
  readonly #connection: ClientConnection
  constructor(client: PoolClient) {
    this.#connection = new ClientConnection(client)
  }
  async init() {}
  async acquireConnection() {
    return this.#connection
  }
  async releaseConnection() {}
  async destroy() {}
  async beginTransaction(): Promise<void> {
    throw new Error('A transaction is opened by change() or read() only')
  }
  async commitTransaction() {}
  async rollbackTransaction() {}
}

class ClientDialect implements Dialect {
  readonly #client: PoolClient
  constructor(client: PoolClient) {
    this.#client = client
  }
  createDriver() {
    return new ClientDriver(this.#client)
  }
  createQueryCompiler() {
    return new PostgresQueryCompiler()
  }
  createAdapter() {
    return new PostgresAdapter()
  }
  createIntrospector(db: Kysely<never>) {
    return new PostgresIntrospector(db)
  }
}

const onClient = new WeakMap<PoolClient, Kysely<DB>>()

/** Kysely on one pooled connection. `isOpen` is asked before every statement, so a handle kept beyond its transaction throws. */
export function kyselyOn(client: PoolClient, isOpen: () => boolean): Kysely<DB> {
  let db = onClient.get(client)
  if (!db) onClient.set(client, (db = new Kysely<DB>({ dialect: new ClientDialect(client) })))
  const guard: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (!isOpen()) throw new Error('This transaction has ended: its tx or db was used after change() or read() returned')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return db.withPlugin(guard)
}
