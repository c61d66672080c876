import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReserveUploadBody, UploadTicket } from '@aliquot/contracts'
import { aLab } from '../labs/testing.ts'
import { modules } from '../../modules.ts'
import { createAuth, type Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { closeDocuments, describePdf } from '#platform/documents'
import { createApp } from '#platform/http'
import { allJobs, registerModules } from '#platform/module'
import { objects } from '#platform/objects'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { at, change } from '#platform/unit-of-work'
import { downloadLink, downloadLinkAt } from './download-link.ts'
import { attachAt, attachObject, attachObjects, releaseObjects, supersedeObjects } from './index.ts'
import { labOfPath, pathsOf } from './object-path.ts'
import { removeObject } from './look-after.ts'
import { missingFilePage } from './missing-file-page.ts'
import { openUpload } from './open-upload.ts'
import { reconcileObject } from './reconcile-object.ts'
import { reserveObject } from './reserve-object.ts'
import { storedBytes } from './stored-bytes.ts'
import { anUpload, aStoredObject, pdf, png } from './testing.ts'

let database: TestDatabase
let clerk: Actor
let app: FastifyInstance
let stranger: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  clerk = anActor((await aLab({ zone: 'IN' })).labId)
  stranger = anActor((await aLab()).labId)
  app = await createApp({ config: database.config, auth: createAuth(database.config, database.url), modules })
})

afterAll(async () => {
  await app.close()
  await closeDocuments()
})

const body = (changes: Partial<ReserveUploadBody> = {}): ReserveUploadBody =>
  ({ fileName: 'scan.pdf', contentType: 'application/pdf', size: pdf.length, category: 'PatientAttachment', patientId: 7, ...changes })
const put = (ticket: UploadTicket, bytes: Buffer) => objects().put(ticket.filePath, bytes, { contentType: 'application/pdf' })
const stateOf = async (id: number) => (await database.rows<{ state: string }>('select state from storage.object where id = $1', [id]))[0]?.state
/** How many bytes a link leads to, by the disk driver's own door. */
const fetchSize = async (url: string) => (await app.inject({ url: new URL(url).pathname })).rawPayload.length
const run = (job: string, objectId: number) =>
  allJobs().get(job)?.({ labId: clerk.labId, objectId }, { actor: clerk, attempt: 1, lastAttempt: false })

