import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'

/** Milliseconds for which a Redis that failed is not asked. */
const rest = 2000

/**
 * Each cache of a lab has a generation, part of its keys: a new one makes all that was kept unreachable at once. With Redis the processes share
 * it; while Redis is away each has its own, which nobody else has, so nothing old can be read under it.
 */
export class Generations {
  readonly #redis: Redis | null
  readonly #prefix: string
  readonly #known = new Map<string, string>()
  /** Begun here, and Redis does not know yet. */
  readonly #untold = new Map<string, string>()
  /** Hints may have been missed before: whatever Redis says of these is not believed. */
  readonly #doubted = new Map<string, Set<number>>()
  #restsUntil = 0

  constructor(redis: Redis | null, prefix = '') {
    this.#redis = redis
    this.#prefix = prefix
  }

  async of(name: string, labId: number): Promise<string> {
    const key = this.#key(name, labId)
    const believed = this.#doubted.get(name)
    if (believed && !believed.has(labId)) {
      believed.add(labId)
      this.begin(name, labId)
    }
    const known = this.#known.get(key)
    if (known !== undefined && !this.#untold.has(key)) return known
    const own = this.#untold.get(key) ?? known ?? randomUUID()
    if (!this.#redis) return this.#keep(key, own)
    const told = !this.#untold.has(key)
    if (told) this.#untold.set(key, own)
    if (Date.now() < this.#restsUntil) return own
    try {
      const agreed = told ? await this.#agree(key, own) : await this.#redis.set(key, own).then(() => own)
      // A hint that came meanwhile has begun another one.
      const latest = this.#untold.get(key)
      if (latest !== undefined && latest !== own) return latest
      this.#untold.delete(key)
      return this.#keep(key, agreed)
    } catch {
      this.#restsUntil = Date.now() + rest
      return this.#untold.get(key) ?? own
    }
  }

  /** From now on nothing that was kept before is found, here at once and in the other processes as they hear the same hint. */
  begin(name: string, labId: number): void {
    const key = this.#key(name, labId)
    const next = randomUUID()
    if (!this.#redis) return void this.#known.set(key, next)
    this.#known.delete(key)
    this.#untold.set(key, next)
  }

  /** The same for all labs, as each is asked for. */
  forgetAll(name: string): void {
    this.#doubted.set(name, new Set())
  }

  /** Theirs if another process began one, else ours. */
  async #agree(key: string, own: string): Promise<string> {
    const redis = this.#redis as Redis
    await redis.set(key, own, 'NX')
    return (await redis.get(key)) ?? own
  }

  #keep(key: string, generation: string): string {
    this.#known.set(key, generation)
    return generation
  }

  /** The lab as hash tag: all of one lab lies on one node of a cluster. */
  #key = (name: string, labId: number) => `${this.#prefix}:{${labId}}:${name}`
}
