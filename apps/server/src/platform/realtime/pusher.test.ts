import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { publish, pusherBroadcaster, stopPublishing, useBroadcaster, type Hint } from './index.ts'

const account = { appId: '42', key: 'the-key', secret: 'the-secret', publicUrl: null, cluster: 'mt1' }
interface Batch { batch: { channel: string; name: string; data: string }[] }
const received: Batch[] = []
let status = 200

/** The HTTP side of the protocol, from its published description: every request is signed over method, path, query and body. */
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://x')
  const body = await text(request)
  const given = url.searchParams.get('auth_signature')
  url.searchParams.delete('auth_signature')
  const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).toSorted().join('&')
  const due = createHmac('sha256', account.secret).update(`${request.method}\n${url.pathname}\n${query}`).digest('hex')
  const right = given === due && url.searchParams.get('body_md5') === createHash('md5').update(body).digest('hex')
    && url.searchParams.get('auth_key') === account.key && url.pathname === `/apps/${account.appId}/batch_events`
  if (right && status === 200) received.push(JSON.parse(body) as Batch)
  response.writeHead(right ? status : 401).end('{}')
})
let url = ''

beforeAll(async () => {
  await testDatabase()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  useBroadcaster(pusherBroadcaster({ ...account, url }))
})
afterAll(() => {
  useBroadcaster(null)
  server.close()
})

const sent = () => received.splice(0).flatMap(({ batch }) => batch.map(({ channel, name, data }) => ({ channel, name, hints: JSON.parse(data) as Hint[] })))

it('sends what was published once, signed, on the private channel of each lab', async () => {
  publish(1, [{ topic: 'report', id: 5 }, { topic: 'patient', id: 6 }])
  publish(2, [{ topic: 'bill', id: 7 }])
  publish(1, [{ topic: 'report', id: 5 }])
  await stopPublishing()
  expect(sent()).toEqual([
    { channel: 'private-lab-1', name: 'hint', hints: [{ topic: 'report', id: 5 }, { topic: 'patient', id: 6 }] },
    { channel: 'private-lab-2', name: 'hint', hints: [{ topic: 'bill', id: 7 }] },
  ])
})

it('sends many labs in requests of ten', async () => {
  for (let lab = 1; lab <= 23; lab++) publish(lab, [{ topic: 'lab', id: lab }])
  await stopPublishing()
  expect(received.map(({ batch }) => batch.length)).toEqual([10, 10, 3])
  expect(new Set(sent().map(({ channel }) => channel)).size).toBe(23)
})

it('loses hints, and nothing else, when the server refuses or is away', async () => {
  status = 500
  publish(1, [{ topic: 'report', id: 1 }])
  await expect(stopPublishing()).resolves.toBeUndefined()
  status = 200
  publish(1, [{ topic: 'report', id: 2 }])
  await stopPublishing()
  expect(sent()).toEqual([{ channel: 'private-lab-1', name: 'hint', hints: [{ topic: 'report', id: 2 }] }])
})

it('lets a connection listen to its own lab and to no other channel', () => {
  const { allow, settings } = pusherBroadcaster({ ...account, url })
  const signature = createHmac('sha256', account.secret).update('123.456:private-lab-7').digest('hex')
  expect(allow(7, '123.456', 'private-lab-7')).toBe(`${account.key}:${signature}`)
  for (const channel of ['private-lab-8', 'lab-7', 'private-lab-70', 'presence-lab-7', 'private-lab-7,private-lab-8']) expect(allow(7, '123.456', channel)).toBeNull()
  expect(settings(7)).toEqual({ driver: 'pusher', channel: 'private-lab-7', key: 'the-key', cluster: 'mt1', url })
  expect(JSON.stringify(settings(7))).not.toContain(account.secret)
})
