import type { IntegrationEvent, Partner } from '@aliquot/contracts'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aBench } from '../reports/testing.ts'
import { aPatient, register } from '../patients/testing.ts'
import { modules } from '../../modules.ts'
import { systemActor, type Actor } from '#platform/auth'
import { useConfig } from '#platform/config'
import { registerModules } from '#platform/module'
import { verifySignature } from '#platform/outbound'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { at, change, now, read } from '#platform/unit-of-work'
import { closeCircuit } from './close-circuit.ts'
import { deliver } from './deliver.ts'
import { dropPartnerEvents, getPartnerEvent, listPartnerEvents, replayPartnerEvents } from './deliveries.ts'
import { partnerOf } from './partner-row.ts'
import { tellPartners } from './tell-partners.ts'
import { aPartnerServer } from './testing.ts'
import { testPartner } from './test-partner.ts'
import { createPartner, rotateSecret, updatePartner } from './write-partner.ts'

let database: TestDatabase
let admin: Actor
let server: Awaited<ReturnType<typeof aPartnerServer>>
let made = 0

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  ;({ admin } = await aBench())
  server = await aPartnerServer()
  useConfig({ ...database.config, outboundHosts: [new URL(server.url).host] })
})
afterAll(() => server.close())
beforeEach(() => {
  server.heard.length = 0
  server.answers(() => 200)
})

const aPartner = (more: Partial<Partner> = {}): Promise<{ partner: Partner; secret: string }> => change(admin, (tx) => createPartner(tx, {
  name: `Partner ${++made}`, url: server.url, actions: ['patients.registered', 'patients.updated'] satisfies IntegrationEvent[], ...more,
}))

/** Takes every job that is queued now, the newest first, and runs it: the order of jobs must not matter. Answers how many there were. */
async function runJobs(): Promise<number> {
  const jobs = await database.rows<{ task: string; payload: never }>(`
    with gone as (delete from graphile_worker._private_jobs j where task_id in (select id from graphile_worker._private_tasks where identifier like 'integrations.%')
      returning j.*)
    select t.identifier as task, g.payload from gone g join graphile_worker._private_tasks t on t.id = g.task_id order by g.id desc`)
  for (const { task, payload } of jobs) {
    const job = task === 'integrations.tell' ? tellPartners : deliver
    await job(payload, { actor: systemActor((payload as { labId: number }).labId, 'job'), attempt: 1, lastAttempt: false })
  }
  return jobs.length
}
async function runAllJobs(): Promise<void> {
  await runJobs()
  await runJobs()
}
const rename = (patient: { id: number; version: number }, fullName: string) =>
  register(admin, { userDetailsId: patient.id, version: patient.version, fullName } as never).then(({ patient: changed }) => changed)
const switchOff = async (partner: Partner) => {
  const { version } = await read(admin, (db) => partnerOf(db, admin.labId, partner.id))
  return change(admin, (tx) => updatePartner(tx, partner.id, { version, disabled: true }))
}
const deliveriesOf = async (partner: Partner) => (await read(admin, (db) => listPartnerEvents(db, admin.labId, { partnerId: partner.id }))).items

it('costs nothing where nobody listens, and one job where somebody does', async () => {
  await aPatient(admin)
  expect(await runJobs()).toBe(0)
  const { partner } = await aPartner()
  await aPatient(admin)
  expect(await runJobs()).toBe(1)
  await switchOff(partner)
  await runJobs()
  await aPatient(admin)
  expect(await runJobs()).toBe(0)
})

