import type { Logger } from 'pino'
import { checkValues, problemsOf, SettingsError } from '../config/check-values.ts'
import { readValues, type Given } from '../config/read-values.ts'
import { ruleOf, settingNames, type SettingName, type Values } from '../config/setting-list.ts'
import { readSettingsFile, writeSettingsFile } from '../config/settings-file.ts'
import { reasons } from '../check/reasons.ts'
import { forgetCards } from '../resolve/resolve-cards.ts'
import { Runner, type Doing } from '../run/runner.ts'
import { countsOf, lookAgain, skippedAfter, skippedByReason, type Counts } from '../state/images.ts'
import { takeLock } from '../state/lock.ts'
import { State, stateFile } from '../state/state.ts'
import type { ProgressView, SettingsView, SkippedView } from './view.ts'

const idle: Doing = { phase: 'stopped', trouble: null, sent: { images: 0, bytes: 0 }, since: 0, lastLook: null }
const nothing: Counts = { found: 0, resolved: 0, uploaded: 0, announced: 0, set_aside: 0, unsettled: 0 }

interface Running { runner: Runner; stop: AbortController; ended: Promise<void> }

/** What the page can do: settings kept, a run begun and ended, progress read from the state that any run of this folder writes. */
export class Control {
  readonly #log: Logger
  #given: Given
  #state: { file: string; state: State } | null = null
  #running: Running | null = null
  #failure: string | null = null

  constructor(given: Given, log: Logger) {
    this.#given = given
    this.#log = log
  }

  get data(): string {
    return this.#given.data
  }

  settings(): SettingsView {
    const { data, values, origins } = this.#given
    const fields = settingNames.filter((name) => ruleOf(name).part !== 'agent').map((name) => {
      const { part, kind, label, help, choices = [], when = null, fallback = '' } = ruleOf(name)
      const isSecret = kind === 'secret'
      const isLocked = ['flag', 'environment'].includes(origins[name])
      return { name, part, kind, label, help, choices, when, fallback, value: isSecret ? '' : values[name], isSet: values[name] !== '',
        origin: origins[name], isLocked }
    })
    return { data, fields, problems: problemsOf(values) }
  }

  /** These values over the saved ones; an empty secret is the one there was. */
  merged(changed: Partial<Record<SettingName, string>>): Values {
    const { values, origins } = this.#given
    const merged = { ...values }
    for (const name of settingNames) {
      const value = changed[name]
      if (value === undefined || ['flag', 'environment'].includes(origins[name])) continue
      if (ruleOf(name).kind !== 'secret' || value !== '') merged[name] = value.trim() || (ruleOf(name).fallback ?? '')
    }
    return merged
  }

  /** Saved also where something is missing: people come back to it. */
  async save(changed: Partial<Record<SettingName, string>>): Promise<SettingsView> {
    const merged = this.merged(changed)
    const { data, origins } = this.#given
    const stored = readSettingsFile(data)
    for (const name of settingNames) {
      const isOurs = changed[name] !== undefined && !['flag', 'environment'].includes(origins[name])
      if (isOurs) stored[name] = merged[name]
    }
    writeSettingsFile(data, stored)
    const flags = Object.fromEntries(settingNames.filter((name) => origins[name] === 'flag').map((name) => [name, this.#given.values[name]]))
    this.#given = readValues(data, flags, process.env)
    if (this.#running) {
      await this.stop()
      if (problemsOf(this.#given.values).length === 0) this.run()
    }
    return this.settings()
  }

  /** Throws a {@link SettingsError}, or an error for people when another process works here. */
  run(): void {
    if (this.#running) return
    const settings = checkValues(this.#given.data, this.#given.values)
    const state = this.#open()
    if (!state) throw new SettingsError([])
    const lock = takeLock(settings.data)
    if (!lock) throw new Error('Another agent, such as the service, works with these settings already.', { cause: 'locked' })
    this.#failure = null
    const stop = new AbortController()
    const runner = new Runner({ settings, state, log: this.#log, signal: stop.signal, once: false })
    const ended = runner.run().catch((error: Error) => {
      this.#log.error(error, 'the run ended')
      this.#failure = error.message
    }).finally(() => {
      lock.release()
      this.#running = null
    })
    this.#running = { runner, stop, ended }
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.ended
  }

  /** Everything set aside is judged anew, and every card asked again: somebody put something right. */
  again(): void {
    const state = this.#open()
    if (!state) return
    forgetCards(state)
    lookAgain(state)
    this.#running?.runner.wake()
  }

  progress(): ProgressView {
    const state = this.#open()
    const { phase, trouble, sent, since, lastLook } = this.#running?.runner.doing ?? idle
    const counts = state ? countsOf(state) : nothing
    return {
      runs: this.#running ? 'here' : this.#isElsewhere() ? 'elsewhere' : 'no', failure: this.#failure, phase, trouble, lastLook,
        sent: { ...sent, since },
      counts: {
        waiting: counts.found - counts.unsettled + counts.resolved, arriving: counts.unsettled, filed: counts.announced, telling: counts.uploaded,
        setAside: counts.set_aside,
      },
      reasons: (state ? skippedByReason(state) : []).map(({ reason, count }) =>
        ({ reason, count, title: reasons[reason][0], advice: reasons[reason][1] })),
    }
  }

  skipped(filter: { after?: string; reason?: string; words?: string }): SkippedView {
    const state = this.#open()
    const limit = 100
    const rows = state ? skippedAfter(state, { ...filter, limit: limit + 1 }) : []
    const shown = rows.slice(0, limit)
    return {
      rows: shown.map(({ file, reason, detail, at }) => ({ file, detail, at, title: reasons[reason][0], advice: reasons[reason][1] })),
      next: rows.length > limit ? shown.at(-1)?.file ?? null : null,
    }
  }

  /** The state of the present settings; null while they are not complete. */
  get state(): State | null {
    return this.#open()
  }

  async close(): Promise<void> {
    await this.stop()
    this.#state?.state.close()
    this.#state = null
  }

  #open(): State | null {
    if (problemsOf(this.#given.values).length > 0) return null
    const file = stateFile(checkValues(this.#given.data, this.#given.values))
    if (this.#state?.file === file) return this.#state.state
    if (!this.#running) this.#state?.state.close()
    this.#state = { file, state: new State(file) }
    return this.#state.state
  }

  #isElsewhere(): boolean {
    const lock = takeLock(this.data)
    lock?.release()
    return lock === null
  }
}
