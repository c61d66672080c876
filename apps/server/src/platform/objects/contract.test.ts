import { hash, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../auth/index.ts'
import { readConfig } from '../config/index.ts'
import { createApp } from '../http/index.ts'
import { testDatabase } from '../testing/index.ts'
import { openObjects, type ListedObject, type ObjectStore, type UploadForm } from './index.ts'
import { fileOf, partsOf, post, setCors, type FormPart } from './testing.ts'

const { s3 } = readConfig({ ...process.env, ALIQUOT_SECRET: 'only to read the variables of S3' })
const publicUrl = 'http://localhost:3000'

interface Driver {
  name: string
  /** Why it is left out here; null: it is tried. */
  absent: string | null
  open(): Promise<ObjectStore>
  /** What the same form answers a second time, and why. */
  secondUse: { status: number; because: string }
  /** Whether the checksum of a browser's upload is known without reading it, and why. */
  knowsChecksums: { yes: boolean; because: string }
  /** How it says no, by the names of the refusals below. */
  codes: Record<string, string>
}

const drivers: Driver[] = [
  {
    name: 'disk', absent: null,
    async open() {
      const database = await testDatabase()
      const config = { ...database.config, publicUrl: `http://127.0.0.1:${await freePort()}` }
      const store = openObjects(config)
      const app = await createApp({ config, auth: createAuth(config, database.url), modules: [] })
      await app.listen({ host: '127.0.0.1', port: Number(new URL(config.publicUrl).port) })
      afterAll(() => app.close())
      return store
    },
    secondUse: { status: 409, because: 'this server notes which forms were used' },
    knowsChecksums: { yes: true, because: 'this server has seen the bytes' },
    codes: {
      'too large': 'objects.too_large', 'much too large': 'objects.too_large', 'too small': 'objects.too_small',
      'an empty file': 'objects.too_small',
      'another content type': 'objects.type_refused', 'no content type': 'objects.form_refused', 'no file': 'objects.no_file',
      'nothing at all': 'objects.no_file',
    },
  },
  {
    name: 's3', absent: s3 ? null : 'S3_ENDPOINT and S3_BUCKET are not set: npx node scripts/radosgw.ts run npx vitest run contract',
    async open() {
      if (!s3) throw new Error('There is no store to test')
      await setCors(s3, publicUrl)
      return openObjects({ s3, publicUrl, dataFolder: '', secret: '' })
    },
    secondUse: { status: 204, because: 'S3 keeps no note of forms; whoever holds one may replace the object until it expires, and its etag tells' },
    knowsChecksums: { yes: false, because: 'a policy cannot ask for a checksum that the store has verified; radosgw 16 keeps none' },
    codes: {},
  },
]

for (const driver of drivers) {
  const leftOut = driver.absent ? ` (left out: ${driver.absent})` : ''
  describe.skipIf(driver.absent !== null)(`${driver.name}${leftOut}`, () => { keepsTheContract(driver) })
}

function keepsTheContract({ open, secondUse, knowsChecksums, codes }: Driver): void {
  let store: ObjectStore
  const base = `contract/${randomUUID()}`
  const fresh = () => `${base}/${randomUUID()}.pdf`
  const type = { contentType: 'application/pdf' }
  const listed = async (prefix: string) => {
    const found: ListedObject[] = []
    for await (const object of store.list(prefix)) found.push(object)
    return found
  }
  const keysBelow = async (prefix: string) => (await listed(prefix)).map(({ key }) => key)
  const bytesOf = async (key: string) => {
    const stream = await store.get(key)
    return stream && buffer(stream)
  }

  beforeAll(async () => {
    store = await open()
    await store.ready()
  })
  afterAll(async () => {
    for await (const { key } of store.list(base)) await store.remove(key)
  })

  describe('keeps bytes by key', () => {
    it.each([['nothing', 0], ['a few bytes', 7], ['three megabytes', 3_000_001]])('%s, from a buffer and from a stream', async (_, size) => {
      const bytes = randomBytes(size)
      for (const body of [bytes, Readable.from(chunksOf(bytes, 65_000))]) {
        const key = fresh()
        const put = await store.put(key, body, type)
        expect(put).toMatchObject({ size, sha256: hash('sha256', bytes) })
        expect(await store.head(key)).toEqual(put)
        expect((await bytesOf(key))?.equals(bytes)).toBe(true)
      }
    })

    it('replaces what was there, and says so by its etag', async () => {
      const key = fresh()
      const first = await store.put(key, Buffer.from('first'), type)
      const second = await store.put(key, Buffer.from('other'), type)
      expect(second.etag).not.toBe(first.etag)
      expect(await bytesOf(key)).toEqual(Buffer.from('other'))
    })

    it('keeps nothing of a stream that fails', async () => {
      const key = fresh()
      const failing = Readable.from((async function* () {
        yield randomBytes(100_000)
        throw new Error('the sender went away')
      })())
      await expect(store.put(key, failing, type)).rejects.toThrow('the sender went away')
      expect(await store.head(key)).toBeNull()
    })

    it('reads the start alone', async () => {
      const [key, empty] = [fresh(), fresh()]
      await store.put(key, Buffer.from('%PDF-1.7 and so on'), type)
      await store.put(empty, Buffer.alloc(0), type)
      expect(await store.getStart(key, 5)).toEqual(Buffer.from('%PDF-'))
      expect(await store.getStart(key, 5000)).toEqual(Buffer.from('%PDF-1.7 and so on'))
      expect(await store.getStart(empty, 5)).toEqual(Buffer.alloc(0))
    })

    it('answers null for what is absent, and removes it without complaint', async () => {
      const key = fresh()
      await store.put(key, Buffer.from('gone soon'), type)
      for (let time = 0; time < 2; time++) {
        await store.remove(key)
        expect([await store.head(key), await store.get(key), await store.getStart(key, 9)]).toEqual([null, null, null])
      }
      expect(await store.head(base)).toBeNull()
    })

    it('lists in the order of keys, by any prefix, more than a page', async () => {
      const below = `${base}/list`
      const names = ['a', 'a-b', 'a.pdf', 'a/b', 'a/b/c', 'ab', 'B', 'é', 'z/1'].filter((name) => !['a', 'a/b'].includes(name))
      for (const name of [...names].reverse()) await store.put(`${below}/${name}`, Buffer.from(name), type)
      const inOrder = names.map((name) => `${below}/${name}`).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(await keysBelow(below)).toEqual(inOrder)
      expect(await keysBelow(`${below}/a`)).toEqual(inOrder.filter((key) => key.startsWith(`${below}/a`)))
      expect(await keysBelow(`${below}/a/`)).toEqual([`${below}/a/b/c`])
      expect(await keysBelow(`${below}/nowhere/`)).toEqual([])
      const [first] = await listed(`${below}/ab`)
      expect(first).toMatchObject({ size: 2 })
      expect(Math.abs(Date.now() - (first?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000)

      const many = Array.from({ length: 1050 }, (_, n) => `${base}/many/${String(n).padStart(5, '0')}`)
      for (let n = 0; n < many.length; n += 50) await Promise.all(many.slice(n, n + 50).map((key) => store.put(key, Buffer.from('x'), type)))
      expect(await keysBelow(`${base}/many/`)).toEqual(many)
    })

    it.each([
      ['empty', ''], ['a slash', '/'], ['from the root', '/a'], ['a folder', 'a/'], ['an empty part', 'a//b'], ['upwards', '../a'],
      ['through above', 'a/../b'],
      ['here', './a'], ['our own', '.used/a'], ['hidden', 'a/.hidden'], ['a backslash', 'a\\b'], ['NUL', 'a\0b'], ['a new line', 'a\nb'],
      ['a checksum', 'a.sha256'], ['a part file', 'a.part'], ['half a character', '\ud800'], ['a place to fill in', 'a/${filename}'],
      ['a long part', 'x'.repeat(249)], ['long altogether', `${'x'.repeat(200)}/x`.repeat(6)],
    ])('refuses a key that is %s, everywhere', async (_, key) => {
      await expect(store.put(key, Buffer.from('x'), type)).rejects.toThrow('Not a key')
      await expect(store.get(key)).rejects.toThrow('Not a key')
      await expect(store.getStart(key, 1)).rejects.toThrow('Not a key')
      await expect(store.head(key)).rejects.toThrow('Not a key')
      await expect(store.remove(key)).rejects.toThrow('Not a key')
      await expect(store.uploadForm({ key, ...type, size: 1, seconds: 60 })).rejects.toThrow('Not a key')
      await expect(store.downloadUrl(key, { seconds: 60, fileName: 'x', ...type })).rejects.toThrow('Not a key')
    })

    it('takes keys of any printable text', async () => {
      for (const key of [`${base}/रिपोर्ट 1 (final)+%2F&=?#'".pdf`, `${base}/${'x'.repeat(248)}`]) {
        const form = await store.uploadForm({ key, ...type, size: 4, seconds: 60 })
        expect(await post(form.url, partsOf(form, Buffer.from('%PDF')))).toMatchObject({ status: 204 })
        expect(await bytesOf(key)).toEqual(Buffer.from('%PDF'))
        expect(await keysBelow(key)).toEqual([key])
        expect(await (await fetch(await store.downloadUrl(key, { seconds: 60, fileName: key, ...type }))).text()).toBe('%PDF')
      }
    })
  })

  describe('takes direct uploads', () => {
    const bytes = randomBytes(100_000)
    const formFor = (key: string, seconds = 60) => store.uploadForm({ key, ...type, size: bytes.length, seconds })

    it.each([0, 100_000, 6_000_001])('of %i bytes that keep to the form', async (size) => {
      const key = fresh()
      const bytes = randomBytes(size)
      const form = await store.uploadForm({ key, ...type, size, seconds: 60 })
      expect(Math.abs(new Date(form.expiresAt).getTime() - Date.now() - 60_000)).toBeLessThan(5000)
      if (store.origin !== null) expect(new URL(form.url).origin).toBe(store.origin)
      expect(await post(form.url, partsOf(form, bytes))).toMatchObject({ status: 204 })
      expect((await bytesOf(key))?.equals(bytes)).toBe(true)
      expect(await store.head(key)).toMatchObject({ size: bytes.length })
    })

    it(`${knowsChecksums.yes ? 'and knows' : 'but does not know'} their checksum: ${knowsChecksums.because}`, async () => {
      const key = fresh()
      const form = await formFor(key)
      await post(form.url, partsOf(form, bytes))
      expect((await store.head(key))?.sha256).toBe(knowsChecksums.yes ? hash('sha256', bytes) : null)
    })

    it(`with a form used twice answers ${secondUse.status}: ${secondUse.because}`, async () => {
      const key = fresh()
      const form = await formFor(key)
      await post(form.url, partsOf(form, bytes))
      const before = await store.head(key)
      expect((await post(form.url, partsOf(form, randomBytes(bytes.length)))).status).toBe(secondUse.status)
      expect((await store.head(key))?.etag === before?.etag).toBe(secondUse.status !== 204)
    })

    it('of two at the same moment keeps one, whole', async () => {
      const key = fresh()
      const form = await formFor(key)
      const files = Array.from({ length: 6 }, () => randomBytes(bytes.length))
      const answers = await Promise.all(files.map((file) => post(form.url, partsOf(form, file))))
      const kept = await bytesOf(key)
      const winners = answers.flatMap(({ status }, n) => (status === 204 ? [n] : []))
      expect(winners.some((n) => kept?.equals(files[n] ?? bytes))).toBe(true)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, secondUse.status]))
      if (secondUse.status !== 204) expect(winners).toHaveLength(1)
    })

    const without = (parts: FormPart[], name: RegExp) => parts.filter((part) => !name.test(part.name))
    const change = (parts: FormPart[], name: RegExp, how: (value: string) => string | Buffer) => {
      expect(parts.some((part) => name.test(part.name))).toBe(true)
      return parts.map((part) => (name.test(part.name) ? { ...part, value: how(part.value.toString()) } : part))
    }
    const inPolicy = (from: string, to: string) => (policy: string) => {
      const text = Buffer.from(policy, 'base64').toString()
      expect(text).toContain(from)
      return Buffer.from(text.replace(from, to)).toString('base64')
    }
    const otherEnd = (text: string) => `${text.slice(0, -2)}${text.endsWith('00') ? '11' : '00'}`
    const last = (parts: FormPart[], ...more: FormPart[]) => [...parts.slice(0, -1), ...more, ...parts.slice(-1)]

    const refusals: [string, (parts: FormPart[], form: UploadForm) => FormPart[]][] = [
      ['too large', (_, form) => partsOf(form, randomBytes(bytes.length + 1))],
      ['much too large', (_, form) => partsOf(form, randomBytes(bytes.length * 10))],
      ['too small', (_, form) => partsOf(form, bytes.subarray(1))],
      ['an empty file', (_, form) => partsOf(form, Buffer.alloc(0))],
      ['another content type', (parts) => change(parts, /^content-type$/i, () => 'text/html')],
      ['no content type', (parts) => without(parts, /^content-type$/i)],
      ['another key', (parts) => change(parts, /^key$/, (key) => key.replace('.pdf', '2.pdf'))],
      ['a key outside', (parts) => change(parts, /^key$/, (key) => `../../${key}`)],
      ['a key that climbs', (parts) => change(parts, /^key$/, (key) => key.replace(/^contract/, 'contract/x/..'))],
      ['a key with NUL', (parts) => change(parts, /^key$/, (key) => `${key}\0`)],
      ['a very long key', (parts) => change(parts, /^key$/, (key) => key + 'x'.repeat(20_000))],
      ['a key filled in by the file name', (parts) => change(parts, /^key$/, () => '${filename}')],
      ['no key', (parts) => without(parts, /^key$/)],
      ['a field that the policy does not name', (parts) => last(parts, { name: 'x-amz-meta-sha256', value: '0'.repeat(64) })],
      ['an ACL', (parts) => last(parts, { name: 'acl', value: 'public-read' })],
      ['a signature of something else', (parts) => change(parts, /signature$/i, otherEnd)],
      ['no signature', (parts) => without(parts, /signature$/i)],
      ['no policy', (parts) => without(parts, /^policy$/i)],
      ['neither policy nor signature', (parts) => without(without(parts, /^policy$/i), /signature$/i)],
      ['a policy with another size', (parts) => change(parts, /^policy$/i, inPolicy(String(bytes.length), '999999999'))],
      ['a policy with another key', (parts) => change(parts, /^policy$/i, inPolicy('.pdf', '2.pdf'))],
      ['a policy that expires later', (parts, form) => change(parts, /^policy$/i, laterPolicy(form))],
      ['a policy cut short', (parts) => change(parts, /^policy$/i, (policy) => policy.slice(0, 40))],
      ['no file', (parts) => parts.slice(0, -1)],
      ['nothing at all', () => []],
    ]
    const laterPolicy = (_: UploadForm) => (policy: string) => {
      const year = new Date().getFullYear()
      const text = Buffer.from(policy, 'base64').toString()
      return Buffer.from(text.replace(`"expiration":"${year}`, `"expiration":"${year + 5}`).replace(/"until":(\d)/, '"until":9$1')).toString('base64')
    }

    it.for(refusals)('and refuses %s', async ([name, alter], { annotate }) => {
      const key = fresh()
      const form = await formFor(key)
      const answer = await post(form.url, alter(partsOf(form, bytes), form))
      await annotate(`${answer.status} ${answer.code}`)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      if (store.kind === 'disk') expect(answer.code).toBe(codes[name] ?? 'objects.form_refused')
      expect(await store.head(key)).toBeNull()
      expect(await keysBelow(key.replace('.pdf', ''))).toEqual([])
      // What was refused has not used the form up.
      expect(await post(form.url, partsOf(form, bytes))).toMatchObject({ status: 204 })
    })

    it('and refuses a form that has expired', async () => {
      const key = fresh()
      const form = await formFor(key, 1)
      await sleep(2500)
      expect((await post(form.url, partsOf(form, bytes))).status).toBe(403)
      expect(await store.head(key)).toBeNull()
    })

    it('and never keeps the second of two files', async () => {
      const key = fresh()
      const [first, second] = [randomBytes(10_000), randomBytes(10_000)]
      const form = await store.uploadForm({ key, ...type, size: first.length, seconds: 60 })
      const { status } = await post(form.url, [...partsOf(form, first), fileOf(second)])
      const kept = await bytesOf(key)
      expect(kept === null || kept.equals(first)).toBe(true)
      if (store.kind === 'disk') expect([status, kept]).toEqual([403, null])
    })
  })

  describe('gives links', () => {
    const bytes = randomBytes(50_000)
    let key: string
    const link = (more: Partial<Parameters<ObjectStore['downloadUrl']>[1]> = {}) =>
      store.downloadUrl(key, { seconds: 60, fileName: 'Blood réport "1".pdf', ...type, ...more })
    beforeAll(async () => {
      key = fresh()
      await store.put(key, bytes, { contentType: 'application/octet-stream' })
    })

    it('that show the bytes with the name and type asked for', async () => {
      const url = await link()
      if (store.origin !== null) expect(new URL(url).origin).toBe(store.origin)
      const answer = await fetch(url)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      expect(answer.headers.get('content-disposition'))
        .toBe(`inline; filename="Blood re_port _1_.pdf"; filename*=UTF-8''Blood%20r%C3%A9port%20%221%22.pdf`)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
      const saved = await fetch(await link({ disposition: 'attachment' }))
      expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/)
      await saved.bytes()
    })

    it.each([
      ['bytes=0-99', 0, 99], ['bytes=100-', 100, 49_999], ['bytes=-7', 49_993, 49_999], ['bytes=49999-60000', 49_999, 49_999],
    ])('of which a part can be read (%s)', async (range, start, end) => {
      const answer = await fetch(await link(), { headers: { range } })
      expect(answer.status).toBe(206)
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/50000`)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(start, end + 1))).toBe(true)
    })

    it('and says so when the part lies beyond the end', async () => {
      const answer = await fetch(await link(), { headers: { range: 'bytes=50000-' } })
      expect(answer.status).toBe(416)
      await answer.bytes()
    })

    it('that nobody can alter, and that expire', async () => {
      const url = await link()
      const short = await link({ seconds: 1 })
      const other = key.replace('.pdf', '2.pdf')
      await store.put(other, Buffer.from('another'), type)
      const altered = [
        `${url.slice(0, -3)}${url.endsWith('000') ? '111' : '000'}`,
        url.replace(/.{4}$/, ''),
        url.replace(key, other).replace(/objects\/([^.]+)/, (_, text: string) =>
          `objects/${Buffer.from(Buffer.from(text, 'base64url').toString().replace(key, other)).toString('base64url')}`),
        ...(store.kind === 's3' ? [new URL(`/${key}`, url).href] : []),
        url.replace(/[?].*$/, '').replace(/(objects\/[^.]+).*$/, '$1'),
      ]
      for (const each of altered) {
        expect(each).not.toBe(url)
        const { status } = await fetch(each)
        expect([403, 404]).toContain(status)
      }
      await sleep(2500)
      expect((await fetch(short)).status).toBe(403)
    })

    it('to nothing when the object is gone', async () => {
      const url = await store.downloadUrl(fresh(), { seconds: 60, fileName: 'x.pdf', ...type })
      expect((await fetch(url)).status).toBe(404)
    })

    it('that are no forms, and forms that are no links', async () => {
      const form = await store.uploadForm({ key: fresh(), ...type, size: 1, seconds: 60 })
      const policy = form.fields.policy ?? form.fields.Policy ?? ''
      const signature = form.fields.signature ?? form.fields['X-Amz-Signature'] ?? ''
      expect((await fetch(`${form.url}/${policy}.${signature}`)).status).toBeGreaterThanOrEqual(400)
    })
  })
}

function* chunksOf(bytes: Buffer, size: number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