it('tells a partner, signed, with the record as the API answers it, and logs what was said without secrets and names', async () => {
  const { partner, secret } = await aPartner({ headers: [{ name: 'X-Api-Key', value: 'topsecret' }] } as never)
  const patient = await aPatient(admin, { fullName: 'Leela Menon' })
  await runAllJobs()
  const [heard] = server.heard
  expect(server.heard).toHaveLength(1)
  expect(heard?.event).toMatchObject({ action: 'patients.registered', subject: { type: 'patient', id: patient.id }, data: { fullName: 'Leela Menon', number: patient.number } })
  expect(heard?.headers).toMatchObject({ 'x-api-key': 'topsecret', 'aliquot-event': 'patients.registered', 'idempotency-key': heard?.event.id })
  expect(verifySignature(String(heard?.headers['aliquot-signature']), heard?.body ?? '', secret, now())).toBe(true)
  const [delivery] = await deliveriesOf(partner)
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, patientId: patient.id, eventId: heard?.event.id })
  const { exchanges: [said] } = await read(admin, (db) => getPartnerEvent(db, delivery?.id ?? 0))
  expect(said).toMatchObject({ status: 200, answerBody: 'said 200', trouble: null, answerHeaders: { 'set-cookie': '•••' } })
  expect(said?.requestHeaders).toMatchObject({ 'x-api-key': '•••', 'aliquot-signature': '•••' })
  expect(JSON.stringify(said)).not.toMatch(/topsecret|Leela/)
  await switchOff(partner)
})

it('keeps the order of one record, and lets others pass', async () => {
  const { partner } = await aPartner({ firstDelaySeconds: 60 })
  let first = await aPatient(admin)
  const second = await aPatient(admin)
  await runAllJobs()
  server.heard.length = 0
  server.answers(({ event }) => (event.subject?.id === first.id ? 503 : 200))
  first = await rename(first, 'One One')
  first = await rename(first, 'Two Two')
  await rename(second, 'Three Three')
  await runAllJobs()
  expect(server.heard.map(({ event }) => event.subject?.id).sort()).toEqual([first.id, second.id].sort())
  server.answers(() => 200)
  server.heard.length = 0
  await at(new Date(now().getTime() + 120_000), runJobs)
  expect(server.heard.map(({ event }) => event.subject?.id)).toEqual([first.id, first.id])
  const ids = server.heard.map(({ event }) => Number(event.id.slice(4)))
  expect(ids).toEqual([...ids].sort((a, b) => a - b))
  expect((await deliveriesOf(partner)).every(({ state }) => state === 'delivered')).toBe(true)
  await switchOff(partner)
})

