import type { Endpoint } from '@aliquot/contracts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { aBench } from '../reports/testing.ts'
import { modules } from '../../modules.ts'
import { createAuth, useActorLoader, type Actor } from '#platform/auth'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { signatureOf } from '#platform/outbound'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, now, read } from '#platform/unit-of-work'
import { createStaff, loadActor } from '#modules/labs'
import { createEndpoint, listRequests, updateEndpoint } from './endpoints.ts'

let database: TestDatabase
let app: FastifyInstance
let admin: Actor
let accountId: number
let path: string
let secret: string
let endpoint: Endpoint

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  useActorLoader(loadActor)
  app = await createApp({ config: database.config, auth: createAuth(database.config, database.url), modules, enforceBudgets: true })
  ;({ admin } = await aBench())
  const [role] = await database.rows<{ id: number }>(`select id::int from labs.role where lab_id = ${admin.labId} and 'labs.manage_roles' = any (permissions) limit 1`)
  const account = await change(admin, (tx) => createStaff(tx, { kind: 'integration', username: 'hospital', name: 'Hospital', roleId: role?.id ?? 0 } as never))
  accountId = account.id
  const made = await change(admin, (tx) => createEndpoint(tx, { name: 'Hospital', verification: 'signature', accountId, operations: ['register_patient', 'update_patient', 'order_tests'] }))
  path = new URL(made.url).pathname
  ;({ secret, endpoint } = made)
})
afterAll(() => app.close())

const post = (body: unknown, headers: Record<string, string> = {}, to = path, with_ = secret) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return app.inject({ method: 'POST', url: to, payload: text, headers: { 'content-type': 'application/json', 'aliquot-signature': signatureOf(text, now(), with_), ...headers } })
}
const person = (fullName: string) => ({ operation: 'register_patient', patient: { fullName, sex: 'female', birthDate: '1980-01-01', acknowledgeDuplicates: true } })
const count = async () => (await database.rows<{ n: number }>('select count(*)::int as n from patients.patient'))[0]?.n

it('registers a patient once for each key, also when both come at once, and answers the same', async () => {
  const before = await count()
  const answers = await Promise.all([1, 2, 3].map(() => post(person('Radha Iyer'), { 'idempotency-key': 'a-1' })))
  for (const answer of answers) expect([answer.statusCode, answer.json()]).toEqual([200, answers[0]?.json()])
  expect(answers[0]?.json()).toMatchObject({ patient: { created: true }, bill: null })
  expect(await count()).toBe((before ?? 0) + 1)
  const other = await post(person('Somebody Else'), { 'idempotency-key': 'a-1' })
  expect([other.statusCode, other.json().code]).toEqual([409, 'integrations.key_reused'])
  const [entry] = await database.rows<{ actor_name: string; actor_kind: string }>(`select actor_name, actor_kind from platform.activity where action = 'patients.registered' order by id desc limit 1`)
  expect(entry).toEqual({ actor_name: 'Hospital', actor_kind: 'integration' })
})

it('orders tests by the partner\'s codes, for a new patient or a known one', async () => {
  const test = await anActiveTest(admin, { parameters: [aParameter()] })
  endpoint = await change(admin, (tx) => updateEndpoint(tx, endpoint.id, { version: endpoint.version, codes: [{ kind: 'test', theirs: 'GLU-77', ours: test.id }] }))
  expect(endpoint.codes).toEqual([{ kind: 'test', theirs: 'GLU-77', ours: { id: test.id, name: test.name } }])
  const ordered = await post({ operation: 'order_tests', tests: ['GLU-77'], patient: person('New Person').patient, priority: 'urgent' })
  expect(ordered.json()).toMatchObject({ patient: { created: true }, bill: { number: expect.any(String), reports: [{ code: test.code }] } })
  const again = await post({ operation: 'order_tests', tests: [test.code], guid: ordered.json().patient.guid })
  expect(again.json()).toMatchObject({ patient: { id: ordered.json().patient.id, created: false }, bill: { reports: [{ code: test.code }] } })
})

