import { ApiProblem } from '../problem.ts'
import { storeUnreachable } from './post-form.ts'

interface Trying {
  signal: AbortSignal
  /** True when a try failed by the connection, false when the next begins. */
  onWait: (waiting: boolean) => void
}

const longestWait = 30_000
/** With these waits, half a minute in which the server answers and the store does not. */
const mostStoreFailures = 6

/** What passes by itself: no connection, a server that starts anew, too many requests, a session that somebody is about to renew. */
export const passes = ({ status }: ApiProblem): boolean => status === 0 || status === 401 || status === 429 || (status >= 502 && status <= 504)

/** Another try with the same file would end the same. A stale version is for somebody to decide, a store's refusal may be the form's fault. */
export const isFinal = ({ status, code }: ApiProblem): boolean =>
  status >= 400 && status < 500 && !passesLater.includes(status) && code !== 'platform.stale_version' && code !== 'storage.refused'

const passesLater = [401, 408, 429]

/** Runs until it succeeds or fails for good. Waits 1, 2, 4 … 30 s in between; when the connection is back it goes on at once. */
export async function keepTrying<T>(run: () => Promise<T>, { signal, onWait }: Trying): Promise<T> {
  let storeFailures = 0
  for (let failures = 0; ; failures++) {
    try {
      return await run()
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || !passes(problem)) throw problem
      storeFailures = problem.code === storeUnreachable && globalThis.navigator?.onLine !== false ? storeFailures + 1 : 0
      if (storeFailures === mostStoreFailures) throw problem
      onWait(true)
      await pause(problem.retryAfter === null ? Math.min(longestWait, 1000 * 2 ** failures) : problem.retryAfter * 1000, signal)
      onWait(false)
    }
  }
}

function pause(wait: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      globalThis.removeEventListener?.('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(new DOMException('Aborted', 'AbortError'))
      else resolve()
    }
    const timer = setTimeout(end, wait)
    globalThis.addEventListener?.('online', end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
