import { gunzipSync } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imageKey, sidecarKey, type Clinic, type DentalImage, type DentalImageDetail, type Patient } from '@aliquot/contracts'
import { modules } from '../../modules.ts'
import { systemActor, type Actor } from '#platform/auth'
import { closeDocuments } from '#platform/documents'
import { createApp } from '#platform/http'
import { allJobs, registerModules } from '#platform/module'
import { objects, useObjects } from '#platform/objects'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { labProfile } from '../labs/index.ts'
import { aLab, signInAs, testAuth, type SignedIn } from '../labs/testing.ts'
import { aPatient, mergePatients, previewMerge } from '../patients/testing.ts'
import { addCard } from './cards.ts'
import { createClinicKey } from './clinics.ts'
import { importCards } from './import-cards.ts'
import { aClinic, agentOf, send, sha256, xRayOf } from './testing.ts'

let database: TestDatabase
let app: FastifyInstance
let admin: Actor
let agent: Actor
let staff: SignedIn
let away: SignedIn
let clinic: Clinic
let key: { authorization: string }
let address: string

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  const auth = testAuth(database)
  app = await createApp({ config: database.config, auth, modules, enforceBudgets: true })
  address = await app.listen({ port: 0, host: '127.0.0.1' })
  const [home, other] = [await aLab(), await aLab()]
  admin = systemActor(home.labId, 'test')
  staff = await signInAs(home, ['imaging.view', 'imaging.manage', 'imaging.upload', 'patients.view', 'patients.register'])
  away = await signInAs(other, ['imaging.view', 'imaging.manage', 'imaging.upload'])
  clinic = await aClinic(admin)
  agent = await agentOf(admin, clinic)
  key = { authorization: `Bearer ${(await createClinicKey(admin, clinic.id, { name: 'surgery 1' })).key}` }
})
afterAll(async () => {
  await app.close()
  await closeDocuments()
})

const run = (job: string, payload: object = {}) => allJobs().get(job)!({ labId: admin.labId, ...payload }, { actor: admin, attempt: 1, lastAttempt: false })
const post = (url: string, payload: unknown, headers: object = key) => app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, payload: JSON.stringify(payload) })
const get = async <T>(url: string, headers: object = staff.headers) => (await app.inject({ url, headers: headers as Record<string, string> })).json() as T
const stateOf = async (sentKey: string) => (await database.rows<{ id: number; version: number; state: string; reason: string | null; key: string; detail: string | null }>(
  'select id, version, state, reason, key, detail from imaging.image where sent_key = $1', [sentKey]))[0]!
const imagesOf = async ({ guid }: Pick<Patient, 'guid'>) => (await get<{ items: DentalImage[] }>(`/api/imaging/patients/${guid}/images`)).items
const bytesAt = async (name: string) => {
  const stream = await objects().get(name)
  return stream ? buffer(stream) : null
}
const aCard = async (cardId: string, changes = {}) => {
  const patient = await aPatient(admin, changes)
  await change(admin, (tx) => addCard(tx, { clinicId: clinic.id, cardId, patientId: patient.id }))
  return patient
}
/** Sent, told and checked. */
const sent = async (patient: Pick<Patient, 'guid'>, bytes: Buffer, sentTo = clinic) => {
  const name = await send(sentTo.id, patient.guid, bytes)
  await post('/api/app/imaging/uploaded', { images: [{ key: name }] })
  await run('imaging.check', { imageId: (await stateOf(name)).id })
  return name
}
const hers = (patient: Pick<Patient, 'fullName' | 'birthDate'>, more = {}) =>
  xRayOf({ name: patient.fullName.split(' ').reverse().join('^'), birthDate: patient.birthDate, ...more })

