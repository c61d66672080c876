import { beforeAll, describe, expect, it } from 'vitest'
import type { PatientSummary } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import { aLab } from '../labs/testing.ts'
import { modules } from '../../modules.ts'
import { aStoredObject } from '../storage/testing.ts'
import { activityOf } from '#platform/activity'
import { systemActor, type Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { at, change, read } from '#platform/unit-of-work'
import { allowedTests, setAllowedTests } from './allowed-tests.ts'
import { addAttachment, listAttachments, removeAttachment } from './attachments.ts'
import { findDuplicates } from './find-duplicates.ts'
import { viewOfPatient, viewPatient } from './get-patient.ts'
import { noteVisit, patientOf } from './index.ts'
import { listPatients } from './list-patients.ts'
import { patientTimeline } from './patient-timeline.ts'
import { setIdProofs } from './set-id-proofs.ts'
import { aPatient, register } from './testing.ts'

let database: TestDatabase
let clerk: Actor
let stranger: Actor
const may = ['patients.view', 'patients.register', 'patients.update', 'patients.manage_files', 'patients.limit_tests']

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  clerk = anActor((await aLab()).labId, may, { userId: 'clerk' })
  stranger = anActor((await aLab()).labId, may, { userId: 'stranger' })
})

const anOrganisation = (actor: Actor, name: string, disabled = false) => change(systemActor(actor.labId, 'test'), async (tx) =>
  (await tx.db.insertInto('labs.organisation').values({ lab_id: actor.labId, name, code: name, kind: 'clinic',
    disabled }).returning('id').executeTakeFirstOrThrow()).id)
const aDoctor = (actor: Actor, name: string) => change(systemActor(actor.labId, 'test'), async (tx) =>
  (await tx.db.insertInto('labs.doctor').values({ lab_id: actor.labId, name }).returning('id').executeTakeFirstOrThrow()).id)
const list = async (actor: Actor, query: Parameters<typeof listPatients>[1] = {}) => {
  const lab = await labProfile(actor.labId)
  return read(actor, (db) => listPatients(db, query, lab))
}

