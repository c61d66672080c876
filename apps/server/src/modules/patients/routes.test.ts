import type { Patient, Permission, RegisterPatientResult, UploadTicket } from '@aliquot/contracts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLab, signInAs, testAuth, type SignedIn } from '../labs/testing.ts'
import { modules } from '../../modules.ts'
import { checkNow } from '#modules/storage'
import { pdf } from '../storage/testing.ts'
import { closeDocuments } from '#platform/documents'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { testDatabase } from '#platform/testing'
import { aPerson } from './testing.ts'

let app: FastifyInstance
let clerk: SignedIn
let stranger: SignedIn
const may: Permission[] = ['patients.view', 'patients.register', 'patients.update', 'patients.manage_files', 'patients.limit_tests',
  'storage.upload', 'storage.download']

beforeAll(async () => {
  const database = await testDatabase()
  registerModules(modules)
  app = await createApp({ config: database.config, auth: testAuth(database), modules, enforceBudgets: true })
  clerk = await signInAs(await aLab(), may)
  stranger = await signInAs(await aLab(), may)
})

afterAll(closeDocuments)

async function call<T = Record<string, unknown>>(who: SignedIn | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) {
  const answer = await app.inject({ method, url, headers: who?.headers ?? {}, ...(body ? { payload: body } : {}) })
  return { status: answer.statusCode, body: (answer.body ? answer.json() : null) as T }
}
type Answer = RegisterPatientResult & { code: string; errors: { path: string; code: string }[] }
const register = (who: SignedIn | null, body: object) => call<Answer>(who, 'POST', '/api-v3/registration/patients/new', body)

it('registers, lists, shows and updates, within the statements of the contract', async () => {
  const { status, body } = await register(clerk, aPerson({ fullName: 'Wire Ann', title: 'Ms' }))
  expect(status).toBe(200)
  const { patient } = body
  expect(body).toMatchObject({ userDetailsId: patient.id, created: true, duplicates: [],
    patient: { has_missing_fields: false, hasMissingFields: false, registeredBy: { id: clerk.accountId, kind: 'staff' } } })
  expect((await call<Patient>(clerk, 'GET', `/api/patients/${patient.id}`)).body).toEqual(patient)
  expect((await call<{ items: Patient[] }>(clerk, 'GET', '/api/patients?q=wire&limit=3')).body.items)
    .toMatchObject([{ id: patient.id, ageText: patient.ageText }])
  expect(await call(clerk, 'GET', `/api/patients/duplicates?fullName=Ann%20Wire&birthDate=${patient.birthDate}`))
    .toMatchObject({ status: 200, body: { duplicates: [{ reasons: ['name', 'birth_date'] }] } })
  expect(await register(clerk, { userDetailsId: patient.id, version: 1, city: 'Nashik' }))
    .toMatchObject({ status: 200, body: { created: false, patient: { version: 2, city: 'Nashik' } } })
  for (const path of ['timeline', 'attachments', 'allowed-tests'])
    expect((await call(clerk, 'GET', `/api/patients/${patient.id}/${path}`)).status, path).toBe(200)
  expect((await call(clerk, 'PUT', `/api/patients/${patient.id}/allowed-tests`, { testIds: null })).body).toEqual({ limited: false, tests: [] })
})

it('carries a file from the form to the patient, and back by a link', async () => {
  const { patient } = (await register(clerk, aPerson())).body
  const ticket = (await call<UploadTicket>(clerk, 'POST', '/sm_generate_presigned_url/',
    { fileName: 'scan.pdf', contentType: 'application/pdf', size: pdf.length, category: 'PatientAttachment', patientId: patient.id })).body
  const attach = () => call<{ id: number; code: string }>(clerk, 'POST', `/api/patients/${patient.id}/attachments`,
    { objectId: ticket.objectId, title: 'Referral' })
  expect(await attach()).toMatchObject({ status: 409, body: { code: 'storage.not_uploaded' } })
  const form = new FormData()
  for (const [name, value] of Object.entries(ticket.upload.fields)) form.append(name, value)
  form.append('file', new Blob([pdf]), 'scan.pdf')
  const posted = new Response(form)
  const answer = await app.inject({ method: 'POST', url: new URL(ticket.upload.url).pathname,
    headers: { 'content-type': posted.headers.get('content-type') ?? '' }, payload: Buffer.from(await posted.arrayBuffer()) })
  expect(answer.statusCode).toBe(204)
  expect(await attach()).toMatchObject({ status: 409 })
  expect(await call(stranger, 'POST', '/sm_reconcile_presigned_url/', { filePath: ticket.filePath })).toMatchObject({ status: 404 })
  expect(await call(clerk, 'POST', '/sm_reconcile_presigned_url/', { filePath: ticket.filePath }))
    .toMatchObject({ status: 200, body: { state: 'uploaded', size: pdf.length } })
  const attachment = await attach()
  expect(attachment).toMatchObject({ status: 201, body: { title: 'Referral', object: { state: 'uploaded' } } })
  expect(await call(clerk, 'GET', `/api/storage/objects/${ticket.objectId}/download`)).toMatchObject({ status: 409, body: { code: 'storage.still_checking' } })
  await checkNow(clerk.actor, ticket.objectId)
  expect(await call(clerk, 'GET', `/api/storage/objects/${ticket.objectId}`)).toMatchObject({ status: 200, body: { state: 'attached' } })
  const { url } = (await call<{ url: string }>(clerk, 'GET', `/api/storage/objects/${ticket.objectId}/download`)).body
  const bytes = await app.inject({ method: 'GET', url: new URL(url).pathname })
  expect(bytes.rawPayload.equals(pdf)).toBe(true)
  expect(await call(stranger, 'DELETE', `/api/patients/${patient.id}/attachments/${attachment.body.id}`)).toMatchObject({ status: 404 })
  expect(await call(clerk, 'DELETE', `/api/patients/${patient.id}/attachments/${attachment.body.id}`)).toMatchObject({ status: 204 })
  expect(await call(clerk, 'GET', `/api/storage/objects/${ticket.objectId}/download`))
    .toMatchObject({ status: 200, body: { fileName: 'file_not_exists.pdf' } })
})