describe('reserving', () => {
  it('writes the ledger first, then signs a form for that key, type and size', async () => {
    const { result: ticket, statements } = await countStatements(() => openUpload(clerk, body({ fileName: 'Blood réport (final) ‮.pdf' })))
    expect(statements).toBeLessThanOrEqual(4 + 4)
    expect(ticket.filePath).toMatch(new RegExp(`^PatientAttachments/IN/${clerk.labId}/7/[0-9a-f-]{36}/Blood_report_final.pdf$`))
    expect(ticket.upload.fields).toMatchObject({ 'Content-Type': 'application/pdf' })
    const [row] = await database.rows('select path, temporary_path, final_path, compatible_path, state, size from storage.object where id = $1', [ticket.objectId])
    expect(row).toMatchObject({ path: ticket.filePath, temporary_path: ticket.filePath, state: 'reserved', size: pdf.length,
      compatible_path: `IN/${clerk.labId}/7/PatientAttachment/Blood_report_final.pdf` })
    expect(row?.final_path).toMatch(new RegExp(`^IN/${clerk.labId}/7/PatientAttachment/[0-9a-f-]{36}_Blood_report_final.pdf$`))
  })

  it('leaves neither row nor job of a reservation that is rolled back', async () => {
    const left = () => database.rows('select (select count(*) from storage.object) as objects, (select count(*) from graphile_worker.jobs) as jobs')
    const before = await left()
    await expect(change(clerk, async (tx) => {
      await reserveObject(tx, body(), 'IN')
      throw new Error('crash')
    })).rejects.toThrow('crash')
    expect(await left()).toEqual(before)
  })

  it('refuses what the category does not take, with every reason', async () => {
    await expect(openUpload(clerk, body({ contentType: 'text/html', size: 99 * 1024 * 1024 }))).rejects.toMatchObject({
      code: 'storage.type_not_allowed', errors: [{ path: '/contentType' }, { path: '/size', code: 'storage.too_large' }],
    })
    await expect(openUpload(clerk, body({ fileName: 'virus.exe' }))).rejects.toMatchObject({ errors: [{ path: '/fileName' }] })
    await expect(openUpload(clerk, body({ contentType: 'image/svg+xml', fileName: 'logo.svg', category: 'LabLogo' })))
      .rejects.toMatchObject({ code: 'storage.type_not_allowed' })
    await expect(openUpload(clerk, body({ contentType: 'constructor', fileName: 'x' }))).rejects.toMatchObject({ code: 'storage.type_not_allowed' })
    await openUpload(clerk, body({ fileName: 'photo.JPEG', contentType: 'image/jpeg', category: 'IdProof', patientId: null }))
  })

  it('makes paths that no name can leave', () => {
    const parts = { zone: 'IN', labId: 1, patientId: null, category: 'IdProof', cloudDocId: 'id', contentType: 'image/png' } as const
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (fileName) => {
      const { temporary, canonical, compatible } = pathsOf({ ...parts, fileName })
      expect(canonical).toMatch(/^IN\/1\/0\/IdProof\/id_[A-Za-z0-9_-]{1,80}\.png$/)
      expect(temporary).toMatch(/^IdProofs\/IN\/1\/0\/id\/[A-Za-z0-9_-]{1,80}\.png$/)
      expect(compatible).toMatch(/^IN\/1\/0\/IdProof\/[A-Za-z0-9_-]{1,80}\.png$/)
      for (const path of [temporary, canonical, compatible]) expect(labOfPath(path)).toBe(1)
    }))
    expect(pathsOf({ ...parts, fileName: '../../etc/passwd' }).canonical).toBe('IN/1/0/IdProof/id_etc_passwd.png')
    expect(pathsOf({ ...parts, category: 'FileTypeReport', fileName: 'scan.png' }).canonical).toBe('IN/1/0/FileTypeReport/id_scan.pdf')
  })

  it('honours a path that the caller chose in its own folders, once', async () => {
    const file = { category: 'FileTypeReport', patientId: 7 } as const
    const temporary = `FileTypeReports/IN/${clerk.labId}/123456/ab12cd/report.pdf`
    const first = await openUpload(clerk, body({ ...file, cloud_path: temporary }))
    expect(first.filePath).toBe(temporary)
    await expect(openUpload(clerk, body({ ...file, cloud_path: temporary }))).rejects.toMatchObject({ code: 'storage.path_taken', status: 409 })
    const canonical = `IN/${clerk.labId}/7/FileTypeReport/16915654908422848526992_foo.pdf`
    const second = await openUpload(clerk, body({ ...file, cloud_path: canonical }))
    expect(second.filePath).not.toBe(canonical)
    expect(await database.rows('select final_path, compatible_path from storage.object where id = $1', [second.objectId]))
      .toEqual([{ final_path: canonical, compatible_path: `IN/${clerk.labId}/7/FileTypeReport/foo.pdf` }])
  })

  it.each([
    ['another lab\'s folder', (lab: number) => `IN/${lab + 1}/7/FileTypeReport/a_b.pdf`],
    ['another lab\'s uploads', (lab: number) => `FileTypeReports/IN/${lab + 1}/7/x/b.pdf`],
    ['another zone', (lab: number) => `US/${lab}/7/FileTypeReport/a_b.pdf`],
    ['another patient\'s folder', (lab: number) => `IN/${lab}/8/FileTypeReport/a_b.pdf`],
    ['another category', (lab: number) => `IN/${lab}/7/IdProof/a_b.pdf`],
    ['dots', (lab: number) => `IN/${lab}/7/FileTypeReport/../../../1/x.pdf`],
    ['a deeper folder', (lab: number) => `IN/${lab}/7/FileTypeReport/x/a_b.pdf`],
    ['another extension', (lab: number) => `FileTypeReports/IN/${lab}/7/x/b.exe`],
  ])('refuses a chosen path with %s', async (_, path) => {
    await expect(openUpload(clerk, body({ category: 'FileTypeReport', cloud_path: path(clerk.labId) })))
      .rejects.toMatchObject({ code: 'storage.path_not_allowed', status: 422 })
  })
})

