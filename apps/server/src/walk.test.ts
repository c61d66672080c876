import type { FastifyInstance } from 'fastify'
import type { RouteDefinition } from '@aliquot/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { modules } from './modules.ts'
import { installDefaults } from './modules/catalog/index.ts'
import { createBill } from './modules/billing/index.ts'
import { createLab, labProfile, loadActor } from './modules/labs/index.ts'
import { registerPatient } from './modules/patients/index.ts'
import { createAuth, systemActor, useActorLoader, type Auth } from './platform/auth/index.ts'
import { createApp } from './platform/http/index.ts'
import { useConfig } from './platform/config/index.ts'
import { registerModules } from './platform/module/index.ts'
import { change } from './platform/unit-of-work/index.ts'
import { testDatabase } from './platform/testing/index.ts'

// Every route of every module, found in the manifests and not in a list that somebody has to keep.
const routes = modules.flatMap((module) => module.routes.map(({ route }) => route))
const title = (route: RouteDefinition) => `${route.method} ${route.path}`

let app: FastifyInstance
let stranger: string
let powerless: string
let ids: Record<string, number | string>

async function aKey({ auth }: Auth, userId: string): Promise<string> {
  const { key } = await auth.api.createApiKey({ body: { userId, name: 'test' } })
  return key
}

beforeAll(async () => {
  const database = await testDatabase()
  useConfig({ ...database.config, lambdaToken: storageToken['x-lambda-token'] })
  registerModules(modules)
  useActorLoader(loadActor)
  const auth = createAuth(database.config, database.url)
  app = await createApp({ config: database.config, auth, modules, enforceBudgets: true })

  const home = await createLab({ code: 'home', name: 'Home' }, { adminUsername: 'admin', adminName: 'Home Admin', signRank: 9 })
  const away = await createLab({ code: 'away', name: 'Away' }, { adminUsername: 'admin', adminName: 'Away Admin', signRank: 9 })
  const nobody = await createLab({ code: 'none', name: 'None' }, { adminUsername: 'admin', adminName: 'No Rights' })
  await database.rows(`update labs.account set role_id = null where lab_id = ${nobody.labId}`)
  stranger = await aKey(auth, away.userId)
  powerless = await aKey(auth, nobody.userId)

  const actor = { ...systemActor(home.labId, 'test'), accountId: home.accountId, signRank: 9 }
  await change(actor, installDefaults)
  const lab = await labProfile(home.labId)
  const { patient } = await change(actor, (tx) => registerPatient(tx, { fullName: 'Secret Person', sex: 'female', birthDate: '1990-01-01' }, lab))
  const [test] = await database.rows<{ id: number }>(`select id from catalog.test where code = 'CBC' and lab_id = ${home.labId}`)
  const bill = await change(actor, (tx) => createBill(tx, { patientId: patient.id, items: [{ kind: 'test', id: test?.id ?? 0 }] }))
  // Rows of kinds whose ids no lab shares: whatever a route takes, it is Home's, and the asker is of Away.
  ids = {
    patientId: patient.id, billId: bill.id, labBillId: bill.id, accessionId: bill.accession.id, reportId: bill.accession.reports[0]?.id ?? 0, testId: test?.id ?? 0, number: bill.accession.number,
    accountId: home.accountId, roleId: home.roles.receptionist, version: 1,
  }
})

const address = (route: RouteDefinition) => route.path.replace(/:(\w+)/g, (_, name: string) => String(ids[name] ?? (name === 'token' ? 'A'.repeat(36) : 1)))
/** Of the storage's own functions; it opens no other route. */
const storageToken = { 'x-lambda-token': 'the token of this walk alone' }
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

describe('without a session', () => {
  it.each(routes.filter(({ permission }) => permission !== 'public').map((route) => [title(route), route] as const))('%s answers 401 and nothing else', async (_, route) => {
    const answer = await app.inject({ method: route.method, url: address(route), ...(route.body ? { payload: {} } : {}) })
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'platform.unauthenticated' })
    expect(answer.json()).not.toHaveProperty('errors')
  })
})

