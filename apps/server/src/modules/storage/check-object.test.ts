import { createServer, type AddressInfo, type Server } from 'node:net'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { aLab } from '../labs/testing.ts'
import type { Actor } from '#platform/auth'
import { useConfig } from '#platform/config'
import { closeDocuments } from '#platform/documents'
import { allJobs, registerModules } from '#platform/module'
import { objects } from '#platform/objects'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { attachObject } from './attach-objects.ts'
import { checkAgain } from './look-after.ts'
import { openUpload } from './open-upload.ts'
import { reconcileObject } from './reconcile-object.ts'
import { aPdf, anUpload, pdf, png } from './testing.ts'

let database: TestDatabase
let clerk: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  clerk = anActor((await aLab({ zone: 'IN' })).labId)
})
afterAll(closeDocuments)

const check = (objectId: number) => allJobs().get('storage.check')?.({ labId: clerk.labId, objectId }, { actor: clerk, attempt: 1, lastAttempt: false })
const rowOf = async (id: number) => (await database.rows<Record<string, unknown>>('select * from storage.object where id = $1', [id]))[0] ?? {}
const aReport = (bytes: Buffer, more = {}) => anUpload(clerk, { category: 'FileTypeReport', patientId: 7, bytes, ...more })
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

describe('a check', () => {
  it('stores a healthy PDF byte for byte under its canonical path', async () => {
    const { id, filePath } = await aReport(aPdf('healthy'))
    await check(id)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'verified', treatment: 'kept', pages: 1, sha256: hash(aPdf('healthy')), original_path: null, temporary_path: filePath })
    expect(row.path).toBe(row.final_path)
    expect((await objects().head(String(row.path)))?.sha256).toBe(hash(aPdf('healthy')))
  })

  it('stores a repaired one with the original beside it, and says so', async () => {
    const damaged = Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n'), aPdf('damaged'), Buffer.from('<html>proxy error</html>')])
    const { id } = await aReport(damaged)
    await check(id)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'verified', treatment: 'repaired', pages: 1, original_sha256: hash(damaged) })
    expect(row.notice).toContain('please look')
    expect((await objects().head(String(row.original_path)))?.sha256).toBe(hash(damaged))
    expect(row.stored_size).toBe((await objects().head(String(row.path)))?.size)
  })

  it('twice, or of what was removed meanwhile, changes nothing', async () => {
    const { id } = await aReport(aPdf('twice'))
    await Promise.all([check(id), check(id)])
    const first = await rowOf(id)
    await check(id)
    expect(await rowOf(id)).toEqual(first)
    expect(await database.rows(`select count(*) from platform.activity where action = 'storage.verified' and subject_id = $1`, [id])).toEqual([{ count: 1 }])
  })

  it.each([
    ['locked or empty', Buffer.from('%PDF-1.7\n%%EOF'), {}, /damaged|pages/],
    ['no picture inside', png.subarray(0, 40), { contentType: 'image/png', fileName: 'a.png' }, /./],
  ])('refuses what is %s, for good, with a sentence', async (_, bytes, more, because) => {
    const { id } = await aReport(bytes, more)
    await check(id)
    expect(await rowOf(id)).toMatchObject({ state: 'uploaded', refused_because: expect.stringMatching(because) })
    await expect(change(clerk, (tx) => attachObject(tx, { objectId: id, category: 'FileTypeReport', patientId: 7 }))).rejects.toMatchObject({ code: 'storage.content_mismatch' })
  })

  it('refuses bytes that are not those announced, or that are gone', async () => {
    const announced = { fileName: 'a.pdf', contentType: 'application/pdf', size: pdf.length, category: 'FileTypeReport' as const, patientId: 7 }
    const other = await openUpload(clerk, { ...announced, sha256: hash(Buffer.from('something else')) })
    await objects().put(other.filePath, pdf, { contentType: 'application/pdf' })
    await reconcileObject(clerk, other.filePath)
    await check(other.objectId)
    expect((await rowOf(other.objectId)).refused_because).toMatch(/SHA-256/)
    const right = await openUpload(clerk, { ...announced, sha256: hash(pdf) })
    await objects().put(right.filePath, pdf, { contentType: 'application/pdf' })
    await reconcileObject(clerk, right.filePath)
    await check(right.objectId)
    expect(await rowOf(right.objectId)).toMatchObject({ state: 'verified' })
    const gone = await aReport(pdf)
    await objects().remove(gone.filePath)
    await check(gone.id)
    expect((await rowOf(gone.id)).refused_because).toMatch(/upload it again/)
  })

  it('promotes what it judged: a form used again later changes nothing', async () => {
    const { id, filePath } = await aReport(aPdf('good'))
    await check(id)
    await objects().put(filePath, aPdf('swapped'), { contentType: 'application/pdf' })
    await check(id)
    const row = await rowOf(id)
    expect((await objects().head(String(row.path)))?.sha256).toBe(hash(aPdf('good')))
    expect(row.sha256).toBe(hash(aPdf('good')))
  })
})

describe('with a virus scanner', () => {
  let scanner: Server
  let answer: string | null

  /** Speaks clamd's INSTREAM: length-prefixed chunks, an empty one at the end, then its verdict; or goes away. */
  beforeAll(async () => {
    scanner = createServer((socket) => {
      let received = Buffer.alloc(0)
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk])
        if (answer === null) socket.destroy()
        else if (received.subarray(-4).equals(Buffer.alloc(4))) socket.end(`stream: ${answer}\0`)
      })
    })
    await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve))
    useConfig({ ...database.config, clamd: { host: '127.0.0.1', port: (scanner.address() as AddressInfo).port } as never })
  })
  afterAll(() => {
    useConfig(database.config)
    scanner.close()
  })

  it('refuses what it finds', async () => {
    answer = 'Eicar-Test-Signature FOUND'
    const { id } = await aReport(pdf)
    await check(id)
    expect((await rowOf(id)).refused_because).toMatch(/Eicar-Test-Signature/)
  })

  it('never passes what it could not ask about, and passes it when it is back', async () => {
    answer = null
    const { id } = await aReport(pdf)
    await expect(check(id)).rejects.toThrow('no verdict')
    const stuck = await rowOf(id)
    expect(stuck).toMatchObject({ state: 'uploaded', refused_because: null, check_attempts: 1 })
    expect(stuck.check_trouble).toBeTruthy()
    answer = 'OK'
    await change(clerk, (tx) => checkAgain(tx, id))
    await check(id)
    expect(await rowOf(id)).toMatchObject({ state: 'verified', check_trouble: null })
  })
})
