import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { hl7Analyser } from '../simulate/hl7-analyser.ts'
import { hl7Results } from '../simulate/made-up.ts'
import { aPort } from './testing/a-port.ts'
import { aProfile } from './testing/a-profile.ts'
import { listenersProcess, type ListenersProcess } from './testing/a-process.ts'

let database: TestDatabase
const processes = new Set<ListenersProcess>()
const start = async (options = {}): Promise<ListenersProcess> => {
  const started = await listenersProcess(database.url, options)
  processes.add(started)
  void started.ended.then(() => processes.delete(started))
  return started
}

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => Promise.all([...processes].map((each) => each.kill())))

const host = '127.0.0.1'
const holderOf = async (port: number) =>
  (await database.rows<{ pid: number; listening: boolean }>(`select split_part(holder, ':', 2)::int as pid, listening from devices.port where port = $1`, [port]))[0]

it('of two processes one serves a port, and the other takes over when it is killed', async () => {
  const { port } = await aPort(database, 1, [{ definition: aProfile({ protocol: 'hl7' }) }])
  const [first, second] = await Promise.all([start(), start()])
  await expect.poll(async () => (await holderOf(port))?.listening).toBe(true)
  const holder = (await holderOf(port))?.pid
  const [serving, standby] = holder === first.pid ? [first, second] : [second, first]
  expect(holder).toBe(serving.pid)

  const analyser = hl7Analyser({ host, port, againMs: 50 })
  await analyser.send(hl7Results('S1', 'ONE', new Date()))
  await serving.kill()
  await analyser.send(hl7Results('S2', 'TWO', new Date()))
  expect(analyser.repeats).toBeGreaterThan(0)
  await expect.poll(async () => (await holderOf(port))?.pid).toBe(standby.pid)
  analyser.close()
  expect(await database.rows('select control_id, copies from devices.message where port = $1 order by id', [port]))
    .toEqual([{ control_id: 'ONE', copies: 1 }, { control_id: 'TWO', copies: 1 }])
  await standby.kill()
})

it('of 10,000 messages none is lost and none is doubled, though the process that listens is killed ten times, some of them between store and answer', async () => {
  const { port } = await aPort(database, 2, [{ definition: aProfile({ protocol: 'hl7' }) }])
  const [messages, lines, kills] = [10_000, 20, 10]
  let acknowledged = 0
  let finished = false

  let killed = 0

  // The next process stands by before the one that serves dies: by its own hand between store and answer, or by ours at any moment.
  const murder = async (): Promise<void> => {
    let serving = await start()
    while (!finished && killed < kills) {
      const standby = await start(killed % 2 === 0 ? { dieBeforeAnswer: 50 + Math.floor(Math.random() * 500) } : {})
      const until = performance.now() + (killed % 2 === 1 ? 1000 : Math.random() * 300)
      while (!finished && processes.has(serving) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 2))
      await serving.kill()
      killed += 1
      serving = standby
    }
  }
  const dying = murder()

  let next = 0
  const repeats = await Promise.all(Array.from({ length: lines }, async () => {
    const analyser = hl7Analyser({ host, port, againMs: 30, answerMs: 3000 })
    for (let n = ++next; n <= messages; n = ++next) {
      // Not so fast that none is left for the last kill.
      while (killed < kills && n > (killed + 1) * messages / kills) await new Promise((resolve) => setTimeout(resolve, 5))
      const [answer] = await analyser.send(hl7Results(`S${n}`, `K${n}`, new Date()))
      expect(Buffer.from(answer ?? []).toString()).toContain(`MSA|AA|K${n}`)
      acknowledged += 1
    }
    analyser.close()
    return analyser.repeats
  }))
  finished = true
  await dying
  expect(killed).toBeGreaterThanOrEqual(kills - 1)
  expect(acknowledged).toBe(messages)
  expect(repeats.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0)

  const [kept] = await database.rows(`
    select count(*) as rows, count(distinct control_id) as ids, count(*) filter (where state = 'stored') as stored, count(*) filter (where copies > 1) as again
    from devices.message where port = $1 and state <> 'incomplete'`, [port])
  expect(kept).toMatchObject({ rows: messages, ids: messages, stored: messages })
  // Killed between store and answer: the same bytes came again and were told apart from new ones.
  expect(kept?.again).toBeGreaterThan(0)
  expect(await database.rows(`select 1 from graphile_worker.jobs where key = 'devices.process:2'`)).toHaveLength(1)
})
