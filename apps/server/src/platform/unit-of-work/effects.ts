import { sql, type CompiledQuery, type Kysely } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import type { DB } from '../db/index.ts'
import { fillIn } from '../errors/index.ts'
import { actionSpec, isJob, jobsOn, searchView } from '../module/index.ts'
import type { Hint } from '../realtime/index.ts'
import { indexJob, theCluster } from '../search/cluster.ts'

/** The record an action happened to. Its fields fill the log's sentence; `patientId` files it under a patient. */
export type RecordedSubject = { id: number; patientId?: number | null } & object

interface RecordRow {
  action: string
  category: number
  subject_type: string
  subject_id: number
  patient_id: number | null
  message: string
  detail: Record<string, unknown>
}

interface JobRow {
  identifier: string
  payload: Record<string, unknown>
  queue_name: string | null
  run_at: string | null
  max_attempts: number
  job_key: string | null
}

/** A reading is logged and changes nothing: no screen refreshes because somebody looked. */
const isReading = (action: string): boolean => action.endsWith('_viewed')

/** Gathers what a command says and writes it in at most two statements, however much it is; one more where something is found no longer. */
export class Effects {
  readonly now: Date
  readonly #actor: Actor
  readonly #records: RecordRow[] = []
  readonly #jobs: JobRow[] = []
  readonly #reindex = new Map<string, Set<number>>()
  readonly #forget = new Map<string, Set<number>>()
  readonly #hints = new Map<string, Hint>()
  #closed = false

  constructor(actor: Actor, now: Date) {
    this.#actor = actor
    this.now = now
  }

  verbs() {
    const open = <A extends unknown[]>(verb: (...args: A) => void) => (...args: A) => {
      if (this.#closed) throw new Error('This transaction has ended: its tx was used after change() returned')
      verb(...args)
    }
    return {
      record: open((action: string, subject: RecordedSubject, detail?: Record<string, unknown>) => this.#record(action, subject, detail ?? {})),
      enqueue: open((job: string, payload?: Record<string, unknown>, options?: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number }) =>
        this.#enqueue(job, payload ?? {}, options ?? {})),
      reindex: open((kind: string, ids: number[]) => this.#index(kind, ids)),
      forget: open((kind: string, ids: number[]) => this.#note(this.#forget, kind, ids)),
      hint: open((topic: string, id: number) => this.#hint(topic, id)),
    }
  }

  hints(): Hint[] {
    return [...this.#hints.values()]
  }

  /** What is still to be written, as statements; from now on the verbs refuse. */
  close(db: Kysely<DB>): CompiledQuery[] {
    if (this.#records.length === 0 && this.#jobs.length > 0) throw new Error('A command that queues jobs must record what happened')
    // A command that only reindexes records nothing, so nothing would queue the cluster's job: it records, or there is no cluster.
    if (theCluster() && this.#reindex.size > 0 && this.#records.length > 0) this.#enqueue(indexJob, { documents: [...this.#reindex].map(([kind, ids]) => [kind, [...ids]]) }, {})
    this.#closed = true
    return [...this.#log(db), ...this.#documents(db), ...this.#forgotten(db)]
  }

  #log(db: Kysely<DB>): CompiledQuery[] {
    if (this.#records.length === 0) return []
    const { kind, accountId, name, requestId } = this.#actor
    const actor = JSON.stringify({ kind, id: accountId, name, requestId })
    return [sql`
      select platform.flush(${this.#actor.labId}, ${this.now}, ${actor}, ${JSON.stringify(this.#records)}, ${JSON.stringify(this.#jobs)})`.compile(db)]
  }

  #record(action: string, subject: RecordedSubject, detail: Record<string, unknown>): void {
    const spec = actionSpec(action)
    const patientId = spec.subject === 'patient' ? subject.id : (subject.patientId ?? null)
    this.#records.push({
      action, category: spec.category, subject_type: spec.subject, subject_id: subject.id, patient_id: patientId,
      message: fillIn(spec.says, { ...subject, ...detail }), detail,
    })
    if (isReading(action)) return
    for (const job of jobsOn(action)) this.#enqueue(job, { subjectId: subject.id }, {})
    if (searchView(spec.subject)) this.#index(spec.subject, [subject.id])
    this.#hint(spec.subject, subject.id)
    if (patientId !== null) this.#hint('patient', patientId)
  }

  #enqueue(job: string, payload: Record<string, unknown>, options: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number }): void {
    if (!isJob(job)) throw new Error(`No module declares the job ${job}`)
    this.#jobs.push({
      identifier: job, payload: { labId: this.#actor.labId, ...payload }, queue_name: options.queue ?? null, run_at: options.runAt?.toISOString() ?? null,
      max_attempts: options.maxAttempts ?? 25, job_key: options.key ?? null,
    })
  }

  #index(kind: string, ids: number[]): void {
    this.#note(this.#reindex, kind, ids)
  }

  #note(which: Map<string, Set<number>>, kind: string, ids: number[]): void {
    if (!searchView(kind)) throw new Error(`No module declares the search kind ${kind}`)
    which.set(kind, new Set([...(which.get(kind) ?? []), ...ids]))
  }

  #hint(topic: string, id: number): void {
    this.#hints.set(`${topic}:${id}`, { topic, id })
  }

  #documents(db: Kysely<DB>): CompiledQuery[] {
    if (this.#reindex.size === 0) return []
    // Kinds in a fixed order: the text of the statement repeats, so Postgres keeps its plan, and two commands lock in the same order.
    const kinds = [...this.#reindex].sort(([a], [b]) => (a < b ? -1 : 1))
    const parts = kinds.map(([kind, ids]) => sql`
      select lab_id, ${sql.lit(kind)} as kind, subject_id, title, subtitle, url, platform.fold(body) as body, organisation_id, doctor_id, patient_id, at
      from ${sql.table(searchView(kind) ?? kind)} where lab_id = ${this.#actor.labId} and subject_id = any (${[...ids].sort((a, b) => a - b)}::bigint[])`)
    // What its view shows no longer (merged, deleted) is found no longer.
    const gone = kinds.map(([kind, ids], n) => sql`
      ${sql.raw(`gone${n}`)} as (delete from platform.search_document d
        where d.lab_id = ${this.#actor.labId} and d.kind = ${sql.lit(kind)} and d.subject_id = any (${[...ids]}::bigint[])
          and not exists (select from ${sql.table(searchView(kind) ?? kind)} v where v.lab_id = d.lab_id and v.subject_id = d.subject_id))`)
    return [sql`
      with ${sql.join(gone)}
      insert into platform.search_document (lab_id, kind, subject_id, title, subtitle, url, body, organisation_id, doctor_id, patient_id, at)
      ${sql.join(parts, sql` union all `)}
      on conflict (lab_id, kind, subject_id) do update set title = excluded.title, subtitle = excluded.subtitle, url = excluded.url, body = excluded.body,
        organisation_id = excluded.organisation_id, doctor_id = excluded.doctor_id, patient_id = excluded.patient_id, at = excluded.at`.compile(db)]
  }

  #forgotten(db: Kysely<DB>): CompiledQuery[] {
    return [...this.#forget].map(([kind, ids]) => sql`
      delete from platform.search_document
      where lab_id = ${this.#actor.labId} and kind = ${kind} and subject_id = any (${[...ids]}::bigint[])`.compile(db))
  }
}