describe('without the permission', () => {
  it.each(routes.filter(({ permission }) => permission !== 'public' && permission !== 'lambda' && permission !== null).map((route) => [title(route), route] as const))('%s answers 403 and names it', async (_, route) => {
    const answer = await app.inject({ method: route.method, url: address(route), headers: bearer(powerless), ...(route.body ? { payload: {} } : {}) })
    expect(answer.statusCode).toBe(403)
    expect(answer.json().detail).toContain([route.permission].flat()[0])
  })
})

describe('with a body that is no body', () => {
  const withBody = routes.filter(({ body }) => body !== undefined)
  it.each(withBody.map((route) => [title(route), route] as const))('%s names every field that is wrong', async (_, route) => {
    const send = (payload: unknown) => app.inject({ method: route.method, url: address(route), headers: { ...bearer(stranger), ...storageToken, 'content-type': 'application/json' }, payload: JSON.stringify(payload) })
    const hostile = await send({ unheardOf: 1, alsoUnheardOf: 2 })
    expect(hostile.statusCode, hostile.body).toBe(400)
    const { errors } = hostile.json() as { errors: { path: string }[] }
    expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['/unheardOf', '/alsoUnheardOf']))
    for (const payload of [[], 'text', 7, null]) expect((await send(payload)).statusCode).toBe(400)
    const broken = await app.inject({ method: route.method, url: address(route), headers: { ...bearer(stranger), ...storageToken, 'content-type': 'application/json' }, payload: '{"a":' })
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'platform.malformed_body'])
  })
})

describe("with another lab's ids", () => {
  const ofRecords = routes.filter((route) => route.permission !== 'public' && /:(patientId|billId|labBillId|accessionId|reportId|testId|number)/.test(route.path) && route.body === undefined)
  it.each(ofRecords.map((route) => [title(route), route] as const))('%s says that there is no such thing', async (_, route) => {
    const answer = await app.inject({ method: route.method, url: address(route), headers: bearer(stranger) })
    expect(answer.statusCode, answer.body).toBe(404)
    expect(answer.body).not.toContain('Secret')
  })
})

it('leads the storage\'s functions to nothing without their token, nor with a wrong one', async () => {
  for (const route of routes.filter(({ permission }) => permission === 'lambda')) {
    for (const headers of [{}, bearer(stranger), { 'x-lambda-token': '' }, { 'x-lambda-token': 'the token of this walk alonE' }, { 'x-lambda-token': 'null' }]) {
      const answer = await app.inject({ method: route.method, url: address(route), headers, payload: {} })
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'platform.unauthenticated'])
    }
  }
})

describe("with another lab's report in the body", () => {
  const ofReports = routes.filter(({ permission, body }) => permission !== 'public' && permission !== 'lambda' && 'labReportId' in ((body as { properties?: object } | undefined)?.properties ?? {}))
  const rest = { fileInputReport: true, fileData: 'JVBERi0x' }
  it.each(ofReports.map((route) => [title(route), route] as const))('%s says that there is no such thing', async (_, route) => {
    const known = Object.keys((route.body as unknown as { properties: object }).properties)
    const payload = Object.fromEntries([['labReportId', ids.reportId], ...Object.entries(rest).filter(([name]) => known.includes(name))])
    const answer = await app.inject({ method: route.method, url: address(route), headers: bearer(stranger), payload })
    expect(answer.statusCode, answer.body).toBe(404)
    expect(answer.body).not.toContain('Secret')
  })
})

it('names its contract: every error code that the server can answer is in contracts, and the other way round', async () => {
  const { knownErrors } = await import('./platform/errors/index.ts')
  const { problemCodes } = await import('@aliquot/contracts')
  expect([...knownErrors.keys()].sort()).toEqual([...problemCodes].sort())
})

it('describes every route in the OpenAPI document', async () => {
  const document = (await app.inject({ url: '/openapi.json' })).json() as { openapi: string; paths: Record<string, Record<string, unknown>> }
  expect(document.openapi).toBe('3.1.0')
  const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`))
  for (const route of routes) expect(described).toContain(title(route))
})