describe('the resolver', () => {
  it('answers GUIDs for cards, and says which it does not know or which two patients have', async () => {
    const [one, two] = [await aCard('R-1'), await aCard('R-2')]
    await aCard('R-2')
    const wanted = { patients: [{ cardId: 'R-1', patientGuid: one.guid }], unresolved: ['R-9'], ambiguous: ['R-2'] }
    expect((await post('/api/app/patient-pms-resolver/resolve', { cardIds: ['R-1', ' R-1', 'R-2', 'R-9'], clinicId: clinic.id })).json()).toEqual(wanted)
    expect((await post('/api/app/patient-pms-resolver/resolve', ['R-1', 'R-2', 'R-9'])).json()).toEqual(wanted)
    expect(two.guid).not.toBe(one.guid)
  })

  it('serves keys of clinics only, for their own cards, and such a key opens nothing else', async () => {
    const other = await aClinic(admin)
    expect((await post('/api/app/patient-pms-resolver/resolve', { cardIds: ['R-1'], clinicId: other.id })).json().code).toBe('imaging.not_a_clinic')
    expect((await post('/api/app/patient-pms-resolver/resolve', { cardIds: ['R-1'] }, staff.headers)).json().code).toBe('imaging.not_a_clinic')
    expect((await post('/api/app/patient-pms-resolver/resolve', { cardIds: ['R-1'] }, {})).statusCode).toBe(401)
    const { key: otherKey } = await createClinicKey(admin, other.id, { name: 'x' })
    expect((await post('/api/app/patient-pms-resolver/resolve', ['R-1'], { authorization: `Bearer ${otherKey}` })).json().unresolved).toEqual(['R-1'])
    for (const url of ['/api/patients', '/api/imaging/cards', '/api/imaging/clinics', '/api/imaging/images/1']) {
      expect((await app.inject({ url, headers: key })).statusCode).toBe(403)
    }
  })

  it('takes cards from a CSV file and tells every line that it leaves out', async () => {
    const [one, two] = [await aPatient(admin), await aPatient(admin)]
    await aCard('C-3')
    const csv = `\ufeffCard_ID;Patient_Number;note\r\nC-1;${one.number};x\r\nC-1;${one.number};x\r\n;${one.number};\r\nC-2;nobody;\r\nC-3;${one.number};\r\nC-4;${one.number};\r\nC-4;${two.number};\r\nC-5;;`
    const outcome = (dryRun: boolean) => change(admin, (tx) => importCards(tx, { clinicId: clinic.id, csv, dryRun }))
    const problems = [[4, 'no_card'], [5, 'unknown_patient'], [6, 'conflict'], [7, 'conflict'], [8, 'conflict'], [9, 'no_patient']]
    const dry = await outcome(true)
    expect([dry.done, dry.lines, dry.added, dry.problems.map(({ line, because }) => [line, because])]).toEqual([false, 8, 1, problems])
    expect(await database.rows(`select from imaging.card where card_id = 'C-1'`)).toHaveLength(0)
    expect(await outcome(false)).toMatchObject({ done: true, added: 1 })
    expect(await outcome(false)).toMatchObject({ added: 0, known: 2 })
    await expect(change(admin, (tx) => importCards(tx, { clinicId: clinic.id, csv: 'a,b\n1,2', dryRun: true }))).rejects.toMatchObject({ code: 'imaging.csv_unreadable' })
  })
})

