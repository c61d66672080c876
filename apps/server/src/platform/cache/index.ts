import { errors } from 'bentocache'
import { onReserve } from '../db/index.ts'
import { subscribe } from '../realtime/index.ts'
import { theLayers } from './layers.ts'

export { closeCache, openCache } from './layers.ts'

interface CacheSpec<K extends string | number, V> {
  name: string
  /** Milliseconds after which an entry is loaded again even if no hint came (hints may be lost). */
  ttl: number
  /** A hint of one of these topics drops the entries of its lab. */
  topics: string[]
  load(labId: number, key: K): Promise<V>
}

export interface Cached<K extends string | number, V> {
  (labId: number, key: K): Promise<V>
  /** Drops the lab's entries in this process at once: for a command's own next question, which may come before its hint. */
  forget(labId: number): Promise<void>
}

/**
 * Keeps what `load` answers, per lab, until a hint of one of its topics arrives from any process or its time is over.
 * Entries are shared: callers must not change what they get.
 */
export function cached<K extends string | number, V>(spec: CacheSpec<K, V>): Cached<K, V> {
  const topics = new Set(spec.topics)
  const forget = async (labId: number) => theLayers().generations.begin(spec.name, labId)
  subscribe((labId, hints) => {
    if (!hints.some((hint) => hint.topic === '*' || topics.has(hint.topic))) return
    if (labId === 0) theLayers().generations.forgetAll(spec.name)
    else void forget(labId)
  })
  const get = async (labId: number, key: K): Promise<V> => {
    const { store, generations } = theLayers()
    try {
      // The generation first, then the load: what was loaded before a hint is kept under a name that nobody asks for after it.
      const generation = await generations.of(spec.name, labId)
      return await store.getOrSet({ key: `{${labId}}:${spec.name}:${generation}:${key}`, ttl: spec.ttl, factory: () => onReserve(() => spec.load(labId, key)) })
    } catch (error) {
      // What the loader threw is what the caller is told.
      throw error instanceof errors.E_FACTORY_ERROR ? error.cause : error
    }
  }
  return Object.assign(get, { forget })
}