it('names every field that is wrong, changes nothing, and takes the corrected request with the same key', async () => {
  const before = await count()
  const unknown = await post({ operation: 'order_tests', tests: ['NO-1', 'NO-2'], organisation: 'NOWHERE', patient: person('Never Made').patient }, { 'idempotency-key': 'b-1' })
  expect(unknown.statusCode).toBe(400)
  expect(unknown.json().errors.map(({ path: at }: { path: string }) => at)).toEqual(['/tests/0', '/tests/1', '/organisation'])
  expect(await count()).toBe(before)
  expect((await post(person('Made Now'), { 'idempotency-key': 'b-1' })).statusCode).toBe(200)
  const shapes = [[{ operation: 'register_patient' }, '/patient'], [{ operation: 'register_patient', patient: { fullName: 7 } }, '/patient/fullName']] as const
  for (const [body, at] of shapes) expect((await post(body)).json().errors.map(({ path: each }: { path: string }) => each)).toContain(at)
  for (const body of ['{', '[]', 'null', '"x"', '']) expect((await post(body)).statusCode).toBe(400)
  const bytes = Buffer.from([0x7b, 0xff, 0x7d])
  const odd = await app.inject({ method: 'POST', url: path, payload: bytes, headers: { 'content-type': 'text/odd', 'aliquot-signature': signatureOf(bytes, now(), secret) } })
  expect(odd.json().code).toBe('integrations.not_json')
})

it('lets nobody in who cannot prove it, and logs what it refused without secrets', async () => {
  const body = person('Stranger')
  for (const headers of [{ 'aliquot-signature': '' }, { 'aliquot-signature': signatureOf('{}', now(), secret) }, { 'aliquot-signature': signatureOf(JSON.stringify(body), now(), 'guess') },
    { 'aliquot-signature': signatureOf(JSON.stringify(body), new Date(now().getTime() - 600_000), secret) }])
    expect((await post(body, headers)).statusCode).toBe(401)
  expect((await post(body, {}, '/hooks/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).statusCode).toBe(404)
  for (const verification of ['token', 'basic'] as const) {
    const made = await change(admin, (tx) => createEndpoint(tx, { name: verification, verification, accountId, operations: ['update_patient'] }))
    const to = new URL(made.url).pathname
    const proof = verification === 'token' ? { 'x-webhook-token': made.secret } : { authorization: `Basic ${Buffer.from(`any:${made.secret}`).toString('base64')}` }
    expect((await post(body, proof, to)).json().code).toBe('integrations.unknown_operation')
    for (const wrong of [{}, { 'x-webhook-token': 'x' }, { authorization: 'Basic eDp4' }, { authorization: 'Bearer x' }]) expect((await post(body, wrong, to)).statusCode).toBe(401)
    await change(admin, (tx) => updateEndpoint(tx, made.endpoint.id, { version: 1, disabled: true }))
    expect((await post(body, proof, to)).statusCode).toBe(404)
  }
  const { items } = await read(admin, (db) => listRequests(db, admin.labId, {}))
  expect(items.length).toBeGreaterThan(5)
  expect(JSON.stringify(items)).not.toContain(secret)
  expect(JSON.stringify(items)).not.toContain('Radha')
})

it('does what its account may do, and no more', async () => {
  const weak = await change(admin, (tx) => createStaff(tx, { kind: 'integration', username: 'weak', name: 'Weak' } as never))
  const made = await change(admin, (tx) => createEndpoint(tx, { name: 'Weak', verification: 'signature', accountId: weak.id, operations: ['register_patient', 'order_tests'] }))
  const to = new URL(made.url).pathname
  expect((await post(person('Not Allowed'), {}, to, made.secret)).statusCode).toBe(403)
  expect((await post({ operation: 'order_tests', tests: ['X'], number: 'P000001' }, {}, to, made.secret)).statusCode).toBe(403)
})
