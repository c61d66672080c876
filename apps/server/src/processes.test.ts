import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bill } from '@aliquot/contracts'
import { aDesk, itemsOf, type Desk } from './modules/billing/testing.ts'
import { signInAs, testAuth } from './modules/labs/testing.ts'
import { modules } from './modules.ts'
import { registerModules } from './platform/module/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const running: ChildProcess[] = []
let database: TestDatabase
let desk: Desk
let headers: { authorization: string }

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  testAuth(database)
  desk = await aDesk()
  headers = (await signInAs(desk.admin, ['billing.view', 'billing.create', 'billing.take_payments', 'labs.manage_settings'])).headers
  // Who took which job, and whether somebody had it at that moment.
  await database.rows(`
    create table public.taken (job_id bigint, by_worker text, was_held boolean);
    create function public.note_taken() returns trigger language plpgsql security definer as $$ begin
      insert into public.taken values (new.id, new.locked_by, old.locked_by is not null);
      return null;
    end $$;
    create trigger note_taken after update of locked_by on graphile_worker._private_jobs
      for each row when (new.locked_by is not null and new.locked_by is distinct from old.locked_by) execute function public.note_taken()`)
})
afterAll(() => running.forEach((child) => child.kill('SIGKILL')))

async function aProcess(roles: string) {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const child = spawn(process.execPath, [main, 'start', '--roles', roles, '--no-demo', '--no-build'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: database.url, PORT: String(port), ALIQUOT_SECRET: database.config.secret,
      ALIQUOT_DATA: database.config.dataFolder, LOG_LEVEL: 'silent', DATABASE_POOL: '4' },
  })
  running.push(child)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for await (const line of child.stdout) if (String(line).includes('Aliquot is up')) break
  return { url: `http://127.0.0.1:${port}`, kill: () => (child.kill('SIGKILL'), ended) }
}

const ask = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
  const answer = await fetch(url, { method, headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`)
  return answer.json() as Promise<T>
}
const order = (url: string) => ask<Bill>('POST', `${url}/api/billing/bills`, { patientId: desk.patientId, items: itemsOf([desk.tests[0]]) })
const unnumbered = async () => (await database.rows('select 1 from billing.bill where invoice_number is null')).length

it('two web and two worker processes on one database behave as one, and go on as one of each is killed', async () => {
  const [one, two, worker] = await Promise.all([aProcess('web'), aProcess('web'), aProcess('worker'), aProcess('worker')])

  // Both streams hear what either changes.
  const streams = await Promise.all([one, two].map(({ url }) => fetch(`${url}/api/events`, { headers })))
  const readers = streams.map(({ body }) => body!.pipeThrough(new TextDecoderStream()).getReader())
  const heard = (text: string) => Promise.all(readers.map(async (reader) => {
    for (let all = ''; !all.includes(text);) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`a stream ended before ${text}`)
      all += value
    }
  }))
  await heard('event: ready')
  for (const { url } of [one, two]) await heard(`{"topic":"bill","id":${(await order(url)).id}}`)

  // What both keep in memory follows what one changes.
  const currencyAt = async ({ url }: { url: string }) => (await order(url)).currency
  expect([await currencyAt(one), await currencyAt(two)]).not.toContain('NZD')
  const { version } = await ask<{ version: number }>('GET', `${one.url}/api/labs/current`)
  await ask('PATCH', `${one.url}/api/labs/current`, { version, currency: 'NZD' })
  for (const web of [one, two]) await expect.poll(() => currencyAt(web), { interval: 200 }).toBe('NZD')

  // Each job is taken once, by one of the workers.
  await Promise.all(Array.from({ length: 20 }, (_, i) => order(i % 2 ? one.url : two.url)))
  await expect.poll(unnumbered, { interval: 100 }).toBe(0)
  const taken = await database.rows<{ job_id: number; was_held: boolean }>('select job_id, was_held from public.taken')
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.filter(({ was_held: held }) => held)).toEqual([])
  expect(new Set(taken.map(({ job_id: id }) => id)).size).toBe(taken.length)
  const numbers = (await database.rows<{ n: string }>('select invoice_number as n from billing.bill')).map(({ n }) => Number(n)).toSorted((a, b) => a - b)
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i))

  await Promise.all(readers.map((reader) => reader.cancel()))
  await Promise.all([one.kill(), worker.kill()])
  await Promise.all(Array.from({ length: 6 }, () => order(two.url)))
  await expect.poll(unnumbered, { interval: 100 }).toBe(0)
})