describe('the list', () => {
  const namesOf = (items: PatientSummary[]) => items.map(({ fullName }) => fullName)

  it('pages through everybody once, the last registered first, for the same three statements', async () => {
    const actor = { ...clerk, labId: (await aLab()).labId }
    const start = Date.now() - 3600_000
    for (let i = 0; i < 23; i++) await at(new Date(start + Math.floor(i / 3) * 1000),
      () => aPatient(actor, { fullName: `Person ${i} ${'xyz'[i % 3]}` }))
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const { result: page, statements } = await countStatements(() => list(actor, { limit: 5, ...(cursor ? { cursor } : {}) }))
      expect(statements).toBe(3)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
      // Somebody who registers in between moves nobody to another page.
      await aPatient(actor)
    } while (cursor)
    expect(seen).toHaveLength(23)
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    expect((await countStatements(() => list(actor, { limit: 1 }))).statements).toBe(3)
    await expect(list(actor, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'platform.bad_cursor' })
  })

  it('finds by name with typing errors, number, phone, and pages the matches, best first', async () => {
    const actor = { ...clerk, labId: (await aLab()).labId }
    const { number } = await aPatient(actor, { fullName: 'Lakshmi Narayanan', phone: '9444012345' })
    for (let i = 0; i < 7; i++) await aPatient(actor, { fullName: `Lakshmi ${'abcdefg'[i]}` })
    expect(namesOf((await list(actor, { q: 'lakhsmi narayanan' })).items)[0]).toBe('Lakshmi Narayanan')
    for (const q of [number, '944401', 'NARAYANAN']) expect(namesOf((await list(actor, { q })).items)[0], q).toBe('Lakshmi Narayanan')
    const first = await list(actor, { q: 'lakshmi', limit: 5 })
    const second = await list(actor, { q: 'lakshmi', limit: 5, cursor: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(8)
    expect(second.next).toBeNull()
    expect(await list(actor, { q: 'zzzzqqq' })).toEqual({ items: [], next: null })
    expect((await countStatements(() => list(actor, { q: 'lakshmi' }))).statements).toBe(4)
    expect(await list(stranger, { q: 'lakshmi' })).toEqual({ items: [], next: null })
  })

  it('filters by organisation and doctor, who must be the lab\'s and enabled', async () => {
    const [organisationId, doctorId] = [await anOrganisation(clerk, 'City Clinic'), await aDoctor(clerk, 'Dr Sen')]
    const patient = await aPatient(clerk, { organisationId, doctorId })
    expect(patient).toMatchObject({ organisation: { id: organisationId, name: 'City Clinic' }, doctor: { id: doctorId, name: 'Dr Sen' } })
    for (const query of [{ organisationId }, { doctorId }, { organisationId, doctorId, q: patient.number }])
      expect((await list(clerk, query)).items.map(({ id }) => id)).toEqual([patient.id])
    const closed = await anOrganisation(clerk, 'Closed', true)
    await expect(aPatient(clerk, { organisationId: closed }))
      .rejects.toMatchObject({ code: 'platform.invalid_input', errors: [{ path: '/organisationId', code: 'patients.disabled_organisation' }] })
    await expect(aPatient(stranger, { organisationId, doctorId }))
      .rejects.toMatchObject({ errors: [{ path: '/organisationId', code: 'patients.unknown_organisation' }, { path: '/doctorId' }] })
    await database.rows('update labs.organisation set disabled = true where id = $1', [organisationId])
    await register(clerk, { userDetailsId: patient.id, version: 1, city: 'Kochi' })
  })

  it('shows a portal who belongs to its organisation or doctor, or was ordered for by them', async () => {
    const actor = { ...clerk, labId: (await aLab()).labId }
    const [ours, theirs, sen] = [await anOrganisation(actor, 'Ours'), await anOrganisation(actor, 'Theirs'), await aDoctor(actor, 'Dr Sen')]
    const own = await aPatient(actor, { organisationId: ours })
    const visited = await aPatient(actor, { organisationId: theirs })
    const other = await aPatient(actor, { organisationId: theirs })
    const time = new Date('2026-05-01T10:00:00Z')
    for (let i = 0; i < 2; i++) await at(time,
      () => change(actor, (tx) => noteVisit(tx, { patientId: visited.id, organisationId: ours, doctorId: sen })))
    await change(actor, (tx) => noteVisit(tx, { patientId: other.id, organisationId: null, doctorId: null }))
    const idsFor = async (more: Partial<Actor>) => (await list({ ...actor, ...more })).items.map(({ id }) => id)
    expect(await idsFor({ kind: 'organisation', organisationId: ours })).toEqual([visited.id, own.id])
    expect(await idsFor({ kind: 'doctor', doctorId: sen })).toEqual([visited.id])
    expect(await idsFor({})).toEqual([other.id, visited.id, own.id])
    expect((await list(actor)).items.find(({ id }) => id === visited.id)?.lastVisitAt).toBe(time.toISOString())
    await expect(read({ ...actor, doctorId: sen }, (db) => patientOf(db, own.id))).rejects.toMatchObject({ code: 'platform.not_found' })
    expect(await database.rows('select count(*) from patients.reach where lab_id = $1', [actor.labId])).toEqual([{ count: 1 }])
  })
})

describe('one patient', () => {
  it('is looked at on the record, once in five minutes, and not found from another lab', async () => {
    const { id, number, fullName } = await aPatient(clerk)
    for (let i = 0; i < 3; i++) expect(await viewPatient(clerk, id)).toMatchObject({ number })
    expect(await database.rows(`select message from platform.activity where action = 'patients.viewed' and patient_id = $1`, [id]))
      .toEqual([{ message: `Looked at ${fullName} (${number})` }])
    await expect(viewPatient(stranger, id)).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(viewOfPatient(stranger, id, (db) => allowedTests(db, id))).rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('has a timeline of everything, newest first, in pages', async () => {
    const { id } = await aPatient(clerk)
    await viewPatient(clerk, id)
    await register(clerk, { userDetailsId: id, version: 1, city: 'Surat', phone: '9700000001' })
    const object = await aStoredObject(clerk, { patientId: id })
    await change(clerk, (tx) => addAttachment(tx, id, { objectId: object.id, title: 'Prescription' }))
    const { result: all, statements } = await countStatements(() => read(clerk, (db) => patientTimeline(db, [id], {})))
    expect(statements).toBe(3)
    expect(all.items.map(({ kind, title, detail }) => [kind, title.replace(/ \(P\d+\)/, '').split(' ')[0], detail])).toEqual([
      ['attachment', 'Attached', null], ['attachment', 'Checked', null], ['change', 'Changed', 'city, phone'],
        ['view', 'Looked', null], ['registration', 'Registered', null],
    ])
    const first = await read(clerk, (db) => patientTimeline(db, [id], { limit: 2 }))
    const rest = await read(clerk, (db) => patientTimeline(db, [id], { cursor: first.next ?? '' }))
    expect([...first.items, ...rest.items]).toEqual(all.items)
    expect(await read(stranger, (db) => patientTimeline(db, [id], {}))).toEqual({ items: [], next: null })
  })

  it('is in the activity log by account, category, action, day and words', async () => {
    const actor = anActor((await aLab()).labId, may, { accountId: 77 })
    const { id } = await at(new Date('2026-02-01T20:00:00Z'), () => aPatient(actor, { fullName: 'Hundred % Sure' }))
    const ids = async (filter: Parameters<typeof activityOf>[1]) =>
      (await read(actor, (db) => activityOf(db, filter))).items.map(({ subject }) => subject.id)
    const day = { zone: 'Asia/Kolkata', patientId: id }
    for (const filter of [{ accountId: 77 }, { category: 1200, accountId: 77 }, { action: 'patients.registered' }, { q: 'hundred % s' },
      { ...day, from: '2026-02-02', to: '2026-02-02' }]) expect(await ids(filter)).toEqual([id])
    for (const filter of [{ accountId: 78 }, { q: 'hundred_' }, { ...day, to: '2026-02-01' }, { ...day, from: '2026-02-03' }, { reportId: id }])
      expect(await ids(filter)).toEqual([])
  })
})

describe('what hangs on a patient', () => {
  it('attachments: uploaded and checked files of this patient only; the file goes with the attachment', async () => {
    const [patient, other] = [await aPatient(clerk), await aPatient(clerk)]
    const object = await aStoredObject(clerk, { patientId: patient.id })
    const add = (patientId: number, objectId: number, actor = clerk) =>
      change(actor, (tx) => addAttachment(tx, patientId, { objectId, title: ' X-ray ' }))
    await expect(add(other.id, object.id)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(add(patient.id, 999_999)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(add(patient.id, object.id, stranger)).rejects.toMatchObject({ code: 'platform.not_found' })
    const { result: attachment, statements } = await countStatements(() => add(patient.id, object.id))
    expect(statements).toBeLessThanOrEqual(8)
    expect(attachment).toMatchObject({ title: 'X-ray', object: { id: object.id, state: 'attached' }, addedBy: { name: 'test', kind: 'staff' } })
    await expect(add(patient.id, object.id)).rejects.toMatchObject({ code: 'platform.already_exists' })
    const page = await read(clerk, (db) => listAttachments(db, patient.id, {}))
    expect(page).toEqual({ items: [attachment], next: null })
    await expect(change(clerk, (tx) => removeAttachment(tx, other.id, attachment.id))).rejects.toMatchObject({ code: 'platform.not_found' })
    await change(clerk, (tx) => removeAttachment(tx, patient.id, attachment.id))
    expect(await read(clerk, (db) => listAttachments(db, patient.id, {}))).toEqual({ items: [], next: null })
    expect(await database.rows('select state from storage.object where id = $1', [object.id])).toEqual([{ state: 'removed' }])
    expect(await database.rows(`select count(*) from graphile_worker.jobs where task_identifier = 'storage.delete_bytes'`)).toEqual([{ count: 1 }])
  })

  it('id proofs: replaced as a difference, with their scans, and nobody else\'s', async () => {
    const [scan, second] = [await aStoredObject(clerk, { category: 'IdProof' }), await aStoredObject(clerk, { category: 'IdProof' })]
    const patient = await aPatient(clerk, { idProofs: [{ type: 'passport', number: 'm 1234567', objectId: scan.id },
      { type: 'other', number: 'RATION-12' }] })
    expect(patient.idProofs).toMatchObject([{ type: 'passport', number: 'm 1234567', objectId: scan.id }, { type: 'other', objectId: null }])
    const { version } = await read(clerk, (db) => patientOf(db, patient.id))
    expect((await read(clerk, (db) => patientOf(db, patient.id))).idProofs).toEqual(patient.idProofs)
    const set = (given: Parameters<typeof setIdProofs>[2], id = patient.id, actor = clerk) => change(actor, (tx) => setIdProofs(tx, id, given))
    const after = await set([{ type: 'passport', number: 'M1234567', objectId: second.id }, { type: 'pan', number: 'BBBPB2222B' }])
    expect(after).toMatchObject([{ id: patient.idProofs[0]?.id, number: 'M1234567', objectId: second.id, addedAt: patient.idProofs[0]?.addedAt },
      { type: 'pan' }])
    expect(await database.rows('select id, state from storage.object where id = any ($1) order by id', [[scan.id, second.id]]))
      .toEqual([{ id: scan.id, state: 'removed' }, { id: second.id, state: 'attached' }])
    await expect(register(clerk, { userDetailsId: patient.id, version, city: 'X' })).rejects.toMatchObject({ code: 'platform.stale_version' })
    const other = await aPatient(clerk, { idProofs: [{ type: 'other', number: 'RATION-12' }] })
    await expect(set([{ type: 'pan', number: 'bbbpb2222b' }], other.id))
      .rejects.toMatchObject({ code: 'patients.national_id_taken', errors: [{ path: '/idProofs' }] })
    await expect(set([{ type: 'pan', number: 'X' }, { type: 'aadhaar', number: '1' }]))
      .rejects.toMatchObject({ code: 'platform.invalid_input', errors: [{ path: '/idProofs/0/number' }, { path: '/idProofs/1/number' }] })
    await expect(set([{ type: 'other', number: 'A-123' }, { type: 'other', number: 'a123' }]))
      .rejects.toMatchObject({ errors: [{ path: '/idProofs/1/number', code: 'patients.id_proof_twice' }] })
    await expect(set([], patient.id, stranger)).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(set([{ type: 'passport', number: 'M1234567', objectId: scan.id }])).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    expect((await read(clerk, (db) => patientOf(db, patient.id))).idProofs).toEqual(after)
    expect(await set([])).toEqual([])
  })

  it('allowed tests: of this lab, or all', async () => {
    const patient = await aPatient(clerk)
    expect(await read(clerk, (db) => allowedTests(db, patient.id))).toEqual({ limited: false, tests: [] })
    await expect(change(clerk, (tx) => setAllowedTests(tx, patient.id, [999_999])))
      .rejects.toMatchObject({ code: 'platform.invalid_input', errors: [{ path: '/testIds', code: 'patients.unknown_test' }] })
    await expect(change(stranger, (tx) => setAllowedTests(tx, patient.id, null))).rejects.toMatchObject({ code: 'platform.not_found' })
    expect(await change(clerk, (tx) => setAllowedTests(tx, patient.id, null))).toEqual({ limited: false, tests: [] })
  })
})

it('finds duplicates while a form is being filled, without what is not known yet', async () => {
  const lab = await labProfile(clerk.labId)
  const known = await aPatient(clerk, { fullName: 'Farhan Qureshi', phone: '9333300001', nationalId: 'CCCPC3333C', nationalIdType: 'pan' })
  const find = (query: Parameters<typeof findDuplicates>[1]) => read(clerk, (db) => findDuplicates(db, query, lab))
  expect(await find({ fullName: 'Farhan Qureshi' })).toEqual([])
  expect(await find({ fullName: 'Farhaan Kureshi', phone: '093333 00001' }))
    .toMatchObject([{ patient: { id: known.id }, reasons: ['name', 'phone'] }])
  expect(await find({ fullName: 'Nobody', nationalId: 'cccpc-3333-c' }))
    .toMatchObject([{ patient: { id: known.id }, score: 1, reasons: ['national_id'] }])
  expect(await find({ fullName: 'Farhan Qureshi', birthDate: known.birthDate, exceptPatientId: known.id })).toEqual([])
})
