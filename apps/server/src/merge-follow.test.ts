import { randomUUID } from 'node:crypto'
import type { MergeField, Patient } from '@aliquot/contracts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aBill, aDesk, type Desk } from './modules/billing/testing.ts'
import { getConsent, setConsent } from './modules/communications/consent.ts'
import { sendByHand } from './modules/communications/send-by-hand.ts'
import { createDoctor, createInsuranceGroup, labProfile } from './modules/labs/index.ts'
import { resolveDetails } from './modules/missing-details/resolve-details.ts'
import { detailsOf, watch } from './modules/missing-details/testing.ts'
import { mergePatients } from './modules/patients/merge-patients.ts'
import { previewMerge } from './modules/patients/preview-merge.ts'
import { aPatient } from './modules/patients/testing.ts'
import { modules } from './modules.ts'
import { registerModules } from './platform/module/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'
import { change, read } from './platform/unit-of-work/index.ts'

let database: TestDatabase
let desk: Desk

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  desk = await aDesk()
})

async function merge(keep: Patient, gone: Patient, choose: MergeField[] = []): Promise<Patient> {
  const profile = await labProfile(desk.admin.labId)
  const body = { keepId: keep.id, version: keep.version, mergeId: gone.id, mergeVersion: gone.version, choose }
  return change(desk.admin, (tx) => mergePatients(tx, body, profile))
}

describe('missing details', () => {
  it('follow the values of the record that is kept, whichever were chosen; what was confirmed of a value that stays is asked no more', async () => {
    const { admin } = desk
    const doctor = await change(admin, (tx) => createDoctor(tx, { name: 'Dr. Known' }))
    const group = await change(admin, (tx) => createInsuranceGroup(tx, { name: 'Known' }))
    const entityOf = async (field: 'patients.doctor' | 'patients.insuranceGroup', name: string) =>
      (await watch(admin, field, name)).items.find(({ fieldName }) => field.endsWith(fieldName))?.entityId ?? 0
    const doctors = { unknown: await entityOf('patients.doctor', 'Dr. Unknown'), known: doctor.id }
    const groups = { unknown: await entityOf('patients.insuranceGroup', 'Unknown insurer'), known: group.id }
    for (const field of ['patients.city', 'patients.notes', 'billing.notes'] as const) await watch(admin, field, 'unknown')
    const said = fc.option(fc.constantFrom('unknown' as const, 'known' as const))
    const record = fc.record({
      city: said, notes: said, doctor: said, insuranceGroup: said, bill: said, confirmed: fc.subarray(['city', 'notes', 'doctor', 'insuranceGroup']),
    })
    const live = async ({ city, notes, doctor, insuranceGroup, bill, confirmed }: typeof record extends fc.Arbitrary<infer T> ? T : never): Promise<Patient> => {
      const patient = await aPatient(admin, {
        city, notes, doctorId: doctor && doctors[doctor],
        insuranceList: insuranceGroup ? [{ insuranceGroupId: groups[insuranceGroup], policyNumber: randomUUID() }] : [],
      })
      if (bill) await aBill({ ...desk, patientId: patient.id }, { notes: bill })
      const ids = patient.missingDetails.filter(({ fieldName }) => confirmed.includes(fieldName)).map(({ id }) => id)
      if (ids.length > 0) await change(admin, (tx) => resolveDetails(tx, { ids, isResolved: true }))
      return patient
    }
    await fc.assert(fc.asyncProperty(record, record, fc.subarray<MergeField>(['address', 'notes', 'doctor']), async (first, second, choose) => {
      const [keep, gone] = [await live(first), await live(second)]
      const after = await merge(keep, gone, choose)
      const kept = {
        city: choose.includes('address') ? second.city : first.city, notes: choose.includes('notes') ? second.notes : first.notes,
        doctor: choose.includes('doctor') ? second.doctor : first.doctor, insuranceGroup: first.insuranceGroup ?? second.insuranceGroup,
      }
      const asked = (['city', 'notes', 'doctor', 'insuranceGroup'] as const)
        .filter((field) => kept[field] === 'unknown' && !(first[field] === 'unknown' && first.confirmed.includes(field)))
      expect(after.missingDetails.map(({ fieldName }) => fieldName).toSorted()).toEqual(asked.toSorted())
      const bills = [first.bill, second.bill].filter((notes) => notes === 'unknown').map(() => 'bill')
      const open = await detailsOf(admin, { isResolved: false, patientId: keep.id })
      expect(open.map(({ fieldName, bill }) => (bill ? 'bill' : fieldName)).toSorted()).toEqual([...asked, ...bills].toSorted())
      expect(await detailsOf(admin, { isResolved: false, patientId: gone.id })).toEqual([])
    }), { numRuns: 8 })
  })
})

