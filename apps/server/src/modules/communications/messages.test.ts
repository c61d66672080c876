import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '#platform/auth'
import { useConfig } from '#platform/config'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { at, change, read } from '#platform/unit-of-work'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { modules } from '../../modules.ts'
import { aPatient } from '../patients/testing.ts'
import { aBench, aReceivedOrder, amendReport, enter, signReport, unsignReport } from '../reports/testing.ts'
import { mostTries } from './back-off.ts'
import { setConsent } from './consent.ts'
import { chartDeliveries, countDeliveries, getDelivery, listDeliveries, sendAgain } from './deliveries.ts'
import { installTemplates } from './install-templates.ts'
import { createProvider } from './providers.ts'
import { sendByHand } from './send-by-hand.ts'
import { updateMessageSettings } from './settings.ts'
import { updateTemplate } from './templates.ts'
import { aTemplate, aTrigger, deliveryOf, lastDelivery, runJob, sendsFreely, waitingJobs, work } from './testing.ts'
import { updateTrigger } from './triggers.ts'
import { tryTrigger } from './try-out.ts'

let database: TestDatabase
let server: Server
let port: number
/** A gateway that sends one message for each key, however often it is asked. */
const gateway = { asked: [] as { headers: IncomingHttpHeaders; body: string }[], sent: new Map<string, string>(), status: 200 }

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      gateway.asked.push({ headers: request.headers, body })
      if (gateway.status === 200) gateway.sent.set(String(request.headers['idempotency-key']), body)
      response.writeHead(gateway.status, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `g${gateway.sent.size}`, key: 'gateway-secret' }))
    })
  })
  port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
  useConfig({ ...database.config, outboundHosts: [`127.0.0.1:${port}`] })
})
// Each test has the queue to itself.
beforeEach(async () => void (await database.rows('delete from graphile_worker._private_jobs')))
afterAll(() => new Promise((resolve) => server.close(resolve)))

const phone = '98450 55555'

/** A lab that sends freely, and a test of one parameter. */
async function aSender() {
  const { admin } = await aBench()
  await sendsFreely(admin)
  const test = await anActiveTest(admin, { parameters: [aParameter()] })
  return { admin, test }
}

async function signed(admin: Actor, testIds: number[], patient: Parameters<typeof aPatient>[1] = { phone }) {
  const { id: patientId } = await aPatient(admin, patient)
  const { reports } = await aReceivedOrder(admin, testIds, { patientId })
  const states = []
  for (const { id } of reports) {
    const { version } = await enter(admin, id, { GLU: '15' })
    states.push(await change(admin, (tx) => signReport(tx, id, { version })))
  }
  return { patientId, reports: states }
}

const aGateway = (admin: Actor) => change(admin, (tx) => createProvider(tx, {
  name: 'Gateway', channel: 'sms', driver: 'http', inUse: true, secrets: { apiKey: 'gateway-secret' },
  config: { method: 'POST', url: `http://127.0.0.1:${port}/send`, body: '{"to":"{number}","text":"{body}","key":"{secret}"}', idPath: 'id' },
}))

