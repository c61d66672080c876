import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Redis } from 'ioredis'
import { startListening, publish } from '../realtime/index.ts'
import { testDatabase } from '../testing/index.ts'
import { Generations } from './generations.ts'
import { cached, closeCache, openCache } from './index.ts'

const hasRedis = (() => {
  try {
    return execFileSync('redis-server', ['--version'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
})()
if (!hasRedis) process.stderr.write('redis-server is not on this machine: the cache is tested in memory only. Debian: apt-get install redis-server\n')

const folder = mkdtempSync(join(tmpdir(), 'aliquot-redis-'))
let port = 0
let redis: ChildProcess | null = null
let stopListening = async () => {}

async function startRedis(): Promise<void> {
  redis = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', folder], { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of redis.stdout ?? []) if (String(line).includes('Ready to accept')) break
}
async function stopRedis(): Promise<void> {
  const running = redis
  redis = null
  if (!running) return
  running.kill('SIGKILL')
  await once(running, 'exit')
}

beforeAll(async () => {
  const database = await testDatabase()
  stopListening = await startListening(database.url)
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  port = (probe.address() as AddressInfo).port
  probe.close()
})
afterAll(async () => {
  await stopListening()
  await stopRedis()
  rmSync(folder, { recursive: true, force: true })
})

/** A cache of one topic whose values are counted loads of what `truth` says at the time. */
function aCache(ttl = 60_000) {
  const name = `test.${randomUUID()}`
  const truth = new Map<string, unknown>()
  let loads = 0
  const get = cached<string, unknown>({ name, ttl, topics: [name], load: async (labId, key) => {
    loads++
    if (truth.get(key) instanceof Error) throw truth.get(key)
    return truth.get(`${labId}:${key}`) ?? truth.get(key) ?? null
  } })
  return { name, truth, get, loads: () => loads }
}

const layers = { memory: async () => openCache(null), ...(hasRedis ? { Redis: async () => (await startRedis(), openCache(`redis://127.0.0.1:${port}`)) } : {}) }

describe.each(Object.entries(layers))('the cache with %s', (layer, open) => {
  beforeAll(open)
  afterAll(async () => {
    await closeCache()
    await stopRedis()
    await openCache(null)
  })

  it('loads once and keeps what it got, whatever its type', async () => {
    const { truth, get, loads } = aCache()
    const value = { set: new Set(['a']), map: new Map([[1, { at: new Date(0) }]]), none: undefined, text: 'ä' }
    truth.set('k', value)
    expect(await get(1, 'k')).toEqual(value)
    expect(await get(1, 'k')).toEqual(value)
    expect(loads()).toBe(1)
  })

  it('keeps labs apart and drops only the lab that a hint names', async () => {
    const { name, truth, get } = aCache()
    truth.set('1:k', 'one').set('2:k', 'two')
    expect([await get(1, 'k'), await get(2, 'k')]).toEqual(['one', 'two'])
    truth.set('1:k', 'uno').set('2:k', 'due')
    publish(1, [{ topic: 'other', id: 0 }])
    publish(1, [{ topic: name, id: 5 }])
    await expect.poll(() => get(1, 'k')).toBe('uno')
    expect(await get(2, 'k')).toBe('two')
    publish(0, [{ topic: '*', id: 0 }])
    await expect.poll(() => get(2, 'k')).toBe('due')
  })

  it('tells what the loader threw, and asks again', async () => {
    const { truth, get } = aCache()
    truth.set('k', new Error('no such lab'))
    await expect(get(1, 'k')).rejects.toThrow('no such lab')
    truth.set('k', 'found')
    expect(await get(1, 'k')).toBe('found')
  })

  it('never keeps what was loaded before a hint', async () => {
    const { name } = aCache()
    let release = (_value: string) => {}
    let value: Promise<string> = new Promise((resolve) => (release = resolve))
    const get = cached<string, string>({ name: `${name}.slow`, ttl: 60_000, topics: [name], load: () => value })
    const early = get(1, 'k')
    const { name: marker, truth, get: marked } = aCache()
    truth.set('k', 'before')
    await marked(1, 'k')
    truth.set('k', 'after')
    publish(1, [{ topic: name, id: 1 }, { topic: marker, id: 1 }])
    await expect.poll(() => marked(1, 'k')).toBe('after')
    release('old')
    expect(await early).toBe('old')
    value = Promise.resolve('new')
    expect(await get(1, 'k')).toBe('new')
  })

  it.runIf(layer === 'Redis')('shares with other processes under keys of one hash tag, and goes on without Redis and with it again', async () => {
    const { name, truth, get, loads } = aCache()
    truth.set('k', 'first')
    await get(12, 'k')
    const client = new Redis(port)
    client.on('error', () => {})
    onTestFinished(() => client.disconnect())
    const keys = (await client.keys('*')).filter((key) => key.includes(name))
    expect(keys.length).toBeGreaterThanOrEqual(2)
    for (const key of keys) expect(key).toContain('{12}')

    await closeCache()
    await openCache(`redis://127.0.0.1:${port}`)
    await expect.poll(async () => (await get(12, 'other'), (await client.keys('*')).filter((key) => key.includes(name)).length)).toBeGreaterThan(keys.length)
    const before = loads()
    expect(await get(12, 'k')).toBe('first')
    expect(loads()).toBeLessThanOrEqual(before + 1)

    await stopRedis()
    truth.set('k', 'while away')
    publish(12, [{ topic: name, id: 1 }])
    await expect.poll(() => get(12, 'k')).toBe('while away')
    await startRedis()
    truth.set('k', 'back')
    publish(12, [{ topic: name, id: 1 }])
    await expect.poll(() => get(12, 'k')).toBe('back')
  })

  it.runIf(layer === 'Redis')('agrees on a generation, takes the one that another process began, and believes nothing after missed hints', async () => {
    const client = new Redis(port)
    client.on('error', () => {})
    onTestFinished(() => client.disconnect())
    const [one, two] = [new Generations(client, 'g'), new Generations(client, 'g')]
    const first = await one.of('c', 1)
    expect(await two.of('c', 1)).toBe(first)
    one.begin('c', 1)
    const second = await one.of('c', 1)
    expect(second).not.toBe(first)
    expect(await new Generations(client, 'g').of('c', 1)).toBe(second)
    two.forgetAll('c')
    expect([first, second]).not.toContain(await two.of('c', 1))
  })
})