describe('messages', () => {
  const answer = (patientId: number, sms: boolean | null, email: boolean | null) => change(desk.admin, (tx) =>
    setConsent(tx, patientId, { version: 0, sms, email, whatsapp: null, language: 'hi' }))
  const consentOf = (patientId: number) => read(desk.admin, (db) => getConsent(db, patientId))

  it('follow, with their links; a refusal of either record stands, and an answer is not lost', async () => {
    const { admin } = desk
    const [keep, gone, last] = [await aPatient(admin), await aPatient(admin, { phone: '9845022222' }), await aPatient(admin)]
    await answer(keep.id, true, null)
    await answer(gone.id, false, true)
    await change(admin, (tx) => sendByHand(tx, { patientId: gone.id, recipients: ['patient'], own: { channels: ['sms'], body: 'Come by' } }))
    await database.rows(`insert into communications.report_link (delivery_id, lab_id, patient_id, expires_at, ask_birth_date)
      select id, lab_id, patient_id, now(), true from communications.delivery where patient_id = $1`, [gone.id])
    expect((await previewMerge(admin, keep.id, gone.id, await labProfile(admin.labId))).moves).toMatchObject({ messages: 1 })
    const kept = await merge(keep, gone)
    expect(await consentOf(keep.id)).toMatchObject({ version: 2, sms: false, email: true, whatsapp: null, language: 'hi' })
    await merge(last, kept)
    expect(await consentOf(last.id)).toMatchObject({ sms: false, email: true })
    expect(await database.rows(`select d.patient_id as of, l.patient_id as link from communications.delivery d
      join communications.report_link l on l.delivery_id = d.id where d.lab_id = $1`, [admin.labId])).toEqual([{ of: last.id, link: last.id }])
    expect(await database.rows('select patient_id as of from communications.consent where lab_id = $1', [admin.labId])).toEqual([{ of: last.id }])
  })
})

it('what partners are told and what they sent follow', async () => {
  const { admin } = desk
  const [keep, gone] = [await aPatient(admin), await aPatient(admin)]
  await database.rows(`
    with partner as (
      insert into integrations.partner (lab_id, name, url, actions, headers, secrets, retry_on, since_activity)
      values ($1, 'Hospital', 'https://hospital.example', '{}', '', '{}', '{}', 0) returning id
    ), endpoint as (
      insert into integrations.endpoint (lab_id, name, token_hash, verification, secret, account_id, operations)
      values ($1, 'Hospital', 'x', 'token', '', 1, '{}') returning id
    ), request as (
      insert into integrations.request (lab_id, endpoint_id, sha256, at, headers, body, status, answer, patient_id)
      select $1, id, 'x', now(), '{}', '', 200, '{}', $2 from endpoint
    )
    insert into integrations.delivery (lab_id, partner_id, activity_id, action, subject_type, subject_id, patient_id, happened_at, message, due_at)
    select $1, id, 1, 'patients.registered', 'patient', $2, $2, now(), '', now() from partner`, [admin.labId, gone.id])
  expect((await previewMerge(admin, keep.id, gone.id, await labProfile(admin.labId))).moves).toMatchObject({ events: 1 })
  await merge(keep, gone)
  expect(await database.rows(`select patient_id as of from integrations.delivery where lab_id = $1 union all
    select patient_id from integrations.request where lab_id = $1`, [admin.labId])).toEqual([{ of: keep.id }, { of: keep.id }])
})
