import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { createDoctor, createInsuranceGroup } from '../labs/index.ts'
import { aBench } from '../reports/testing.ts'
import type { Actor } from '#platform/auth'
import { useConfig } from '#platform/config'
import { verifySignature } from '#platform/outbound'
import { registerModules } from '#platform/module'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { change, now } from '#platform/unit-of-work'
import { retryCreation, saveTarget } from './entity-targets.ts'
import { missingDetails } from './module.ts'
import { requestEntity } from './request-entity.ts'
import { watch } from './testing.ts'

let database: TestDatabase
let server: Server
let url: string
let admin: Actor
let received: { headers: IncomingHttpHeaders; body: string }[] = []
/** What the other system does with one request after another; the last for all that follow. */
let answers: ((response: ServerResponse) => void)[] = []
const says = (status: number, body: string) => (response: ServerResponse) => void response.writeHead(status).end(body)
const secret = 'between the two of us'

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      answer?.(response)
    })
  })
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/registration/api/`
})
afterAll(() => { server.closeAllConnections(); server.close() })

beforeEach(async () => {
  received = []
  admin = (await aBench()).admin
})

/** A placeholder whose doctor lives in the other system; answers the trace. */
async function asked(): Promise<number> {
  await change(admin, (tx) => saveTarget(tx, { entity: 'doctor', url, secret }))
  await watch(admin, 'patients.doctor', 'Dr. Unknown')
  return (await trace()).id
}
const trace = async () => (await database.rows<{ id: number; config_id: number; state: string; object_id: string | null; trouble: string | null; key: string }>(`
  select id, configuration_id as config_id, state, object_id, trouble, idempotency_key as key from missing_details.entity_creation where lab_id = $1`,
[admin.labId]))[0]!
const log = async () => (await database.rows<{ action: string }>(`select action from platform.activity where lab_id = $1 and action like '%entity%' order by id`,
  [admin.labId])).map(({ action }) => action.replace('missing_details.entity_', ''))
const attempt = (creationId: number, lastAttempt = false, timeoutMs = 15_000) =>
  requestEntity(admin, { creationId, lastAttempt, allowedHosts: [new URL(url).host], timeoutMs })

it('makes own entries at once, each once, and uses those that exist', async () => {
  const { items } = await watch(admin, 'patients.organisation', 'Unknown clinic')
  expect(items[0]).toMatchObject({ entityId: expect.any(Number) as number, creation: { state: 'created', entityName: 'Unknown clinic' } })
  await watch(admin, 'billing.organisation', 'unknown  CLINIC')
  const { id } = await change(admin, (tx) => createDoctor(tx, { name: 'Dr. Nobody' }))
  const doctors = await watch(admin, 'patients.doctor', 'dr. nobody')
  expect(doctors.items.find(({ fieldName }) => fieldName === 'doctor')).toMatchObject({ entityId: id, creation: null })
  expect(await database.rows('select 1 from labs.organisation where lab_id = $1', [admin.labId])).toHaveLength(1)
  const groups = await watch(admin, 'patients.insuranceGroup', 'Unknown insurer')
  expect(groups.items.find(({ fieldName }) => fieldName === 'insuranceGroup')).toMatchObject({ entity: 'insurance_group',
    creation: { state: 'created', entityName: 'Unknown insurer' } })
  const star = await change(admin, (tx) => createInsuranceGroup(tx, { name: 'Star Health' }))
  const { items: after } = await watch(admin, 'patients.insuranceGroup', 'star  health')
  expect(after.find(({ fieldName }) => fieldName === 'insuranceGroup')).toMatchObject({ entityId: star.id })
  expect(await log()).toEqual(['created', 'created'])
})

it('adds to the directory only for who may', async () => {
  const clerk = anActor(admin.labId, ['missing_details.configure'])
  await expect(watch(clerk, 'patients.doctor', 'Dr. New')).rejects.toMatchObject({ errors: [{ path: '/configs/0/fieldValue', code: 'platform.forbidden' }] })
})

it('asks another system in the seed\'s words, signed, and keeps the id that it answers; the job twice asks once', async () => {
  answers = [says(200, '{"object_id": 4711}')]
  const id = await asked()
  const { config_id, key } = await trace()
  expect(await database.rows('select 1 from labs.doctor where lab_id = $1', [admin.labId])).toEqual([])
  await attempt(id)
  await attempt(id)
  expect(received).toHaveLength(1)
  const [{ headers, body }] = received as [{ headers: IncomingHttpHeaders; body: string }]
  expect(JSON.parse(body)).toEqual({ config_id, entity: 'doctor', entity_name: 'Dr. Unknown', lab_id: admin.labId, org_id: null })
  expect(headers['idempotency-key']).toBe(key)
  expect(verifySignature(String(headers['x-aliquot-signature']), body, secret, now())).toBe(true)
  expect(await trace()).toMatchObject({ state: 'created', object_id: '4711', trouble: null })
  expect(await log()).toEqual(['queued', 'created'])
})

it('tries again where that helps, always with the same key', async () => {
  answers = [says(503, 'busy'), says(200, '<html>hello</html>'), says(201, '{"id": "D-9"}')]
  const id = await asked()
  await expect(attempt(id)).rejects.toThrow('answered 503')
  await expect(attempt(id)).rejects.toThrow('names no object_id')
  expect(await trace()).toMatchObject({ state: 'queued', trouble: expect.stringContaining('hello') as string })
  await attempt(id)
  expect(await trace()).toMatchObject({ state: 'created', object_id: 'D-9' })
  expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(await log()).toEqual(['queued', 'delayed', 'delayed', 'created'])
})

it('gives up when it is refused, or when nobody answers to the last; a person can ask again', async () => {
  answers = [says(422, 'no such lab'), () => {}, says(200, '{"object_id": 1}')]
  const id = await asked()
  await attempt(id)
  expect(await trace()).toMatchObject({ state: 'failed', trouble: 'The other system refused: 422 no such lab' })
  await change(admin, (tx) => retryCreation(tx, id))
  await attempt(id, true, 100)
  expect(await trace()).toMatchObject({ state: 'failed', trouble: 'Connection Timeout' })
  await change(admin, (tx) => retryCreation(tx, id))
  await expect(change(admin, (tx) => retryCreation(tx, id))).rejects.toMatchObject({ code: 'missing_details.not_failed' })
  await attempt(id)
  expect(await trace()).toMatchObject({ state: 'created', object_id: '1' })
  expect(await log()).toEqual(['queued', 'failed', 'queued', 'failed', 'queued', 'created'])
})

it('reaches no private address that the administrator does not allow, and keeps the secret to itself', async () => {
  const id = await asked()
  await requestEntity(admin, { creationId: id, lastAttempt: false })
  expect(received).toEqual([])
  expect(await trace()).toMatchObject({ state: 'failed', trouble: expect.stringContaining('private address') as string })
  await change(admin, (tx) => retryCreation(tx, id))
  useConfig({ ...database.config, outboundHosts: [new URL(url).host] })
  answers = [says(200, '{"object_id": 8}')]
  await missingDetails.jobs?.['missing_details.create_entity']?.({ labId: admin.labId, creationId: id }, { actor: admin, attempt: 1, lastAttempt: false })
  expect(await trace()).toMatchObject({ state: 'created', object_id: '8' })
  const [{ text } = { text: '' }] = await database.rows<{ text: string }>(`
    select (select string_agg(t::text, '') from missing_details.entity_target t) || (select string_agg(a::text, '') from platform.activity a) as text`)
  expect(text).not.toContain(secret)
})
