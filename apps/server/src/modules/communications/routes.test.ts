import type { FastifyInstance } from 'fastify'
import { createApp } from '#platform/http'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { at, change } from '#platform/unit-of-work'
import { beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { signInAs, testAuth } from '../labs/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { aBench, aReceivedOrder, enter, signReport, unsignReport } from '../reports/testing.ts'
import { lastDelivery, sendsFreely, work } from './testing.ts'

let database: TestDatabase
let app: FastifyInstance
let headers: { authorization: string }
let admin: Awaited<ReturnType<typeof aBench>>['admin']
let report: Awaited<ReturnType<typeof signReport>>

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  app = await createApp({ config: database.config, auth: testAuth(database), modules, enforceBudgets: true })
  ;({ admin } = await aBench())
  await sendsFreely(admin)
  headers = (await signInAs(admin, ['communications.view', 'communications.send', 'communications.manage', 'communications.consent'])).headers
  const { id: patientId } = await aPatient(admin, { phone: '98450 55555', email: 'asha@example.org', birthDate: '1985-03-12' })
  const test = await anActiveTest(admin, { parameters: [aParameter()] })
  const { reports: [first] } = await aReceivedOrder(admin, [test.id], { patientId })
  const { version } = await enter(admin, first!.id, { GLU: '15' })
  report = await change(admin, (tx) => signReport(tx, first!.id, { version }))
})

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, payload?: object) => app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
const sendLink = async () => {
  const answer = await ask('POST', '/api-v3/communications/send', { reportIds: [report.id], recipients: ['patient'], own: { channels: ['sms'], body: '{report.link}' } })
  expect(answer.statusCode, answer.body).toBe(200)
  await work(database, admin)
  const message = await lastDelivery(database, admin)
  expect(answer.json()).toEqual({ jobIds: [message.id] })
  return new URL(message.body).pathname.replace('/r/', '/api/report-links/')
}
const open = async (link: string, birthDate?: string) => await app.inject({ method: 'POST', url: `${link}/open`, payload: birthDate ? { birthDate } : {} })