describe('an image', () => {
  it('goes straight to the bucket, is checked, and is found by the patient\'s GUID', async () => {
    const patient = await aCard('I-1')
    const bytes = hers(patient, { tooth: '36' })
    const file = { patientGuid: patient.guid, imageId: '4711', size: bytes.length, sha256: sha256(bytes) }
    const [{ key: name, form }] = (await post('/api/app/imaging/uploads', { files: [file] })).json().uploads
    expect(name).toBe(imageKey({ ...file, clinicId: clinic.id }))
    const body = new FormData()
    for (const [field, value] of Object.entries(form.fields as Record<string, string>)) body.append(field, value)
    body.append('file', new Blob([new Uint8Array(bytes)], { type: 'application/dicom' }), 'x.dcm')
    expect((await fetch(address + new URL(form.url).pathname, { method: 'POST', body })).status).toBe(204)

    const told = () => post('/api/app/imaging/uploaded', { images: [{ key: name, name: 'Bitewing left' }] })
    expect((await told()).json().images).toEqual([{ key: name, state: 'waiting', reason: null, detail: null }])
    await run('imaging.check', { imageId: (await stateOf(name)).id })
    expect((await told()).json().images).toEqual([{ key: name, state: 'ready', reason: null, detail: null }])
    expect((await post('/api/app/imaging/uploads', { files: [file] })).json().uploads).toEqual([{ key: name, form: null }])

    const [image] = await imagesOf(patient)
    expect(image).toMatchObject({ name: 'Bitewing left', kind: 'intra_oral', modality: 'IO', teeth: ['36'], takenAt: '2025-01-02', width: 32, height: 24 })
    const detail = await get<DentalImageDetail>(`/api/imaging/images/${image!.id}`)
    expect(detail).toMatchObject({ patient: { guid: patient.guid }, spacing: { row: 0.03, at: 'detector' }, sha256: sha256(bytes) })
    expect(detail.tags).toContainEqual(expect.objectContaining({ tag: '(0008,0060)', name: 'Modality', value: 'IO' }))
    const fetched = await Promise.all([image!.thumbnail, detail.links.original, detail.links.picture, detail.links.view].map(async (link) =>
      Buffer.from(await (await fetch(address + new URL(link!).pathname)).arrayBuffer())))
    expect(fetched[1]).toEqual(bytes)
    for (const picture of [fetched[0], fetched[2]]) expect(picture!.subarray(8, 12).toString()).toBe('WEBP')
    const view = gunzipSync(fetched[3]!)
    const length = view.readUInt32LE(0)
    expect(JSON.parse(view.subarray(4, 4 + length).toString())).toMatchObject({ rows: 24, columns: 32, signed: false, slope: 1, inverted: false })
    expect(view.length).toBe(4 + length + 32 * 24 * 2)

    expect(await database.rows(`select message from platform.activity where patient_id = $1 and action like '%viewed' order by id`, [patient.id]))
      .toEqual([{ message: 'Looked at the dental images of a patient' }, { message: 'Looked at a dental image' }])
    expect((await app.inject({ url: `/api/imaging/patients/${patient.guid}/images`, headers: away.headers })).statusCode).toBe(404)
    expect((await app.inject({ url: `/api/imaging/images/${image!.id}`, headers: away.headers })).statusCode).toBe(404)
    expect((await post(`/api/imaging/images/${image!.id}/links`, { what: 'original', hours: 2 }, staff.headers)).json().url).toContain('/objects/')
  })

  it('is checked once, however often it is told and looked at', async () => {
    const patient = await aCard('I-2')
    const name = await sent(patient, hers(patient))
    const before = await database.rows('select * from imaging.image where sent_key = $1', [name])
    const records = () => database.rows(`select from platform.activity where subject_type = 'image' and subject_id = $1`, [before[0]!.id])
    const count = (await records()).length
    await run('imaging.check', { imageId: before[0]!.id })
    await post('/api/app/imaging/uploaded', { images: [{ key: name }, { key: name }] })
    expect(await database.rows('select * from imaging.image where sent_key = $1', [name])).toEqual(before)
    expect(await records()).toHaveLength(count)
  })

  it('of somebody else is never filed', async () => {
    const patient = await aCard('I-3', { fullName: 'Anne Müller', birthDate: '1980-02-29' })
    const aside = async (bytes: Buffer) => (await stateOf(await sent(patient, bytes))).reason
    expect(await aside(xRayOf({ name: 'Schmidt^Bernd', birthDate: '1980-02-29' }))).toBe('name_differs')
    expect(await aside(xRayOf({ name: 'Müller^Anne', birthDate: '1980-02-28' }))).toBe('birth_date_differs')
    await aCard('I-4')
    expect(await aside(xRayOf({ patientId: 'I-4' }))).toBe('card_of_another')
    expect(await aside(xRayOf({}))).toBe('no_identity')
    expect(await aside(Buffer.from('%PDF-1.4 not an X-ray'))).toBe('not_dicom')
    expect(await aside(xRayOf({ name: 'Müller^Anne' }).subarray(0, 700))).toBe('damaged')
    expect(await aside(xRayOf({ name: 'Müller^Anne', more: [[0x0028_0004, 'CS', 'HSV']] }))).toBe('unsupported')
    const bytes = xRayOf({ name: 'Müller^Anne' })
    const wrong = imageKey({ patientGuid: patient.guid, clinicId: clinic.id, imageId: '1', sha256: 'f'.repeat(64) })
    await objects().put(wrong, bytes, { contentType: 'application/dicom' })
    await post('/api/app/imaging/uploaded', { images: [{ key: wrong }] })
    await run('imaging.check', { imageId: (await stateOf(wrong)).id })
    expect((await stateOf(wrong)).reason).toBe('bytes_differ')
    expect(await imagesOf(patient)).toEqual([])
    const { items } = await get<{ items: { reason: string; header: { patientName: string } }[] }>('/api/imaging/set-aside?q=bernd')
    expect(items).toEqual([expect.objectContaining({ reason: 'name_differs', header: expect.objectContaining({ patientName: 'Bernd Schmidt' }) })])
  })

  it('that a person files moves to the patient they choose, and is not sent again', async () => {
    const [wrong, right] = [await aCard('I-5'), await aPatient(admin)]
    const name = await sent(wrong, hers(right))
    const { id, version } = await stateOf(name)
    const file = (payload: object, headers = staff.headers) => post(`/api/imaging/images/${id}/file`, payload, headers)
    expect((await file({ version: version + 1, patientId: right.id, reason: 'x' })).json().code).toBe('platform.stale_version')
    expect((await file({ version, patientId: 999_999, reason: 'x' })).statusCode).toBe(400)
    expect((await file({ version, patientId: right.id, reason: 'x' }, away.headers)).statusCode).toBe(404)
    expect((await file({ version, patientId: right.id, reason: 'the envelope said so' })).json().state).toBe('waiting')
    await run('imaging.check', { imageId: id })
    const filed = await stateOf(name)
    expect([filed.state, filed.key.includes(right.guid)]).toEqual(['ready', true])
    await run('imaging.delete_bytes', { imageId: id, from: name })
    expect([await bytesAt(name), (await bytesAt(filed.key))?.length]).toEqual([null, (await bytesAt(filed.key))?.length])
    expect((await imagesOf(right)).map((image) => image.id)).toEqual([id])
    expect(await imagesOf(wrong)).toEqual([])
    expect((await post('/api/app/imaging/uploaded', { images: [{ key: name }] })).json().images[0].state).toBe('ready')
    await run('imaging.list')
    expect((await stateOf(name)).state).toBe('ready')
  })

  it('that is discarded goes, and is not taken again', async () => {
    const patient = await aCard('I-6')
    const bytes = xRayOf({ name: 'Nobody^Here' })
    const name = await sent(patient, bytes)
    const { id, version } = await stateOf(name)
    expect((await post(`/api/imaging/images/${id}/discard`, { version, reason: 'a test picture' }, staff.headers)).json()).toMatchObject({ state: 'gone', thumbnail: null })
    await run('imaging.delete_bytes', { imageId: id })
    expect(await bytesAt(name)).toBeNull()
    await objects().put(name, bytes, { contentType: 'application/dicom' })
    await post('/api/app/imaging/uploaded', { images: [{ key: name }] })
    expect((await stateOf(name)).reason).toBe('discarded')
  })

  it('of an unknown patient gets no form, nor does another clinic\'s key take it', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    const bytes = xRayOf({})
    const answer = await post('/api/app/imaging/uploads', { files: [{ patientGuid: unknown, imageId: '1', size: bytes.length, sha256: sha256(bytes) }] })
    expect(answer.json()).toMatchObject({ code: 'imaging.unknown_patient', errors: [{ path: '/files/0/patientGuid' }] })
    const other = await aClinic(admin)
    expect((await post('/api/app/imaging/uploaded', { images: [{ key: await send(other.id, unknown, bytes) }] })).json().code).toBe('imaging.not_a_clinic')
  })
})