describe('an event that a trigger waits for', () => {
  it('becomes a message with a link, in the mailbox where there is no account, once however often its job runs', async () => {
    const { admin, test } = await aSender()
    const template = await aTemplate(admin)
    await aTrigger(admin, [template.id])
    await aTrigger(admin, [template.id])
    await signed(admin, [test.id])
    const [expand] = await waitingJobs(database)
    expect(expand).toMatchObject({ name: 'communications.expand_event', payload: { action: 'reports.signed' } })
    await Promise.all([runJob(expand!, admin), runJob(expand!, admin)])
    await work(database, admin)
    const rows = await database.rows('select id from communications.delivery where lab_id = $1', [admin.labId])
    expect(rows).toHaveLength(1)
    const message = await lastDelivery(database, admin)
    expect(message).toMatchObject({ state: 'sent', driver: 'mailbox', channel: 'sms', recipient: { kind: 'patient', address: '+919845055555' }, tries: 1 })
    expect(message.body).toMatch(/: Test .* http:\/\/localhost:3000\/r\/[0-9a-z]+-[\w-]{22}$/)
    const [stored] = await database.rows<{ body: string }>('select body from communications.delivery where id = $1', [message.id])
    expect(stored?.body).toContain('{report.link}')
  })

  it('is heard only while a trigger is on, and an amended report is another event', async () => {
    const { admin, test } = await aSender()
    const trigger = await aTrigger(admin, [(await aTemplate(admin)).id], { event: 'report_amended' })
    const { reports: [report] } = await signed(admin, [test.id])
    expect(await work(database, admin)).toBe(1)
    expect(await database.rows('select 1 from communications.delivery where lab_id = $1', [admin.labId])).toHaveLength(0)
    const amended = await change(admin, (tx) => amendReport(tx, report!.id, { version: report!.version, reason: 'typed wrong', values: [{ code: 'GLU', value: '16' }] }))
    await change(admin, (tx) => signReport(tx, amended.id, { version: amended.version }))
    await work(database, admin)
    expect(await lastDelivery(database, admin)).toMatchObject({ event: 'report_amended', state: 'sent' })
    await change(admin, (tx) => updateTrigger(tx, trigger.id, { version: trigger.version, disabled: true }))
    await signed(admin, [test.id])
    expect(await waitingJobs(database)).toEqual([])
  })

  it('joins the reports of one order while their message waits, and leaves out what is withdrawn', async () => {
    const { admin, test } = await aSender()
    const second = await anActiveTest(admin, { parameters: [aParameter()] })
    await aTrigger(admin, [(await aTemplate(admin)).id], { delayMinutes: 30 })
    const { reports: [first] } = await signed(admin, [test.id, second.id])
    await work(database, admin)
    const message = await lastDelivery(database, admin)
    expect(message).toMatchObject({ state: 'pending' })
    expect(message.reports).toHaveLength(2)
    expect(message.body).toMatch(/: Test .* and Test .* http/)
    expect(await waitingJobs(database)).toHaveLength(1)
    await change(admin, (tx) => unsignReport(tx, first!.id, { version: first!.version, reason: 'wrong patient' }))
    const [job] = await waitingJobs(database)
    await at(new Date(Date.now() + 3600_000), async () => runJob(job!, admin))
    expect(await deliveryOf(admin, message.id)).toMatchObject({ state: 'skipped', reason: 'report_withdrawn' })
    await database.rows('delete from graphile_worker._private_jobs')
  })
})

describe('what keeps a message back', () => {
  it('is a refusal, no answer where the lab asks for one, or no address', async () => {
    const { admin, test } = await aSender()
    await aTrigger(admin, [(await aTemplate(admin)).id, (await aTemplate(admin, { channel: 'email', texts: [{ language: 'en', subject: 'x', body: 'y' }] })).id])
    const { patientId } = await signed(admin, [test.id])
    await change(admin, (tx) => setConsent(tx, patientId, { version: 0, sms: false, whatsapp: null, email: null, language: null }))
    await work(database, admin)
    const { items } = await read(admin, (db) => listDeliveries(db, admin.labId, { patientId }))
    expect(items.map(({ channel, state, reason }) => [channel, state, reason]))
      .toEqual([['email', 'skipped', 'no_address'], ['sms', 'skipped', 'refused_consent']])
    await change(admin, (tx) => updateMessageSettings(tx, { version: 1, withoutConsent: 'withhold' }))
    await signed(admin, [test.id])
    await work(database, admin)
    expect((await lastDelivery(database, admin)).reason).toBe('no_consent')
    expect(await read(admin, (db) => countDeliveries(db, admin.labId))).toMatchObject({ waiting: 0, undelivered: 0, sentToday: 0 })
    expect((await read(admin, (db) => chartDeliveries(db, admin.labId, {}))).days.at(-1)).toMatchObject({ sent: 0, failed: 0, skipped: 4 })
  })

  it('is the night, except for what cannot wait, and enough within one hour', async () => {
    const { admin, test } = await aSender()
    await change(admin, (tx) => updateMessageSettings(tx, { version: 1, quietFrom: '00:00', quietTo: '23:59', mostPerHour: 1 }))
    const { patientId, reports: [report] } = await signed(admin, [test.id])
    const template = await aTemplate(admin, { texts: [{ language: 'en', body: 'words' }] })
    await aTrigger(admin, [template.id])
    // Noon of a day in the lab's zone, which is quiet; the message waits for its end.
    await change(admin, (tx) => unsignReport(tx, report!.id, { version: report!.version, reason: 'again' }))
      .then((state) => change(admin, (tx) => signReport(tx, state.id, { version: state.version })))
    await database.rows(`update communications.trigger set event = 'report_amended' where lab_id = $1`, [admin.labId])
    const noon = new Date('2026-03-02T06:30:00Z')
    const [expand] = await waitingJobs(database)
    await at(noon, async () => runJob(expand!, admin))
    expect((await lastDelivery(database, admin)).nextAt).toEqual(new Date('2026-03-02T18:29:00.000Z'))
    await database.rows('delete from graphile_worker._private_jobs')
    // By hand it goes out at once, and an hour has room for one more only.
    await change(admin, (tx) => sendByHand(tx, { patientId, recipients: ['patient'], own: { channels: ['sms'], body: 'at once' } }))
    await work(database, admin)
    expect(await lastDelivery(database, admin)).toMatchObject({ state: 'sent', event: null })
    const late = (await waitingJobs(database)).length
    const settings = { version: 2, quietFrom: null, quietTo: null }
    await change(admin, (tx) => updateMessageSettings(tx, settings))
    await database.rows(`update communications.delivery set next_at = now() where lab_id = $1 and state = 'pending'`, [admin.labId])
    const [row] = await database.rows<{ id: number }>(`select id from communications.delivery where lab_id = $1 and state = 'pending'`, [admin.labId])
    await runJob({ name: 'communications.send_sms', payload: { labId: admin.labId, deliveryId: row!.id } }, admin)
    expect(await deliveryOf(admin, row!.id)).toMatchObject({ state: 'pending', reason: 'too_many', tries: 0 })
    expect((await waitingJobs(database)).length).toBe(late + 1)
    await database.rows('delete from graphile_worker._private_jobs')
  })
})

