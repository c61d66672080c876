import { hash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { access, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../auth/index.ts'
import { createApp } from '../http/index.ts'
import { testDatabase, type TestDatabase } from '../testing/index.ts'
import { DiskStore, openObjects, useObjects } from './index.ts'
import { fileOf, multipart, partsOf, post } from './testing.ts'

let store: DiskStore
let app: FastifyInstance
let root: string
let database: TestDatabase
const type = { contentType: 'application/pdf' }
const fresh = () => `IN/1/2/${randomUUID()}.pdf`
const parts = () => readdir(join(root, '.parts')).catch(() => [])

beforeAll(async () => {
  database = await testDatabase()
  const free = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => free.once('listening', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const config = { ...database.config, publicUrl: `http://127.0.0.1:${port}` }
  root = join(config.dataFolder, 'objects')
  store = new DiskStore(config)
  useObjects(store)
  app = await createApp({ config, auth: createAuth(config, database.url), modules: [] })
  await app.listen({ host: '127.0.0.1', port })
})
afterAll(() => app.close())

describe('one form', () => {
  it('stays used when its object is removed', async () => {
    const form = await store.uploadForm({ key: fresh(), ...type, size: 4, seconds: 60 })
    expect((await post(form.url, partsOf(form, Buffer.from('%PDF')))).status).toBe(204)
    await store.remove(form.fields.key ?? '')
    for await (const { key } of store.list('')) await store.remove(key)
    expect(await post(form.url, partsOf(form, Buffer.from('%PDF')))).toEqual({ status: 409, code: 'objects.form_used' })
    expect(await store.head(form.fields.key ?? '')).toBeNull()
  })

  it('replaces nothing that is there by other means', async () => {
    const key = fresh()
    const form = await store.uploadForm({ key, ...type, size: 4, seconds: 60 })
    await store.put(key, Buffer.from('mine'))
    expect(await post(form.url, partsOf(form, Buffer.from('%PDF')))).toEqual({ status: 409, code: 'objects.form_used' })
    expect(await store.getStart(key, 9)).toEqual(Buffer.from('mine'))
  })

  it('of two for the same key lets one in', async () => {
    const key = fresh()
    const forms = await Promise.all([1, 2].map(() => store.uploadForm({ key, ...type, size: 4, seconds: 60 })))
    const answers = await Promise.all(forms.map((form, n) => post(form.url, partsOf(form, Buffer.from(`PDF${n}`)))))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(await parts()).toEqual([])
  })

  it('can be posted again when the connection was cut, and leaves no part behind', async () => {
    const key = fresh()
    const file = randomBytes(500_000)
    const form = await store.uploadForm({ key, ...type, size: file.length, seconds: 60 })
    const { body, headers } = multipart(partsOf(form, file))
    const { hostname, port } = new URL(form.url)
    const head = `POST /objects HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`
    const socket = connect(Number(port), hostname)
    await new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, 300_000)]), resolve))
    await expect.poll(parts).toHaveLength(1)
    socket.destroy()
    await expect.poll(parts).toEqual([])
    expect(await store.head(key)).toBeNull()
    expect((await post(form.url, partsOf(form, file))).status).toBe(204)
  })
})

describe('a request that asks for trouble', () => {
  const formFor = (size: number) => store.uploadForm({ key: fresh(), ...type, size, seconds: 60 })

  it.each([['application/json', '{}'], ['text/plain', 'x'], ['application/x-www-form-urlencoded', 'key=x'], ['multipart/form-data', 'no boundary']])(
    'of %s is no form', async (contentType, body) => {
      const answer = await fetch(`${(await formFor(1)).url}`, { method: 'POST', body, headers: { 'content-type': contentType } })
      expect([answer.status, (await answer.json() as { code: string }).code]).toEqual([403, 'objects.form_refused'])
    })

  it.each(['__proto__', 'constructor', 'toString'])('with a field called %s is refused', async (name) => {
    const form = await formFor(4)
    const [file] = partsOf(form, Buffer.from('%PDF')).slice(-1)
    const answer = await post(form.url, [...partsOf(form, Buffer.from('')).slice(0, -1), { name, value: 'x' }, ...(file ? [file] : [])])
    expect(answer).toEqual({ status: 403, code: 'objects.form_refused' })
  })

  it('with fields after the file, fields twice, the file under another name, or cut off is refused', async () => {
    const form = await formFor(4)
    const right = partsOf(form, Buffer.from('%PDF'))
    const cut = multipart(right)
    const odd = [
      [...right, { name: 'late', value: 'x' }], [...right.slice(0, 1), ...right], [...right.slice(0, -1), { ...fileOf(Buffer.from('%PDF')),
      name: 'other' }],
      [...right.slice(-1), ...right.slice(0, -1)], Array.from({ length: 500 }, (_, n) => ({ name: `field${n}`, value: 'x' })),
    ]
    for (const each of odd) expect(await post(form.url, each)).toEqual({ status: 403, code: 'objects.form_refused' })
    const answer = await fetch(form.url, { method: 'POST', headers: cut.headers, body: cut.body.subarray(0, -20) })
    expect(answer.status).toBe(403)
    expect(await parts()).toEqual([])
    expect((await post(form.url, right)).status).toBe(204)
  })

  it('with a file that does not end is cut off soon after the limit', async () => {
    const form = await formFor(1000)
    const { body, headers } = multipart(partsOf(form, Buffer.alloc(0)))
    let sent = 0
    const status = await new Promise<number>((resolve, reject) => {
      const outgoing = request(form.url, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } },
        (answer) => resolve(answer.resume().statusCode ?? 0))
      outgoing.on('error', reject)
      outgoing.write(body.subarray(0, body.lastIndexOf('\r\n------form')))
      const more = () => {
        if (outgoing.destroyed || sent > 500_000_000) return
        sent += 65_536
        outgoing.write(Buffer.alloc(65_536), (error) => { if (!error) setImmediate(more) })
      }
      more()
    }).catch((error: NodeJS.ErrnoException) => error.code)
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(status)
    // What the two kernels hold between them included.
    expect(sent).toBeLessThan(20_000_000)
    expect(await parts()).toEqual([])
  })
})

