import { deserialize, serialize } from 'node:v8'
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { log } from '../log/index.ts'
import { Generations } from './generations.ts'

const memory = () => memoryDriver({ maxItems: 50_000, serialize: false })
/** Sets, maps and dates come back as they were; text, since that is what the driver keeps. */
const serializer = {
  serialize: (value: unknown) => serialize(value).toString('base64'),
  deserialize: (text: string) => deserialize(Buffer.from(text, 'base64')) as unknown,
}
/** Milliseconds for a command: a Redis that is slower than the database is no help. */
const patience = 250
/** Seconds for which entries are not asked of a Redis that failed. */
const rest = '5s'
/** What one version of the serialiser wrote, another may not read. */
const prefix = `aliquot-${process.versions.v8}`

const inMemory = () => ({
  store: new BentoCache({ default: 'memory', stores: { memory: bentostore().useL1Layer(memory()) } }),
  generations: new Generations(null), close: async () => {},
})

async function withRedis(url: string) {
  const [{ Redis }, { redisDriver }] = await Promise.all([import('ioredis'), import('bentocache/drivers/redis')])
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: patience, connectTimeout: 2000, retryStrategy: (times) => Math.min(100 * times, 3000) })
  let told = false
  redis.on('error', ({ message }: Error) => {
    if (!told) log.warn({ err: message }, 'Redis does not answer: each process caches for itself until it does')
    told = true
  })
  redis.on('ready', () => (told = false))
  // It is there, or it is not: the start waits for the answer, not for Redis.
  await new Promise<void>((resolve) => redis.once('ready', resolve).once('error', () => resolve()))
  const layers = bentostore({ prefix, serializer, suppressL2Errors: true, l2CircuitBreakerDuration: rest } as never).useL1Layer(memory()).useL2Layer(redisDriver({ connection: redis }))
  return {
    store: new BentoCache({ default: 'layers', stores: { layers }, serializer, logger: { ...quiet, child: () => quiet } as never }),
    generations: new Generations(redis, `${prefix}:generation`),
    close: async () => redis.disconnect(),
  }
}

const silent = () => {}
const quiet = { trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent, child: () => quiet }

interface Layers {
  store: Pick<BentoCache<never>, 'getOrSet'>
  generations: Generations
  close: () => Promise<void>
}

let layers: Layers = inMemory()

/** Memory of this process, and with a Redis its memory as a second layer that all processes share. */
export async function openCache(redisUrl: string | null): Promise<void> {
  layers = redisUrl === null ? inMemory() : await withRedis(redisUrl)
}

export const closeCache = (): Promise<void> => layers.close()
export const theLayers = (): Layers => layers
