import { randomId } from '@mantine/hooks'
import type { ReportState, StoredObject, UploadFileBody } from '@aliquot/contracts'
import { ApiProblem } from '../problem.ts'
import { isFinal, keepTrying } from './keep-trying.ts'
import type { Sending, About } from './send-file.ts'
import { isRunning, type Job, type Kept, type Part, type Target } from './upload-job.ts'
import type { Shelf } from './upload-shelf.ts'

/** What the queue needs of the world around it. */
export interface Surroundings {
  shelf: Shelf
  send: (file: File, about: About, sending: Sending) => Promise<StoredObject>
  attach: (body: UploadFileBody, signal: AbortSignal) => Promise<ReportState>
  /** The report as it is now. */
  look: (reportId: number) => Promise<ReportState>
  claim: (key: string) => Promise<(() => void) | null>
  claimed: () => Promise<ReadonlySet<string>>
  onAttached: (state: ReportState) => void
}

const mostAtOnce = 3
const fresh = { state: 'queued', problem: null, object: null } as const

/** Files on their way to reports. Survives pages, lost connections and, by its shelf, reloads; every file arrives once. */
export function uploadQueue({ shelf, send, attach, look, claim, claimed, onAttached }: Surroundings) {
  let jobs: readonly Job[] = []
  let owner = ''
  const watchers = new Set<() => void>()
  const stops = new Map<string, AbortController>()
  const gate = limit(mostAtOnce)

  const set = (next: readonly Job[]) => {
    jobs = next
    for (const watcher of watchers) watcher()
  }
  const find = (key: string) => jobs.find((job) => job.key === key)
  const change = (key: string, part: Partial<Job>) => set(jobs.map((job) => (job.key === key ? { ...job, ...part } : job)))
  const changePart = (key: string, partKey: string, part: Partial<Part>) =>
    set(jobs.map((job) => (job.key === key ? { ...job, parts: job.parts.map((each) => (each.key === partKey ? { ...each, ...part } : each)) } : job)))
  const keep = async (key: string) => {
    const job = find(key)
    if (job) await shelf.put(keptOf(job))
  }

  async function run(key: string): Promise<void> {
    const stop = new AbortController()
    stops.set(key, stop)
    change(key, { state: 'queued', problem: null })
    const release = await claim(key)
    // Another tab goes on with it.
    if (!release) return set(jobs.filter((job) => job.key !== key))
    try {
      await keep(key)
      await Promise.all((find(key)?.parts ?? []).map((part) => gate(() => sendPart(key, part, stop.signal))))
      const state = await finish(key, stop.signal)
      await shelf.remove(key)
      change(key, { state: 'checking', object: state.file?.object ?? null })
      onAttached(state)
    } catch (problem) {
      const wanted = stop.signal.aborted
      stop.abort() // the other files wait for the next try as well
      if (problem instanceof ApiProblem) {
        const final = isFinal(problem)
        if (final) await shelf.remove(key)
        change(key, { state: final ? 'refused' : 'failed', problem })
      } else if (!wanted) throw problem
    } finally {
      stops.delete(key)
      release()
    }
  }

  async function sendPart(key: string, { key: partKey, file }: Part, signal: AbortSignal): Promise<void> {
    const now = () => find(key)?.parts.find((part) => part.key === partKey)
    const patientId = find(key)?.target.patient.id ?? null
    if (now()?.filePath) return changePart(key, partKey, { sent: 1 })
    const sending: Sending = {
      signal,
      onProgress: (sent) => changePart(key, partKey, { sent }),
      onTicket: (ticket) => {
        changePart(key, partKey, { ticket })
        void keep(key)
      },
    }
    await keepTrying(
      () => {
        change(key, { state: 'sending' })
        return send(file, { category: 'FileTypeReport', patientId }, { ...sending, ticket: now()?.ticket ?? null })
      },
      {
        signal,
        onWait: (waiting) => {
          if (!waiting) return
          changePart(key, partKey, { sent: 0 })
          change(key, { state: 'waiting' })
        },
      },
    )
    changePart(key, partKey, { sent: 1, filePath: now()?.ticket?.filePath ?? null })
    await keep(key)
  }

  /** Gives the report its files. Asked again because an answer was lost, the server says that it has them. */
  function finish(key: string, signal: AbortSignal): Promise<ReportState> {
    return keepTrying(
      async () => {
        const job = find(key)
        if (!job) throw new DOMException('Aborted', 'AbortError')
        change(key, { state: 'attaching' })
        return attach(bodyOf(job), signal)
      },
      { signal, onWait: (waiting) => waiting && change(key, { state: 'waiting' }) },
    )
  }

  return {
    /** For useSyncExternalStore. */
    jobs: () => jobs,
    watch: (watcher: () => void) => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    /** Whose uploads these are from now on; those that a reload interrupted are listed, and wait. */
    ownedBy: async (next: string): Promise<void> => {
      if (owner === next) return
      owner = next
      const elsewhere = await claimed()
      const found = (await shelf.all()).filter((kept) => kept.owner === next && !elsewhere.has(kept.key) && !find(kept.key))
      set([...jobs.filter((job) => job.owner === next), ...found.map((kept): Job => ({ ...fresh, ...kept, state: 'interrupted' }))])
    },
    /** One report gets one or more files, in this order. Null: something is on its way to it already. */
    add: (target: Target, files: readonly File[]): string | null => {
      if (jobs.some((job) => job.target.reportId === target.reportId && (isRunning(job) || job.state === 'interrupted'))) return null
      const key = randomId('upload')
      const parts = files.map((file): Part => ({ key: randomId('part'), file, ticket: null, filePath: null, sent: 0 }))
      const before = jobs.filter((job) => job.target.reportId !== target.reportId)
      set([...before, { key, owner, target, parts, startedAt: Date.now(), ...fresh }])
      void run(key)
      return key
    },
    /** Goes on with what was interrupted or failed; what arrived is not sent again. */
    goOn: async (key: string): Promise<void> => {
      const job = find(key)
      if (!job || isRunning(job)) return
      if (job.problem?.code === 'platform.stale_version') {
        // Somebody has read that the report was changed meanwhile, and wants it all the same.
        const state = await look(job.target.reportId).catch(() => null)
        if (state) change(key, { target: { ...job.target, version: state.version } })
      }
      await run(key)
    },
    /** Stops it and forgets it. What was attached stays. */
    drop: (key: string): void => {
      stops.get(key)?.abort()
      set(jobs.filter((job) => job.key !== key))
      void shelf.remove(key)
    },
    /** What its check said. */
    checked: (key: string, object: StoredObject): void => change(key, { object, state: object.refusedBecause === null ? 'ready' : 'refused' }),
  }
}

const keptOf = ({ key, owner, target, parts, startedAt }: Job): Kept => ({ key, owner, target, parts, startedAt })

function bodyOf({ target: { reportId, version, letterhead, reason }, parts }: Job): UploadFileBody {
  const paths = parts.flatMap(({ filePath }) => filePath ?? [])
  const [first = ''] = paths
  return {
    labReportId: reportId, version, initialFilePath: paths.length === 1 ? first : paths,
    ...(letterhead ? { letterhead } : {}), ...(reason ? { reason } : {}),
  }
}

/** At most so many at a time, in the order in which they came. */
function limit(most: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async (act: () => Promise<void>): Promise<void> => {
    if (running < most) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await act()
    } finally {
      // The next one takes this place.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