it('gives up on what is not worth another try, goes on with what comes after, and sends it again with the same id when asked', async () => {
  const { partner } = await aPartner()
  server.answers(() => 400)
  const patient = await aPatient(admin)
  await runAllJobs()
  const [failed] = await deliveriesOf(partner)
  expect(failed).toMatchObject({ state: 'failed', attempts: 1, trouble: 'HTTP 400', dueAt: null })
  server.answers(() => 200)
  await rename(patient, 'After All')
  await runAllJobs()
  expect((await deliveriesOf(partner)).map(({ state }) => state)).toEqual(['delivered', 'failed'])
  expect(await change(admin, (tx) => replayPartnerEvents(tx, [failed?.id ?? 0]))).toEqual({ queued: 1 })
  await runAllJobs()
  expect(server.heard.filter(({ event }) => event.id === failed?.eventId)).toHaveLength(2)
  expect((await deliveriesOf(partner)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  await switchOff(partner)
})

it('gives a partner that does not answer a rest, says so, tries once, and goes on in order', async () => {
  const { partner } = await aPartner({ firstDelaySeconds: 1 })
  server.answers(() => 'silence')
  for (let i = 0; i < 7; i++) await aPatient(admin)
  await runJobs()
  await runJobs()
  const open = await read(admin, (db) => partnerOf(db, admin.labId, partner.id))
  expect(open.health).toMatchObject({ circuit: 'open', trouble: expect.stringMatching(/^No response/), waiting: 7 })
  expect(await database.rows(`select 1 from platform.activity where action = 'integrations.circuit_opened' and subject_id = ${partner.id}`)).toHaveLength(1)
  const tried = server.heard.length
  await at(new Date(now().getTime() + 10_000), runJobs)
  expect(server.heard).toHaveLength(tried)
  await at(new Date(now().getTime() + 3_700_000), runJobs)
  expect(server.heard).toHaveLength(tried + 1)
  server.answers(() => 200)
  await change(admin, (tx) => closeCircuit(tx, partner.id))
  await runJobs()
  const { health } = await read(admin, (db) => partnerOf(db, admin.labId, partner.id))
  expect(health).toMatchObject({ circuit: 'closed', waiting: 0, failures: 0, deliveredToday: 7 })
  expect(await database.rows(`select 1 from platform.activity where action = 'integrations.circuit_closed' and subject_id = ${partner.id}`)).toHaveLength(0)
  await switchOff(partner)
})

it('sends again, with the same id, what a process held that died', async () => {
  const { partner } = await aPartner()
  await aPatient(admin)
  await runJobs()
  // The partner heard it, and the process was gone before it could write that down.
  await database.rows(`update integrations.delivery set held_until = now() + interval '50 seconds' where partner_id = ${partner.id}`)
  await runJobs()
  expect(server.heard).toHaveLength(0)
  await at(new Date(now().getTime() + 61_000), runJobs)
  expect(server.heard).toHaveLength(1)
  expect(await deliveriesOf(partner)).toMatchObject([{ state: 'delivered' }])
  await switchOff(partner)
})

it('tells of one organisation only, where that was asked for', async () => {
  const [organisation] = await database.rows<{ id: number }>(`insert into labs.organisation (lab_id, code, name, kind) values (${admin.labId}, 'ORG', 'Org', 'clinic') returning id::int`)
  const { partner } = await aPartner({ organisationId: organisation?.id ?? 0 })
  await aPatient(admin)
  const theirs = await aPatient(admin, { organisationId: organisation?.id ?? 0 })
  await runAllJobs()
  expect(server.heard.map(({ event }) => event.subject?.id)).toEqual([theirs.id])
  await switchOff(partner)
})

it('signs with both secrets while one replaces the other', async () => {
  const { partner, secret } = await aPartner()
  const rotated = await change(admin, (tx) => rotateSecret(tx, partner.id, { version: partner.version }))
  expect(await testPartner(admin, partner.id)).toMatchObject({ status: 200, trouble: null })
  const verified = (with_: string) => verifySignature(String(server.heard.at(-1)?.headers['aliquot-signature']), server.heard.at(-1)?.body ?? '', with_, now())
  expect([verified(secret), verified(rotated.secret ?? '')]).toEqual([true, true])
  await change(admin, (tx) => rotateSecret(tx, partner.id, { version: rotated.partner.version, drop: true }))
  await testPartner(admin, partner.id)
  expect([verified(secret), verified(rotated.secret ?? '')]).toEqual([false, true])
  expect(JSON.stringify(rotated.partner)).not.toContain(secret)
  await switchOff(partner)
})

it('refuses private addresses that this system does not allow', async () => {
  for (const url of ['http://localhost/x', 'http://[::1]/', 'http://10.1.2.3/', 'http://2130706433/', 'http://printer.local/'])
    await expect(aPartner({ url })).rejects.toMatchObject({ code: 'integrations.private_address' })
})

it('moves nothing of another lab, and all or nothing of a list', async () => {
  const { partner } = await aPartner()
  server.answers(() => 400)
  await aPatient(admin)
  await runAllJobs()
  const [failed] = await deliveriesOf(partner)
  const { admin: stranger } = await aBench()
  await expect(change(stranger, (tx) => replayPartnerEvents(tx, [failed?.id ?? 0]))).rejects.toMatchObject({ code: 'platform.not_found' })
  await expect(change(admin, (tx) => dropPartnerEvents(tx, [failed?.id ?? 0, 999_999]))).rejects.toMatchObject({ code: 'platform.not_found' })
  await expect(read(stranger, (db) => partnerOf(db, stranger.labId, partner.id))).rejects.toMatchObject({ code: 'platform.not_found' })
  expect(await change(admin, (tx) => dropPartnerEvents(tx, [failed?.id ?? 0]))).toEqual({ dropped: 1 })
  await switchOff(partner)
})