describe('a provider', () => {
  it('is asked again with the same key when a worker dies between its answer and our commit: at least once, and once', async () => {
    const { admin } = await aSender()
    const { id: patientId } = await aPatient(admin, { phone })
    await aGateway(admin)
    gateway.status = 200
    const { jobIds: [id] } = await change(admin, (tx) => sendByHand(tx, { patientId, recipients: ['patient'], own: { channels: ['sms'], body: 'say "hello"\n' } }))
    const [job] = await waitingJobs(database)
    await database.rows(`
      create function public.die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
      create constraint trigger die after insert on platform.activity deferrable initially deferred for each row
        when (new.action = 'communications.sent') execute function public.die()`)
    await expect(runJob(job!, admin)).rejects.toThrow('killed')
    expect(await deliveryOf(admin, id!)).toMatchObject({ state: 'sending', tries: 1 })
    await database.rows('drop trigger die on platform.activity')
    await work(database, admin)
    const message = await deliveryOf(admin, id!)
    expect(message).toMatchObject({ state: 'sent', tries: 2, driver: 'http', providerMessageId: 'g1' })
    expect(gateway.asked).toHaveLength(2)
    expect(gateway.sent.size).toBe(1)
    expect(JSON.parse([...gateway.sent.values()][0]!)).toEqual({ to: '919845055555', text: 'say "hello"\n', key: 'gateway-secret' })
    expect(message.attempts.at(-1)?.answer).toBe('200 {"id":"g1","key":"•••"}')
    await runJob(job!, admin)
    expect(gateway.asked).toHaveLength(2)
  })

  it('that is down is asked again later, given up after all tries, and asked anew when somebody says so', async () => {
    const { admin } = await aSender()
    const { id: patientId } = await aPatient(admin, { phone })
    await aGateway(admin)
    gateway.status = 503
    const { jobIds: [id] } = await change(admin, (tx) => sendByHand(tx, { patientId, recipients: ['patient'], own: { channels: ['sms'], body: 'x' } }))
    let time = new Date()
    for (let tries = 1; tries <= mostTries; tries++) {
      const [job] = await waitingJobs(database)
      if (job!.runAt > time) time = job!.runAt
      await database.rows('delete from graphile_worker._private_jobs')
      await at(time, async () => runJob(job!, admin))
      expect(await deliveryOf(admin, id!)).toMatchObject({ tries, state: tries < mostTries ? 'pending' : 'dead', reason: 'refused' })
    }
    expect(await waitingJobs(database)).toEqual([])
    const keys = new Set(gateway.asked.slice(-mostTries).map(({ headers }) => headers['idempotency-key']))
    expect(keys.size).toBe(1)
    gateway.status = 200
    expect(await change(admin, (tx) => sendAgain(tx, { deliveryIds: [id!] }))).toEqual({ jobIds: [id] })
    await work(database, admin)
    expect(await deliveryOf(admin, id!)).toMatchObject({ state: 'sent', tries: 1 })
    expect(keys).not.toContain(gateway.asked.at(-1)?.headers['idempotency-key'])
    await expect(change(admin, (tx) => sendAgain(tx, { deliveryIds: [id!] }))).rejects.toMatchObject({ code: 'communications.not_resendable' })
  })

  it('that refuses is not asked again, and one on a private address is not asked at all', async () => {
    const { admin } = await aSender()
    const { id: patientId } = await aPatient(admin, { phone })
    const account = await aGateway(admin)
    gateway.status = 400
    const send = () => change(admin, (tx) => sendByHand(tx, { patientId, recipients: ['patient'], own: { channels: ['sms'], body: 'x' } }))
    await send()
    await work(database, admin)
    expect(await lastDelivery(database, admin)).toMatchObject({ state: 'failed', reason: 'refused' })
    const asked = gateway.asked.length
    await database.rows(`update communications.provider set config = config || '{"url":"http://127.0.0.1:1/send"}' where id = $1`, [account.id])
    await send()
    await work(database, admin)
    expect(await lastDelivery(database, admin)).toMatchObject({ state: 'pending', attempts: [{ outcome: 'refused', answer: '127.0.0.1 is a private address' }] })
    expect(gateway.asked).toHaveLength(asked)
    await database.rows('delete from graphile_worker._private_jobs')
  })
})

