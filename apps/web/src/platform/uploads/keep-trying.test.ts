import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from '../problem.ts'
import { keepTrying } from './keep-trying.ts'
import { storeUnreachable } from './post-form.ts'

const lost = new ApiProblem({ status: 0, code: 'network.unreachable', title: '' })
const trying = (run: () => Promise<string>, signal = new AbortController().signal) => {
  const waits: boolean[] = []
  return { waits, done: keepTrying(run, { signal, onWait: (waiting) => waits.push(waiting) }) }
}

describe('keepTrying', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('goes on when the connection is back, however long it was lost', async () => {
    let tries = 0
    const { waits, done } = trying(() => (++tries < 30 ? Promise.reject(lost) : Promise.resolve('there')))
    await vi.advanceTimersByTimeAsync(20 * 60_000)
    expect(await done).toBe('there')
    expect(waits.at(-1)).toBe(false)
  })

  it('gives a refusal on at once', async () => {
    const refused = new ApiProblem({ status: 422, code: 'storage.type_not_allowed', title: '' })
    const { waits, done } = trying(() => Promise.reject(refused))
    await expect(done).rejects.toBe(refused)
    expect(waits).toEqual([])
  })

  it('gives up on a store that does not answer while the server does', async () => {
    const { done } = trying(() => Promise.reject(new ApiProblem({ status: 0, code: storeUnreachable, title: '' })))
    const failed = done.catch((problem: unknown) => problem)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await failed).toMatchObject({ code: storeUnreachable })
  })

  it('stops while it waits', async () => {
    const stop = new AbortController()
    const { done } = trying(() => Promise.reject(lost), stop.signal)
    const failed = done.catch((problem: unknown) => problem)
    await vi.advanceTimersByTimeAsync(100)
    stop.abort()
    expect(await failed).toMatchObject({ name: 'AbortError' })
  })
})