describe('strangers', () => {
  it('find no patient of another lab on any route', async () => {
    const { patient } = (await register(clerk, aPerson())).body
    const base = `/api/patients/${patient.id}`
    for (const path of ['', '/timeline', '/attachments', '/allowed-tests'])
      expect(await call(stranger, 'GET', base + path), path).toMatchObject({ status: 404, body: { code: 'platform.not_found' } })
    expect(await call(stranger, 'PUT', `${base}/allowed-tests`, { testIds: null })).toMatchObject({ status: 404 })
    expect(await call(stranger, 'POST', `${base}/attachments`, { objectId: 1, title: 'x' })).toMatchObject({ status: 404 })
    expect(await call(stranger, 'POST', `/api-v3/registration/patients/${patient.id}/id-proofs`, { idProofs: [] })).toMatchObject({ status: 404 })
    expect(await register(stranger, { userDetailsId: patient.id, version: 1 })).toMatchObject({ status: 404 })
  })

  it('are refused without a session, or without the permission', async () => {
    expect(await register(null, {})).toMatchObject({ status: 401, body: { code: 'platform.unauthenticated' } })
    const nobody = await signInAs(clerk.actor, [])
    expect(await register(nobody, aPerson())).toMatchObject({ status: 403, body: { code: 'platform.forbidden' } })
    expect(await call(nobody, 'GET', '/api/patients/1')).toMatchObject({ status: 403 })
    const updater = await signInAs(clerk.actor, ['patients.update'])
    expect(await register(updater, aPerson({ phone: '0000000' })))
      .toMatchObject({ status: 403, body: { code: 'platform.forbidden', errors: [{ path: '/phone' }, { path: '/', code: 'platform.forbidden' }] } })
  })
})

it('answers hostile bodies with the field that is wrong', async () => {
  const paths = async (body: object) => {
    const answer = await register(clerk, body)
    return [answer.status, ...(answer.body.errors ?? []).map(({ path }) => path)]
  }
  expect(await paths(aPerson({ fullName: 'a\0b' }))).toEqual([400, '/fullName'])
  expect(await paths(aPerson({ fullName: 'x'.repeat(10_000), notes: 'y'.repeat(10_000) }))).toEqual([400, '/fullName', '/notes'])
  expect(await paths(aPerson({ notes: 'a\0b', email: 'nobody', phone: 'call me' })))
    .toEqual(expect.arrayContaining([400, '/notes', '/email', '/phone']))
  expect(await paths({ ...aPerson(), isAdmin: true, labId: 1 })).toEqual(expect.arrayContaining([400, '/isAdmin', '/labId']))
  expect(await paths({ ...aPerson(), idProofs: [{ type: 'pan', number: 'x', __proto__: 1 }], age: { value: -1, unit: 'years' } }))
    .toEqual(expect.arrayContaining([400, '/age/value']))
  for (const id of ['0', '-1', '1e400', 'abc', '99999999999999999999', '1;drop'])
    expect((await call(clerk, 'GET', `/api/patients/${encodeURIComponent(id)}`)).status, id).toBe(400)
  expect((await call(clerk, 'GET', '/api/patients?q=%00')).status).toBe(400)
  expect((await call(clerk, 'GET', `/api/patients?cursor=${Buffer.from('["x","y"]').toString('base64url')}`)).status).toBe(400)
  for (const q of ["'; drop table patients.patient; --", '%', '_', '\\', '{}', '🌸', '‮'])
    expect((await call(clerk, 'GET', `/api/patients?q=${encodeURIComponent(q)}`)).status, q).toBe(200)
})