describe('reconciling', () => {
  it('notes that it arrived, once, and queues its check', async () => {
    const ticket = await openUpload(clerk, body())
    await expect(reconcileObject(clerk, ticket.filePath)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await put(ticket, pdf)
    const [first, second] = await Promise.all([reconcileObject(clerk, ticket.filePath), reconcileObject(clerk, ticket.filePath)])
    expect(first).toMatchObject({ state: 'uploaded', size: pdf.length, refusedBecause: null })
    expect(second).toEqual(first)
    expect(await reconcileObject(clerk, ticket.filePath)).toEqual(first)
    expect(await database.rows(`select count(*) from platform.activity where action = 'storage.uploaded' and subject_id = $1`, [ticket.objectId]))
      .toEqual([{ count: 1 }])
    expect(await database.rows(`select count(*) from graphile_worker.jobs where key = $1`, [`storage.check:${ticket.objectId}`])).toEqual([{ count: 1 }])
  })

  it('refuses what is not what was announced, for good', async () => {
    for (const [bytes, changes, because] of [
      [png, {}, /a PNG picture, not a PDF/], [Buffer.concat([pdf, pdf]), { size: pdf.length }, /bytes, not/],
      [randomBytes(500), { contentType: 'image/jpeg', fileName: 'a.jpg' }, /not a JPEG picture/],
      [Buffer.from('<script>alert(1)</script>'.repeat(9)), {}, /its content is not a PDF/], [Buffer.from([1]), {}, /its content is not/],
    ] as const) {
      const ticket = await openUpload(clerk, body({ size: bytes.length, ...changes }))
      await put(ticket, bytes)
      for (let i = 0; i < 2; i++) await expect(reconcileObject(clerk, ticket.filePath))
        .rejects.toMatchObject({ status: 422, code: 'storage.content_mismatch', message: expect.stringMatching(because) })
      expect(await stateOf(ticket.objectId)).toBe('uploaded')
      await expect(change(clerk, (tx) => attachObject(tx, { objectId: ticket.objectId, category: 'PatientAttachment', patientId: 7 })))
        .rejects.toMatchObject({ code: 'storage.content_mismatch' })
    }
  })

  it('says when the time is over, and knows nothing of another lab', async () => {
    const ticket = await openUpload(clerk, body())
    await expect(at(new Date(Date.now() + 2 * 3600_000), () => reconcileObject(clerk, ticket.filePath)))
      .rejects.toMatchObject({ code: 'storage.upload_expired' })
    await expect(reconcileObject(stranger, ticket.filePath)).rejects.toMatchObject({ code: 'platform.not_found' })
    await expect(downloadLink(stranger, ticket.objectId)).rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('takes every kind of file that is offered', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4), Buffer.from('mif1heic'), Buffer.alloc(64)])
    const tiff = Buffer.concat([Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]), Buffer.alloc(64)])
    for (const [contentType, bytes] of [['image/png', png], ['image/heic', heic], ['image/tiff', tiff],
      ['application/pdf', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nServer: x\r\n\r\n'), pdf])],
      ['image/jpeg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)])],
      ['image/gif', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(64)])],
      ['image/webp', Buffer.concat([Buffer.from('RIFF\x40\0\0\0WEBPVP8 '), Buffer.alloc(64)])],
      ['image/bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(64)])]] as const) {
      expect(await anUpload(clerk, { contentType, bytes, fileName: 'a' }), contentType).toMatchObject({ state: 'uploaded', contentType })
    }
  })
})

