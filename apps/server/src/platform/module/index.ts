import type { Actor } from '../auth/actor.ts'
import type { AnyServed } from '../http/serve.ts'
import { mapConstraint } from '../errors/index.ts'
import type { Reader, Tx } from '../unit-of-work/index.ts'

/** What a command may say happened. */
export interface ActionSpec {
  /** The numeric category of the activity log; unique over all modules. */
  category: number
  /** The kind of record it happened to; its search document and screens are refreshed. */
  subject: string
  /** The sentence of the log; `{name}` is filled from subject and detail. */
  says: string
}

export interface JobPayload {
  labId: number
  [key: string]: unknown
}

/** A job runs at least once, so it must be idempotent. It opens its own change(). */
export type Job = (payload: JobPayload, context: { actor: Actor; attempt: number; lastAttempt: boolean }) => Promise<void>

/** How a module takes part when two records of a kind, owned by a module below it, become one: nothing may keep referring to the merged one. */
export interface Merge {
  /** How many records of each sort refer to a record; the words are what screens name the sorts by. */
  counts(db: Reader, id: number): Promise<Record<string, number>>
  /** Makes what refers to the merged record refer to the kept one, in the transaction that merges them. Both are locked. */
  move(tx: Tx, ids: { keepId: number; mergeId: number }): Promise<void>
}

export interface Module {
  name: string
  routes: AnyServed[]
  /** Keyed by full name, `patients.registered`. */
  actions: Record<string, ActionSpec>
  jobs?: Record<string, Job>
  /** Action → jobs that are queued in the transaction that records it, with `{ labId, subjectId }`. */
  subscriptions?: Record<string, string[]>
  /**
   * Kind → view that makes its search documents: columns lab_id, subject_id, title, subtitle, url, body, organisation_id, doctor_id, patient_id, at.
   * Rows are refreshed in the transaction that records an action on that kind.
   */
  search?: Record<string, string>
  /** Kind of record → what of this module moves when two of them are merged. Modules move in the order of their list. */
  merges?: Record<string, Merge>
  /** Constraint name → error code and the field it is about. */
  constraints?: Record<string, { code: string; path?: string }>
}

const actions = new Map<string, ActionSpec>()
const jobs = new Map<string, Job>()
const subscriptions = new Map<string, string[]>()
const searchViews = new Map<string, string>()
const merges = new Map<string, Merge[]>()

/** Makes these modules, and no others, known to the platform; refuses duplicate and unknown names, so a slip ends the start and not the night. */
export function registerModules(modules: readonly Module[]): void {
  for (const known of [actions, jobs, subscriptions, searchViews, merges]) known.clear()
  const categories = new Map<number, string>()
  const own = (module: string, name: string) => {
    if (!name.startsWith(`${module}.`)) throw new Error(`${name} must begin with "${module}."`)
  }
  for (const module of modules) {
    for (const [name, spec] of Object.entries(module.actions)) {
      own(module.name, name)
      const twin = categories.get(spec.category)
      if (twin) throw new Error(`${name} and ${twin} have the same activity category ${spec.category}`)
      categories.set(spec.category, name)
      addOnce(actions, name, spec, 'action')
    }
    for (const [name, job] of Object.entries(module.jobs ?? {})) {
      own(module.name, name)
      addOnce(jobs, name, job, 'job')
    }
    for (const [kind, view] of Object.entries(module.search ?? {})) addOnce(searchViews, kind, view, 'search kind')
    addMerges(module)
    for (const [constraint, problem] of Object.entries(module.constraints ?? {})) mapConstraint(constraint, problem.code, problem.path)
  }
  for (const module of modules) {
    for (const [action, names] of Object.entries(module.subscriptions ?? {})) {
      if (!actions.has(action)) throw new Error(`${module.name} subscribes to unknown action ${action}`)
      for (const name of names) if (!jobs.has(name)) throw new Error(`${module.name} subscribes unknown job ${name}`)
      subscriptions.set(action, [...(subscriptions.get(action) ?? []), ...names])
    }
  }
}

function addMerges(module: Module): void {
  for (const [kind, merge] of Object.entries(module.merges ?? {})) merges.set(kind, [...(merges.get(kind) ?? []), merge])
}

function addOnce<T>(map: Map<string, T>, name: string, value: T, what: string): void {
  if (map.has(name)) throw new Error(`The ${what} ${name} is declared twice`)
  map.set(name, value)
}

export function actionSpec(name: string): ActionSpec {
  const spec = actions.get(name)
  if (!spec) throw new Error(`No module declares the action ${name}`)
  return spec
}

/** By category. */
export const allActions = (): [name: string, spec: ActionSpec][] => [...actions].sort(([, a], [, b]) => a.category - b.category)
export const allJobs = (): ReadonlyMap<string, Job> => jobs
export const jobsOn = (action: string): readonly string[] => subscriptions.get(action) ?? []
export const searchView = (kind: string): string | undefined => searchViews.get(kind)
export const mergesOf = (kind: string): readonly Merge[] => merges.get(kind) ?? []
export const allSearchKinds = (): readonly string[] => [...searchViews.keys()]
export const isJob = (name: string): boolean => jobs.has(name)