describe('links', () => {
  it('are shown in no context of ours', async () => {
    const key = fresh()
    await store.put(key, Buffer.from('<script>alert(1)</script>'))
    const url = await store.downloadUrl(key, { seconds: 60, fileName: 'a.html', contentType: 'text/html' })
    const answer = await fetch(url)
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('accept-ranges')).toBe('bytes')
    const etag = answer.headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': etag } })).status).toBe(206)
    expect((await fetch(url, { headers: { range: 'bytes=0-1', 'if-range': '"another"' } })).status).toBe(200)
    expect((await fetch(url, { headers: { range: 'bytes=0-1,4-5' } })).status).toBe(200)
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('25')
  })
})

describe('with a bucket elsewhere', () => {
  it('pages may reach it and nothing else, and this server takes no uploads', async () => {
    const s3 = {
      endpoint: 'https://s3.example.org', publicEndpoint: null, region: 'us-east-1', bucket: 'files', pathStyle: true, accessKeyId: 'x', secretAccessKey: 'y',
    }
    openObjects({ ...database.config, s3 })
    const other = await createApp({ config: database.config, auth: createAuth(database.config, database.url), modules: [] })
    useObjects(store)
    const answer = await other.inject('/healthz')
    const policy = String(answer.headers['content-security-policy'])
    for (const directive of ['connect-src', 'img-src', 'frame-src']) expect(policy).toMatch(new RegExp(`${directive} [^;]*https://s3\\.example\\.org(;|$| )`))
    expect(policy.match(/s3\.example/g)).toHaveLength(3)
    expect((await other.inject({ method: 'POST', url: '/objects' })).statusCode).toBe(404)
    await other.close()
    expect(String((await app.inject('/healthz')).headers['content-security-policy'])).not.toContain('example')
  })
})

describe('files on the disk', () => {
  it('have a checksum again when it is lost, and never one of another file', async () => {
    const key = fresh()
    const file = join(root, key)
    await store.put(key, Buffer.from('first'))
    const note = await readFile(`${file}.sha256`, 'utf8')
    await rm(`${file}.sha256`)
    expect((await store.head(key))?.sha256).toBe(hash('sha256', 'first'))
    expect(await readFile(`${file}.sha256`, 'utf8')).toBe(note)
    // Killed between the file and its note.
    await store.put(key, Buffer.from('other'))
    await writeFile(`${file}.sha256`, note)
    expect((await store.head(key))?.sha256).toBe(hash('sha256', 'other'))
  })

  it('are readable by this user alone', async () => {
    const key = fresh()
    await store.put(key, Buffer.from('x'))
    expect((await stat(join(root, key))).mode & 0o077).toBe(0)
    expect((await stat(root)).mode & 0o077).toBe(0)
  })

  it('of uploads that died are cleared after a day; marks of used forms when those have expired', async () => {
    const [old, young] = ['old.part', 'young.part'].map((name) => join(root, '.parts', name)) as [string, string]
    const used = join(root, '.used', `${Date.now() - 3 * 24 * 3600_000}-x`)
    const form = await store.uploadForm({ key: fresh(), ...type, size: 1, seconds: 60 })
    await post(form.url, partsOf(form, Buffer.from('x')))
    for (const file of [old, young, used]) await writeFile(file, 'x')
    const yesterday = Date.now() / 1000 - 25 * 3600
    await utimes(old, yesterday, yesterday)
    const listed: string[] = []
    for await (const { key } of store.list('')) listed.push(key)
    expect(listed.filter((key) => /part|sha256|used/.test(key))).toEqual([])
    await expect(access(old)).rejects.toThrow('ENOENT')
    await expect(access(used)).rejects.toThrow('ENOENT')
    await access(young)
    await rm(young)
    expect((await post(form.url, partsOf(form, Buffer.from('x')))).status).toBe(409)
  })

  it('survive many writers of one key: one whole file, with its own checksum', async () => {
    const key = fresh()
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.put(key, n % 2 ? Buffer.alloc(50_000, n) : Readable.from([Buffer.alloc(50_000,
      n)]))))
    const stream = await store.get(key)
    const bytes = stream ? await buffer(stream) : Buffer.alloc(0)
    expect(new Set(bytes).size).toBe(1)
    expect(await store.head(key)).toMatchObject({ size: 50_000, sha256: hash('sha256', bytes) })
  })

  it('cannot be kept where the folder is a file, which ready() says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aliquot-objects-'))
    await writeFile(join(folder, 'objects'), 'in the way')
    const odd = new DiskStore({ dataFolder: folder, secret: 's', publicUrl: 'http://localhost' })
    await expect(odd.ready()).rejects.toThrow(/ALIQUOT_DATA/)
    rmSync(folder, { recursive: true })
    await store.ready()
  })
})
