import { thePool } from '#platform/db'
import { log } from '#platform/log'
import { storeMessages, tellUntold, type Arrival, type Kept } from './store-messages.ts'

interface Waiting {
  arrival: Arrival
  resolve(kept: Kept): void
  reject(error: Error): void
}

export interface Inbox {
  /** Resolves once the arrival is durable. Rejects when it is not, or is not known to be, in time: then nothing may be acknowledged. */
  keep(labId: number, arrival: Arrival): Promise<Kept>
  /** False while the database does not answer. */
  readonly ready: boolean
  /** The database may be gone: asks it, and is not ready until it answers. */
  doubt(): void
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>
}

/** When what arrived was last told, and how many were stored since. */
interface Telling {
  at: number
  untold: number
  timer?: NodeJS.Timeout
}

/**
 * A message is told (recorded, and its reading queued) in the transaction that stores it. Of a stream of them only some transactions do, for all since the
 * one before: the log is spared hundreds of lines a second. What a killed process did not tell, whoever opens its ports next does.
 */
const tellEveryMs = 250
const maxMessages = 500
const gatherMs = 2
const maxBytes = 32_000_000

/**
 * Stores what arrives on all lines of this process. While one transaction of a lab commits, what arrives for it gathers and goes with the next: the busier it
 * is, the fewer transactions each message costs.
 */
export function openInbox({ patienceMs = 10_000, probeMs = 500, onReady }: { patienceMs?: number; probeMs?: number; onReady(ready: boolean): void }): Inbox {
  const waiting = new Map<number, Waiting[]>()
  const running = new Map<number, Promise<void>>()
  const tellings = new Map<number, Telling>()
  const onArrival = new Map<readonly Waiting[], () => void>()
  let ready = true
  let closed = false

  const setReady = (now: boolean): void => {
    if (ready === now) return
    ready = now
    log[now ? 'info' : 'error']({ ready }, now ? 'instruments can be answered again' : 'the database does not answer: nothing that instruments send is acknowledged')
    onReady(now)
  }

  const probe = async (): Promise<void> => {
    while (!ready && !closed) {
      const answered = await inTime(thePool().query('select 1'), patienceMs).then(() => true, () => false)
      if (answered) setReady(true)
      else await new Promise((resolve) => setTimeout(resolve, probeMs))
    }
  }
  const doubt = (): void => {
    if (!ready) return
    setReady(false)
    void probe()
  }

  const store = async (labId: number, batch: Waiting[]): Promise<void> => {
    const told = tellings.get(labId) ?? { at: -Infinity, untold: 0 }
    tellings.set(labId, told)
    const due = performance.now() - told.at >= tellEveryMs
    try {
      const kept = await storeMessages(labId, batch.map(({ arrival }) => arrival), due ? { untold: told.untold } : null)
      if (due) Object.assign(told, { at: performance.now(), untold: 0 })
      else tellLater(labId, told, batch.length)
      kept.forEach((each, index) => batch[index]?.resolve(each))
    } catch (error) {
      if (isOfDatabase(error)) doubt()
      // One that cannot be stored must not keep the others out.
      else if (batch.length > 1) return void await batch.reduce((before, each) => before.then(() => store(labId, [each])), Promise.resolve())
      log.error({ labId, messages: batch.length, err: (error as Error).message }, 'messages of instruments could not be stored')
      for (const each of batch) each.reject(error as Error)
    }
  }

  const tellLater = (labId: number, told: Telling, count: number): void => {
    told.untold += count
    told.timer ??= setTimeout(() => {
      delete told.timer
      if (told.untold === 0) return
      Object.assign(told, { at: performance.now(), untold: 0 })
      tellUntold(labId).catch((error: Error) => {
        log.warn({ labId, err: error.message }, 'messages wait to be read until more arrive')
        if (isOfDatabase(error)) doubt()
        if (!closed) tellLater(labId, told, 1)
      })
    }, tellEveryMs)
  }

  /**
   * Lines that were just answered send their next message within a moment, and then all lines share each transaction; else they would take turns in two
   * halves. So a batch waits for as many as the last one and what had gathered beside it, but not for long; a single line never waits.
   */
  const gathered = (queue: readonly Waiting[], expected: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, gatherMs)
    const check = (): void => {
      if (queue.length < expected) return void onArrival.set(queue, check)
      clearTimeout(timer)
      resolve()
    }
    check()
  })

  const run = async (labId: number): Promise<void> => {
    const queue = waiting.get(labId) ?? []
    let expected = 0
    while (queue.length > 0) {
      if (queue.length < expected) await gathered(queue, expected)
      onArrival.delete(queue)
      const batch = queue.splice(0, sizeOf(queue))
      await store(labId, batch)
      expected = Math.min(maxMessages, batch.length + queue.length)
      if (queue.length === 0 && batch.length > 1) await gathered(queue, expected)
    }
    waiting.delete(labId)
    running.delete(labId)
  }

  return {
    get ready() { return ready },
    doubt,
    keep(labId, arrival) {
      const kept = new Promise<Kept>((resolve, reject) => {
        const queue = waiting.get(labId) ?? []
        waiting.set(labId, queue)
        queue.push({ arrival, resolve, reject })
        onArrival.get(queue)?.()
        // What the same turn of the loop brings goes together.
        if (!running.has(labId)) running.set(labId, nextTurn().then(() => run(labId)))
      })
      return inTime(kept, patienceMs, doubt)
    },
    async close() {
      await Promise.all(running.values())
      closed = true
      for (const [labId, { timer, untold }] of tellings) {
        clearTimeout(timer)
        if (untold > 0) await tellUntold(labId).catch(() => {})
      }
    },
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })

/** How many of the first may share a transaction: at least one. */
function sizeOf(queue: readonly Waiting[]): number {
  let bytes = 0
  const end = queue.findIndex(({ arrival }, index) => index >= maxMessages || ((bytes += arrival.bytes.length) > maxBytes && index > 0))
  return end < 0 ? queue.length : end
}

/** Lost connections, servers that start or stop, too many connections: of SQLSTATE, classes 08, 53, 57 and 58; or of the socket. */
function isOfDatabase(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(?:08|53|57P|58)/.test(code) || /^E[A-Z]+$/.test(code) || /connection|terminat|not queryable/i.test(message)
}

function inTime<T>(work: Promise<T>, ms: number, late: () => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late()
      reject(new Error('The database took too long'))
    }, ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
