import { AsyncLocalStorage } from 'node:async_hooks'
import type { CompiledQuery, Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { PoolClient } from 'pg'
import type { Actor } from '../auth/actor.ts'
import { hold, kyselyOn, noteStatement, sendCompiled, thePool, type DB } from '../db/index.ts'
import { fromDatabase } from '../errors/index.ts'
import { publish, type Hint } from '../realtime/index.ts'
import { now } from './clock.ts'
import { Effects, type RecordedSubject } from './effects.ts'

export { at, now } from './clock.ts'
export { listenTo, type Heard } from './listen-to.ts'
export type { RecordedSubject } from './effects.ts'

/** Reads only: a query that writes does not compile, and Postgres refuses it too. */
export type Reader = ReadonlyKysely<DB>

/** The only way to write. One transaction, one lab, one actor, one clock; unusable once change() has returned. */
export interface Tx {
  readonly db: Kysely<DB>
  /** The same transaction for queries that a read shares. */
  readonly reader: Reader
  readonly actor: Actor
  readonly now: Date
  /** Says what happened: activity row, search document, subscribed jobs and a hint, all in this transaction. */
  record<S extends RecordedSubject>(action: string, subject: S, detail?: Record<string, unknown>): void
  /** Queues a job in this transaction. `payload` is ids only; `key` folds equal waiting jobs into one; it runs at least once. */
  enqueue(job: string, payload?: Record<string, unknown>, options?: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number }): void
  /** Refreshes search documents of records that an action changed besides its subject. */
  reindex(kind: string, ids: number[]): void
  /** Removes the search documents of records that are found no longer. */
  forget(kind: string, ids: number[]): void
  /** Refreshes screens and caches after the commit. May be lost. */
  hint(topic: string, id: number): void
}

const running = new AsyncLocalStorage<true>()
const retried = new Set(['40001', '40P01'])
const maxAttempts = 5

/**
 * Runs a command in one transaction and makes everything that follows from its records true with it.
 * Serialisation failures and deadlocks run the whole closure again on a new transaction, so it must hold no state of its own.
 */
export async function change<T>(actor: Actor, command: (tx: Tx) => Promise<T>): Promise<T> {
  if (running.getStore()) throw new Error('change() inside change(): pass tx on instead')
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptChange(actor, command)
    } catch (error) {
      if (attempt >= maxAttempts || !retried.has((error as { code?: string }).code ?? '')) throw fromDatabase(error)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

async function attemptChange<T>(actor: Actor, command: (tx: Tx) => Promise<T>): Promise<T> {
  const effects = new Effects(actor, now())
  const result = await transaction(actor, '', async (db) => {
    const tx: Tx = { db, reader: db as unknown as Reader, actor, now: effects.now, ...effects.verbs() }
    return running.run(true, () => command(tx))
  }, (db) => effects.close(db))
  publish(actor.labId, effects.hints())
  return result
}

/** Runs a query in a read-only transaction of the actor's lab. */
export function read<T>(actor: Actor, query: (db: Reader) => Promise<T>): Promise<T> {
  return transaction(actor, ' read only', (db) => query(db as unknown as Reader), () => [])
}

/** Commands ask by ids: one plan of a statement serves them all (ADR 0010). Lists are planned anew for what each asks. */
const onePlan = '; set local plan_cache_mode = force_generic_plan'

type Work<T> = (db: Kysely<DB>) => Promise<T>
type LastWords = (db: Kysely<DB>) => CompiledQuery[]

/**
 * Begins, works, says its last words and commits. The connection is pipelined: `begin` travels with the first query and the last words with
 * `commit`. An error among them makes Postgres answer that commit with ROLLBACK, so nothing of it can stay.
 */
async function transaction<T>(actor: Actor, mode: '' | ' read only', work: Work<T>, lastWords: LastWords): Promise<T> {
  const client = await thePool().connect()
  let open = true
  let broken: Error | undefined
  try {
    // Until the first query, which is sent before anything else happens.
    process.nextTick(hold(client))
    const begun = send(client, `begin${mode}; ${scope(actor)}${mode === '' ? onePlan : ''}`)
    begun.catch(() => {})
    const db = kyselyOn(client, () => open)
    const value = await work(db)
    const last = lastWords(db)
    open = false
    const release = hold(client)
    const said = Promise.all([begun, Promise.all(last.map((query) => sendCompiled(client, query))), send(client, 'commit')])
    release()
    const [, , done] = await said
    // Postgres answers the COMMIT of an aborted transaction with ROLLBACK and no error.
    if (done !== 'COMMIT') throw new Error('The transaction was aborted: an SQL error was swallowed inside it')
    return value
  } catch (error) {
    open = false
    await send(client, 'rollback').catch((e: Error) => (broken = e))
    throw error
  } finally {
    client.release(broken)
  }
}

async function send(client: PoolClient, text: string): Promise<string> {
  noteStatement(text)
  return (await client.query(text)).command
}

/** Row-level security's view of the actor, set for this transaction alone. Ids are integers, checked before they become SQL. */
function scope(actor: Actor): string {
  const setting = (name: string, id: number | null) => {
    if (id === null) return ''
    if (!Number.isSafeInteger(id)) throw new Error(`${name} is not an id`)
    return `; set local aliquot.${name} = '${id}'`
  }
  const role = actor.doctorId === null && actor.organisationId === null ? 'aliquot_app' : 'aliquot_portal'
  return `set local role ${role}${setting('lab', actor.labId)}${setting('doctor', actor.doctorId)}${setting('organisation', actor.organisationId)}`
}

export type { Hint }