describe('when two records of a patient are merged', () => {
  const merge = async (keep: Patient, gone: Patient) => {
    const lab = await labProfile(admin.labId)
    await change(admin, (tx) => mergePatients(tx, { keepId: keep.id, version: keep.version, mergeId: gone.id, mergeVersion: gone.version }, lab))
  }

  it('cards and images go along, old keys stay readable, and the old GUID leads to the kept one', async () => {
    const person = { fullName: 'Leela Iyer', birthDate: '1985-03-12' }
    const [keep, gone] = [await aCard('M-1', person), await aCard('M-1', person)]
    await change(admin, (tx) => addCard(tx, { clinicId: clinic.id, cardId: 'M-2', patientId: gone.id }))
    const bytes = hers(gone)
    const before = await sent(gone, bytes)
    const waiting = await send(clinic.id, gone.guid, hers(gone))
    await post('/api/app/imaging/uploaded', { images: [{ key: waiting }] })
    const stray = await stateOf(await sent(await aPatient(admin), hers(gone)))
    await post(`/api/imaging/images/${stray.id}/file`, { version: stray.version, patientId: gone.id, reason: 'the practice called' }, staff.headers)

    expect((await previewMerge(admin, keep.id, gone.id, await labProfile(admin.labId))).moves).toMatchObject({ cards: 2, images: 1 })
    await merge(keep, gone)
    const guid = keep.guid
    expect((await post('/api/app/patient-pms-resolver/resolve', ['M-1', 'M-2'])).json())
      .toEqual({ patients: [{ cardId: 'M-1', patientGuid: guid }, { cardId: 'M-2', patientGuid: guid }], unresolved: [], ambiguous: [] })
    expect(await database.rows('select from imaging.card where patient_id = $1', [keep.id])).toHaveLength(2)
    const first = await stateOf(before)
    expect(first).toMatchObject({ state: 'ready', key: before })
    const { links } = await get<DentalImageDetail>(`/api/imaging/images/${first.id}`)
    expect(Buffer.from(await (await fetch(address + new URL(links.original!).pathname)).arrayBuffer())).toEqual(bytes)

    // What was on its way, and what an agent sends that has not asked again, ends at the kept record.
    await run('imaging.check', { imageId: stray.id })
    await run('imaging.check', { imageId: (await stateOf(waiting)).id })
    const later = hers(keep)
    const file = { patientGuid: gone.guid, imageId: '99', size: later.length, sha256: sha256(later) }
    const [upload] = (await post('/api/app/imaging/uploads', { files: [file] })).json().uploads
    expect(upload).toMatchObject({ key: imageKey({ ...file, clinicId: clinic.id }), form: { fields: {} } })
    await objects().put(upload.key, later, { contentType: 'application/dicom' })
    await run('imaging.list')
    await run('imaging.check', { imageId: (await stateOf(upload.key)).id })
    for (const name of [waiting, upload.key]) expect(await stateOf(name)).toMatchObject({ state: 'ready', key: imageKey(
      { patientGuid: guid, clinicId: clinic.id, imageId: /_(\d+)_/.exec(name)![1]!, sha256: name.slice(-12, -4) }) })
    expect((await imagesOf(keep)).map(({ id }) => id)).toEqual((await imagesOf(gone)).map(({ id }) => id))
    expect(await imagesOf(keep)).toHaveLength(4)
    expect((await post('/api/app/imaging/uploads', { files: [file, { ...file, patientGuid: guid }] })).json().uploads.map((each: { form: object | null }) => each.form))
      .toEqual([null, null])
  })

  it('a check that was under way for the one that goes is done anew', async () => {
    const person = { fullName: 'Vikram Nair', birthDate: '1970-01-31' }
    const [keep, gone] = [await aPatient(admin, person), await aPatient(admin, person)]
    const name = await send(clinic.id, gone.guid, hers(gone))
    await post('/api/app/imaging/uploaded', { images: [{ key: name }] })
    const { id } = await stateOf(name)
    const store = objects()
    useObjects(new Proxy(store, { get: (target, member) => {
      if (member === 'head') useObjects(store)
      if (member === 'head') return async (key: string) => (await merge(keep, gone), store.head(key))
      return Reflect.get(target, member, target) as unknown
    } }))
    await run('imaging.check', { imageId: id })
    expect((await stateOf(name)).state).toBe('waiting')
    await run('imaging.check', { imageId: id })
    expect((await imagesOf(keep)).map((image) => image.id)).toEqual([id])
  })
})

