import type { Logger } from 'pino'
import { setTimeout as wait } from 'node:timers/promises'
import type { Settings } from '../config/settings.ts'
import { openSource, type Source } from '../source/source.ts'
import { countsOf } from '../state/images.ts'
import type { State } from '../state/state.ts'
import { openBucket } from '../upload/bucket.ts'
import { watchFolder } from '../watch/watch-folder.ts'
import { patiently, type Trouble } from './back-off.ts'
import { pass, scan } from './pass.ts'
import type { Tools } from './tools.ts'

export type Phase = 'connecting' | 'looking' | 'sending' | 'waiting' | 'stopped'

/** What a run is doing at this moment; what it did is in the state. */
export interface Doing {
  phase: Phase
  trouble: Trouble | null
  /** of this run */
  sent: { images: number; bytes: number }
  since: number
  lastLook: number | null
}

interface RunOptions {
  settings: Settings
  state: State
  log: Logger
  signal: AbortSignal
  /** ends when everything is done instead of waiting for more */
  once: boolean
}

/** Works until it is told to stop, or once. Nothing that is away ends it: it waits and goes on. */
export class Runner {
  readonly doing: Doing = { phase: 'connecting', trouble: null, sent: { images: 0, bytes: 0 }, since: Date.now(), lastLook: null }
  readonly #options: RunOptions
  #alarm = new AbortController()

  constructor(options: RunOptions) {
    this.#options = options
  }

  /** Looks again at once: somebody changed something. */
  wake(): void {
    this.#alarm.abort()
  }

  async run(): Promise<void> {
    const { settings, state, log, signal, once } = this.#options
    const bucket = await openBucket(settings)
    const unwatch = once ? () => undefined : watchFolder(settings.pdata, () => this.wake())
    let source: Source | null = null
    try {
      await this.#patiently(async () => { source = await openSource(settings.source, settings.data) })
      if (!source) return
      const tools: Tools = {
        settings, state, source, bucket, log, signal,
        onSent: (bytes) => {
          this.doing.sent.images++
          this.doing.sent.bytes += bytes
        },
      }
      while (!signal.aborted) {
        await this.#work(tools)
        const { unsettled } = countsOf(state)
        if (once && unsettled === 0) break
        await this.#rest(unsettled > 0 ? Math.max(200, settings.settleMs) : settings.scanMs, signal)
      }
    } finally {
      unwatch()
      bucket.close()
      await (source as Source | null)?.close()
      this.doing.phase = 'stopped'
    }
  }

  async #work(tools: Tools): Promise<void> {
    const { log, state } = tools
    this.doing.phase = 'looking'
    await this.#patiently(() => scan(tools))
    this.doing.lastLook = Date.now()
    this.doing.phase = 'sending'
    await this.#patiently(() => pass(tools))
    log.info(countsOf(state), 'looked through pdata')
  }

  #patiently(work: () => Promise<void>): Promise<void> {
    const { log, signal } = this.#options
    return patiently(work, signal, (trouble) => {
      this.doing.trouble = trouble
      if (trouble) log.warn({ part: trouble.part, againAt: new Date(trouble.until) }, trouble.says)
      else log.info('goes on')
    })
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    this.doing.phase = 'waiting'
    await wait(ms, undefined, { signal: AbortSignal.any([signal, this.#alarm.signal]) }).catch(() => undefined)
    this.#alarm = new AbortController()
  }
}