describe('using', () => {
  const attach = (objectIds: number[], patientId = 7, category: 'PatientAttachment' | 'IdProof' = 'PatientAttachment', actor = clerk) =>
    change(actor, (tx) => attachObjects(tx, { objectIds, category, patientId }))

  it('attaches checked files of the right kind and patient, once or again, and gives links to them', async () => {
    const [mine, loose] = [await aStoredObject(clerk, { patientId: 7 }), await aStoredObject(clerk, { patientId: null })]
    await expect(attach([mine.id], 8)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(attach([mine.id], 7, 'IdProof')).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(attach([mine.id], 7, 'PatientAttachment', stranger)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(attach([mine.id, 999_999])).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    expect(await stateOf(mine.id)).toBe('verified')
    for (let i = 0; i < 2; i++) expect((await attach([loose.id, mine.id])).map(({ id, state, patientId }) => [id, state, patientId]))
      .toEqual([[loose.id, 'attached', 7], [mine.id, 'attached', 7]])
    await expect(attach([loose.id], 8)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    const { url } = await downloadLink(clerk, mine.id)
    expect(url).toContain('/objects/')
    expect(await database.rows(`select patient_id, message from platform.activity where action = 'storage.downloaded'`))
      .toEqual([{ patient_id: 7, message: 'Opened scan.pdf' }])
  })

  it('claims what is still being checked; its check attaches it', async () => {
    const { id } = await anUpload(clerk, { patientId: 7 })
    expect(await attach([id])).toMatchObject([{ state: 'uploaded' }])
    await expect(downloadLink(clerk, id)).rejects.toMatchObject({ code: 'storage.still_checking' })
    await run('storage.check', id)
    expect(await stateOf(id)).toBe('attached')
    await downloadLink(clerk, id)
  })

  it('finds files by temporary, canonical and compatible path, the newest of one name', async () => {
    const { filePath, id } = await anUpload(clerk, { patientId: 7, fileName: 'letter.pdf' })
    await run('storage.check', id)
    const newest = await aStoredObject(clerk, { patientId: 7, fileName: 'letter.pdf', bytes: Buffer.concat([pdf, Buffer.from('\n')]) })
    const [row] = await database.rows<{ final_path: string }>('select final_path from storage.object where id = $1', [id])
    expect(row?.final_path).not.toBe(filePath)
    const size = async (path: string) => Number((await fetchSize((await downloadLinkAt(clerk, path)).url)))
    expect(await size(filePath)).toBe(pdf.length)
    expect(await size(row?.final_path ?? '')).toBe(pdf.length)
    expect(await size(`IN/${clerk.labId}/7/PatientAttachment/letter.pdf`)).toBe(newest.size)
    await expect(downloadLinkAt(stranger, filePath)).rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('says why a path cannot be used', async () => {
    const attachPath = (path: string, patientId = 7) => change(clerk, (tx) => attachAt(tx, { paths: [path], category: 'PatientAttachment', patientId }))
    const ticket = await openUpload(clerk, body())
    await expect(attachPath(ticket.filePath)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    await expect(attachPath(`PatientAttachments/IN/${clerk.labId}/7/never/reserved.pdf`)).rejects.toMatchObject({ code: 'platform.not_found' })
    const { filePath } = await anUpload(clerk, { patientId: 8 })
    await expect(attachPath(filePath)).rejects.toMatchObject({ code: 'storage.path_not_allowed', message: expect.stringContaining('another patient') })
    const other = await anUpload(clerk, { patientId: 7, category: 'IdProof' })
    await expect(attachPath(other.filePath)).rejects.toMatchObject({ code: 'storage.path_not_allowed', message: expect.stringContaining('IdProof') })
    const theirs = await anUpload(stranger, { patientId: 7 })
    await expect(attachPath(theirs.filePath)).rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('keeps what was superseded', async () => {
    const { id, path } = await aStoredObject(clerk, { patientId: 7 })
    await attach([id])
    await change(clerk, (tx) => supersedeObjects(tx, [id]))
    expect(await stateOf(id)).toBe('superseded')
    expect(await objects().head(path)).not.toBeNull()
    await expect(attach([id])).rejects.toMatchObject({ code: 'storage.not_uploaded' })
  })

  it('hides the ledger from portal users', async () => {
    const { id } = await aStoredObject(clerk, {})
    await expect(downloadLink({ ...clerk, kind: 'doctor', doctorId: 3 }, id)).rejects.toMatchObject({ code: 'platform.not_found' })
  })
})

describe('cleaning up', () => {
  const tomorrow = <T>(work: () => Promise<T>) => at(new Date(Date.now() + 25 * 3600_000), work)

  it('removes what nobody used within a day, with its bytes, and only that; twice equals once', async () => {
    const reserved = await openUpload(clerk, body())
    const verified = await aStoredObject(clerk, {})
    const used = await aStoredObject(clerk, { patientId: 7 })
    await change(clerk, (tx) => attachObject(tx, { objectId: used.id, category: 'PatientAttachment', patientId: 7 }))
    const all = [reserved.objectId, verified.id, used.id]
    for (const id of all) await run('storage.sweep_unused', id)
    expect(await Promise.all(all.map(stateOf))).toEqual(['reserved', 'verified', 'attached'])
    for (let i = 0; i < 2; i++) await tomorrow(async () => { for (const id of all) await run('storage.sweep_unused', id) })
    expect(await Promise.all(all.map(stateOf))).toEqual(['removed', 'removed', 'attached'])
    for (let i = 0; i < 2; i++) for (const id of all) await run('storage.delete_bytes', id)
    expect(await objects().head(verified.path)).toBeNull()
    expect(await objects().head(used.path)).not.toBeNull()
    expect(await database.rows(`select count(*) from platform.activity where action = 'storage.bytes_deleted'`)).toEqual([{ count: 2 }])
    await expect(reconcileObject(clerk, reserved.filePath)).rejects.toMatchObject({ code: 'storage.not_uploaded' })
    expect(await downloadLink(clerk, verified.id)).toMatchObject({ fileName: 'file_not_exists.pdf' })
  })

  it('loses no file to a sweep that meets an attach', async () => {
    for (let i = 0; i < 10; i++) {
      const { id, path } = await aStoredObject(clerk, { patientId: 7 })
      const [attached] = await tomorrow(() => Promise.allSettled([
        change(clerk, (tx) => attachObject(tx, { objectId: id, category: 'PatientAttachment', patientId: 7 })), run('storage.sweep_unused', id),
      ]))
      await run('storage.delete_bytes', id)
      expect(await stateOf(id)).toBe(attached?.status === 'fulfilled' ? 'attached' : 'removed')
      expect((await objects().head(path)) !== null).toBe(attached?.status === 'fulfilled')
    }
  })

  it('keeps everything of a release that is rolled back', async () => {
    const { id, path } = await aStoredObject(clerk, {})
    await expect(change(clerk, async (tx) => {
      await releaseObjects(tx, [id])
      throw new Error('no')
    })).rejects.toThrow('no')
    await run('storage.delete_bytes', id)
    expect(await stateOf(id)).toBe('verified')
    expect(await objects().head(path)).not.toBeNull()
  })

  it('shows a page that says so where a file was removed', async () => {
    const { id } = await aStoredObject(clerk, { patientId: 7 })
    const removed = await change(clerk, (tx) => removeObject(tx, id, { reason: 'not this patient' }))
    expect(removed).toMatchObject({ state: 'removed', path: 'file_not_exists.pdf' })
    expect(await change(clerk, (tx) => removeObject(tx, id, { reason: 'again' }))).toEqual(removed)
    const { url, fileName } = await downloadLink(clerk, id)
    expect(fileName).toBe('file_not_exists.pdf')
    expect(await fetchSize(url)).toBe((await missingFilePage()).length)
    expect((await describePdf(await missingFilePage())).pages).toBe(1)
    expect((await storedBytes(clerk.labId, [id])).get(id)).toEqual(await missingFilePage())
  })
})