it('is shown before it happens: what a trigger would have sent, with why it would not go out', async () => {
  const { admin, test } = await aSender()
  await signed(admin, [test.id], { phone, email: 'a@example.org' })
  const template = await aTemplate(admin)
  const asked = { event: 'report_signed' as const, recipients: [{ kind: 'patient' as const }, { kind: 'fixed' as const, email: 'boss@example.org' }],
    templateIds: [template.id], attachReport: false, delayMinutes: 0, breaksQuietHours: false }
  const { about, messages } = await read(admin, (db) => tryTrigger(db, admin.labId, asked))
  expect(about).toMatch(/^Test/)
  expect(messages.map(({ recipient, withheld }) => [recipient.kind, withheld])).toEqual([['patient', null], ['fixed', 'no address is known']])
  expect(messages[0]?.segments).toBe(1)
  expect(await database.rows('select 1 from communications.delivery where lab_id = $1', [admin.labId])).toHaveLength(0)
})

it('hides another lab\'s messages, templates and triggers', async () => {
  const [{ admin: mine }, { admin: other, test }] = [await aSender(), await aSender()]
  expect(await change(other, (tx) => installTemplates(tx))).toEqual({ templates: 12, triggers: 7 })
  expect(await change(other, (tx) => installTemplates(tx))).toEqual({ templates: 0, triggers: 0 })
  const template = await aTemplate(other)
  const trigger = await aTrigger(other, [template.id])
  const { patientId } = await signed(other, [test.id])
  await work(database, other)
  const { id } = await lastDelivery(database, other)
  await expect(read(mine, (db) => getDelivery(db, id))).rejects.toMatchObject({ code: 'platform.not_found' })
  await expect(change(mine, (tx) => updateTemplate(tx, template.id, { version: 1, name: 'x' }))).rejects.toMatchObject({ code: 'platform.not_found' })
  await expect(change(mine, (tx) => updateTrigger(tx, trigger.id, { version: 1, name: 'x' }))).rejects.toMatchObject({ code: 'platform.not_found' })
  await expect(change(mine, (tx) => sendAgain(tx, { deliveryIds: [id] }))).rejects.toMatchObject({ code: 'communications.not_resendable' })
  await expect(aTrigger(mine, [template.id])).rejects.toMatchObject({ code: 'platform.invalid_input' })
  await expect(change(mine, (tx) => setConsent(tx, patientId, { version: 0, sms: true, whatsapp: null, email: null, language: null })))
    .rejects.toMatchObject({ code: 'platform.not_found' })
})