it('does not fetch a file that is too large', async () => {
  const patient = await aPatient(admin)
  const name = await send(clinic.id, patient.guid, hers(patient))
  await post('/api/app/imaging/uploaded', { images: [{ key: name }] })
  const { id } = await stateOf(name)
  const store = objects()
  const fetched: string[] = []
  useObjects(new Proxy(store, { get: (target, member) => {
    if (member === 'head') return async () => ({ size: 600 * 1024 ** 2, etag: 'x', sha256: null })
    if (member === 'get') return (key: string) => (fetched.push(key), store.get(key))
    return (Reflect.get(target, member, target) as (...all: unknown[]) => unknown).bind?.(target) ?? Reflect.get(target, member, target)
  } }))
  await run('imaging.check', { imageId: id }).finally(() => useObjects(store))
  expect(await stateOf(name)).toMatchObject({ state: 'set_aside', reason: 'too_large', detail: 'It has more than 256 MB.' })
  expect(fetched).toEqual([])
})

describe('the listing of the bucket', () => {
  it('finds what nobody told of, sets strangers aside, and notices what is gone', async () => {
    const patient = await aCard('L-1')
    const name = await send(clinic.id, patient.guid, hers(patient))
    await objects().put(sidecarKey(name), Buffer.from(JSON.stringify({ name: 'Upper right' })), { contentType: 'application/json' })
    const nobody = await send(clinic.id, '00000000-0000-4000-8000-000000000001', xRayOf({}))
    const nameless = `images/${patient.guid}/holiday.jpg`
    await objects().put(nameless, Buffer.from('x'), { contentType: 'image/jpeg' })
    const foreign = await send(999_999, patient.guid, hers(patient))
    await send(999_999, '00000000-0000-4000-8000-000000000002', xRayOf({}))
    await run('imaging.list')
    for (const each of [name, nobody, nameless, foreign]) await run('imaging.check', { imageId: (await stateOf(each)).id })
    expect((await imagesOf(patient)).map((image) => image.name)).toEqual(['Upper right'])
    expect(await Promise.all([nobody, nameless, foreign].map(async (each) => (await stateOf(each)).reason))).toEqual(['unknown_patient', 'unknown_name', 'unknown_clinic'])
    expect(await database.rows(`select from imaging.image where key like '%000000000002/%'`)).toEqual([])

    await objects().remove(name)
    await run('imaging.list')
    expect((await stateOf(name)).state).toBe('gone')
    expect(await imagesOf(patient)).toEqual([])
    await objects().put(name, hers(patient), { contentType: 'application/dicom' })
    await run('imaging.list')
    expect((await stateOf(name)).state).toBe('waiting')
  })
})

it('keeps what an agent left out where staff see it', async () => {
  await post('/api/app/imaging/skipped', { total: 2, files: [{ file: 'P_0001/x.tif', reason: 'not_dicom' }] })
  const { items } = await get<{ items: Clinic[] }>('/api/imaging/clinics')
  expect(items.find(({ id }) => id === clinic.id)?.skipped).toMatchObject({ total: 2, files: [{ file: 'P_0001/x.tif', reason: 'not_dicom' }] })
  expect(agent.permissions).toEqual(new Set(['imaging.upload']))
})