describe('a link in a message', () => {
  it('says nothing of the patient, opens the report for who knows the birth date, and is logged', async () => {
    const link = await sendLink()
    const seen = await app.inject({ url: link })
    expect(seen.json()).toMatchObject({ state: 'ready', asksBirthDate: true, reports: 1, labName: expect.any(String) })
    expect((await open(link)).json().code).toBe('communications.birth_date_wrong')
    const pdf = await open(link, '1985-03-12')
    expect([pdf.statusCode, pdf.headers['content-type'], pdf.body.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
    expect(await database.rows(`select actor_kind, subject_id::int as report from platform.activity where action = 'communications.report_viewed'`))
      .toEqual([{ actor_kind: 'public', report: report.id }])
    expect(await lastDelivery(database, admin)).toMatchObject({ link: { opened: 1 } })
  })

  it('rests after five wrong dates, ends with its days, and shows what is signed now', async () => {
    const link = await sendLink()
    for (let tries = 0; tries < 5; tries++) expect((await open(link, '1999-01-01')).statusCode).toBe(403)
    expect((await open(link, '1985-03-12')).json().code).toBe('communications.link_locked')
    expect((await app.inject({ url: link })).json().state).toBe('locked')
    const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    expect((await at(later(16), () => open(link, '1985-03-12'))).statusCode).toBe(200)
    expect((await at(later(31 * 1440), () => open(link, '1985-03-12'))).json().code).toBe('communications.link_expired')
    const fresh = await sendLink()
    const unsigned = await change(admin, (tx) => unsignReport(tx, report.id, { version: report.version, reason: 'wrong' }))
    expect((await app.inject({ url: fresh })).json().state).toBe('being_revised')
    expect((await open(fresh, '1985-03-12')).json().code).toBe('communications.being_revised')
    report = await change(admin, (tx) => signReport(tx, report.id, { version: unsigned.version }))
    expect((await open(fresh, '1985-03-12')).statusCode).toBe(200)
  })

  it('cannot be made up', async () => {
    const link = await sendLink()
    const forged = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const url of [forged, '/api/report-links/1-AAAAAAAAAAAAAAAAAAAAAA']) expect((await app.inject({ url })).json().code).toBe('communications.link_invalid')
  })
})

describe('an account with a provider', () => {
  it('never shows its credentials, refuses what is wrong all at once, and takes the place of the channel\'s other one', async () => {
    const wrong = await ask('POST', '/api/communications/providers', { name: 'T', channel: 'email', driver: 'twilio', config: { host: 'x' }, secrets: {}, inUse: true })
    expect(wrong.json().errors.map(({ path }: { path: string }) => path).sort())
      .toEqual(['/channel', '/config/accountSid', '/config/from', '/config/host', '/secrets/authToken'])
    const body = { name: 'Twilio', channel: 'sms', driver: 'twilio', config: { accountSid: 'AC1', from: '+1555' }, secrets: { authToken: 'hush-hush' }, inUse: true }
    const made = await ask('POST', '/api/communications/providers', body)
    expect(made.json()).toMatchObject({ secretsSet: ['authToken'], inUse: true })
    expect((await ask('POST', '/api/communications/providers', { ...body, name: 'Second' })).statusCode).toBe(201)
    const list = await ask('GET', '/api/communications/providers')
    expect(list.body).not.toContain('hush-hush')
    expect(list.json().items.map(({ name, inUse }: { name: string; inUse: boolean }) => [name, inUse])).toEqual([['Second', true], ['Twilio', false]])
    const [row] = await database.rows<{ secrets: string }>('select secrets from communications.provider limit 1')
    expect(row?.secrets).toMatch(/^v1\./)
  })

  it('hears what became of a message once, from nobody but the provider', async () => {
    const made = await ask('POST', '/api/communications/providers', {
      name: 'Gateway', channel: 'sms', driver: 'http', config: { method: 'POST', url: 'https://gateway.example/' }, secrets: { webhookKey: 'agreed' }, inUse: true,
    })
    const { callbackUrl, id } = made.json() as { callbackUrl: string; id: number }
    const [row] = await database.rows<{ id: number; key: string }>(
      `update communications.delivery set state = 'sent', provider_id = $1 where id = (select max(id) from communications.delivery) returning id, key`, [id])
    const tell = (status: string, token = 'agreed') => app.inject({
      method: 'POST', url: new URL(callbackUrl).pathname, payload: `status=${status}&delivery=${row!.key}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-webhook-token': token },
    })
    expect((await tell('delivered', 'wrong')).json().code).toBe('communications.callback_refused')
    expect((await tell('failed')).statusCode).toBe(204)
    for (let times = 0; times < 2; times++) expect((await tell('delivered')).statusCode).toBe(204)
    expect((await tell('failed')).statusCode).toBe(204)
    expect(await lastDelivery(database, admin)).toMatchObject({ state: 'delivered' })
    expect(await database.rows(`select 1 from platform.activity where action = 'communications.delivered'`)).toHaveLength(1)
    const unknown = await app.inject({ method: 'POST', url: `/api/message-callbacks/${'0'.repeat(36)}`, payload: Buffer.from([0xff]) , headers: { 'content-type': 'x/y' } })
    expect(unknown.json().code).toBe('communications.callback_refused')
  })
})

it('refuses templates, triggers and messages that make no sense, field by field', async () => {
  const template = { name: 'Wrong', channel: 'email', scope: 'patient', texts: [{ language: 'en', body: 'Pay {bill.due}' }, { language: 'en', subject: 's', body: 'x' }] }
  const refused = await ask('POST', '/api/communications/templates', template)
  expect(refused.json().errors).toEqual([
    { path: '/texts/0/body', message: 'at character 5: {bill.due} is no placeholder here', code: 'communications.unknown_placeholder' },
    { path: '/texts/0/subject', message: 'is needed for an e-mail', code: 'platform.required' },
    { path: '/texts/1/language', message: 'is there twice', code: 'communications.language_twice' },
  ])
  const made = await ask('POST', '/api/communications/templates', { name: 'Bill', channel: 'sms', scope: 'bill', texts: [{ language: 'en', body: '{bill.due}' }] })
  const trigger = { name: 'x', event: 'report_signed', recipients: [{ kind: 'fixed' }], templateIds: [made.json().id], attachReport: false, delayMinutes: 0, breaksQuietHours: false, disabled: false }
  expect((await ask('POST', '/api/communications/triggers', trigger)).json().errors.map(({ path }: { path: string }) => path)).toEqual(['/templateIds/0', '/recipients/0/email'])
  const send = (body: object) => ask('POST', '/api-v3/communications/send', { recipients: ['patient'], ...body })
  expect((await send({})).json().code).toBe('communications.nothing_to_send')
  expect((await send({ reportIds: [report.id], own: { channels: ['email'], body: '{bill.due}' } })).json().code).toBe('communications.template_wrong')
  expect((await send({ reportIds: [report.id], templateIds: [made.json().id] })).json().errors).toHaveLength(1)
  expect((await send({ reportIds: [report.id + 99] })).statusCode).toBe(404)
})

it('answers lists, charts, previews and settings within their budgets', async () => {
  const preview = await ask('POST', '/api/communications/templates/preview', { channel: 'sms', scope: 'report', text: { language: 'en', body: '{patient.name} {report.link} {x}' } })
  expect(preview.json()).toMatchObject({ faults: [{ text: '{x}' }], rendered: { segments: 1, encoding: 'GSM-7' } })
  for (const url of ['deliveries?q=asha&state=sent&from=2026-01-01', 'deliveries/counts', 'deliveries/days', 'templates', 'triggers', 'settings']) {
    expect((await ask('GET', `/api/communications/${url}`)).statusCode, url).toBe(200)
  }
  const message = await lastDelivery(database, admin)
  expect((await ask('GET', `/api/communications/deliveries/${message.id}`)).json()).toMatchObject({ id: message.id, patient: { number: expect.any(String) } })
  const changed = await ask('PATCH', '/api/communications/settings', { version: 1, linkDays: 7 })
  expect(changed.json()).toMatchObject({ version: 2, linkDays: 7, withoutConsent: 'send' })
  expect((await ask('PATCH', '/api/communications/settings', { version: 1, linkDays: 8 })).json().code).toBe('platform.stale_version')
  const consent = { version: 0, sms: true, whatsapp: false, email: null, language: 'hi' }
  const url = `/api/communications/patients/${message.patient!.id}/consent`
  expect((await ask('PUT', url, consent)).json()).toMatchObject({ version: 1, sms: true, whatsapp: false, email: null })
  expect((await ask('PUT', url, consent)).json().code).toBe('platform.stale_version')
  expect((await ask('GET', url)).json()).toMatchObject({ language: 'hi' })
})
