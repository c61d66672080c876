import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readConfig, type S3Config } from '../config/index.ts'
import { dispositionHeader } from './disposition.ts'
import { parseRange } from './range.ts'
import { originOf } from './s3-browsers.ts'
import { S3Store } from './s3.ts'
import { setCors } from './testing.ts'

const site = 'https://lab.example.org'
const invented: S3Config = {
  endpoint: 'http://127.0.0.1:1', publicEndpoint: null, region: 'eu-central-1', bucket: 'files', pathStyle: true,
  accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI',
}
const form = { key: 'IN/1/2/a.pdf', contentType: 'application/pdf', size: 1234, seconds: 300 }

describe('what browsers are given for S3', () => {
  it('is a form for one key, type and size', async () => {
    const { url, fields } = await new S3Store(invented, site).uploadForm(form)
    expect(url).toBe('http://127.0.0.1:1/files')
    const policy = JSON.parse(Buffer.from(fields.Policy ?? '', 'base64').toString()) as { expiration: string; conditions: unknown[] }
    expect(policy.conditions).toEqual(expect.arrayContaining([
      { key: form.key }, { bucket: 'files' }, { 'Content-Type': form.contentType }, { success_action_status: '204' }, ['content-length-range',
      1234, 1234],
    ]))
    expect(policy.conditions).toHaveLength(8)
    expect(JSON.stringify(policy)).not.toContain('starts-with')
    expect(JSON.stringify({ url, fields })).not.toContain(invented.secretAccessKey)
  })

  it.each<[string, Partial<S3Config>]>([
    ['Amazon', { endpoint: null, pathStyle: false }],
    ['Amazon in the first region', { endpoint: null, pathStyle: false, region: 'us-east-1' }],
    ['Amazon in China', { endpoint: null, pathStyle: false, region: 'cn-north-1' }],
    ['Amazon in a GovCloud', { endpoint: null, pathStyle: false, region: 'us-gov-west-1' }],
    ['Amazon, a bucket with dots', { endpoint: null, pathStyle: false, bucket: 'files.example.org' }],
    ['a store by path', { endpoint: 'https://s3.example.org' }],
    ['a store by host', { endpoint: 'https://s3.example.org:9000', pathStyle: false }],
    ['a store with another public address', { publicEndpoint: 'https://files.example.org' }],
  ])('comes from the origin that the content security policy names: %s', async (_, changes) => {
    const config = { ...invented, ...changes }
    const store = new S3Store(config, site)
    expect(new URL((await store.uploadForm(form)).url).origin).toBe(originOf(config))
    expect(new URL(await store.downloadUrl(form.key, { seconds: 60, fileName: 'a.pdf', contentType: 'application/pdf' })).origin).toBe(store.origin)
  })
})

describe('a store that does not answer', () => {
  it('is named, the keys are not', async () => {
    const store = new S3Store(invented, site)
    const errors = await Promise.all([
      store.ready(), store.head('IN/a.pdf'), store.get('IN/a.pdf'), store.put('IN/a.pdf', Buffer.from('x'), { contentType: 'text/plain' }),
        store.remove('IN/a.pdf'),
    ].map((asked) => asked.catch((error: Error) => error)))
    expect(errors[0]).toMatchObject({
      message: 'The bucket files cannot be used: nothing answers at http://127.0.0.1:1 (ECONNREFUSED): correct S3_ENDPOINT.',
    })
    for (const error of errors.slice(1)) expect((error as Error).message).toMatch(/IN\/a\.pdf in bucket files: ECONNREFUSED/)
    expect(errors.map((error) => JSON.stringify(error, Object.getOwnPropertyNames(error))).join()).not.toMatch(/AKIDEXAMPLE|wJalrXUtnFEMI/)
  })
})

const { s3 } = readConfig({ ...process.env, ALIQUOT_SECRET: 'only to read the variables of S3' })
const real = s3 ?? invented
describe.skipIf(!s3)(`a real S3-compatible store${s3 ? '' : ' (left out: S3_BUCKET is not set)'}`, () => {
  it.each<[string, Partial<S3Config>, RegExp]>([
    ['no such bucket', { bucket: `no-${randomUUID()}` }, /no such bucket.*S3_BUCKET/],
    ['an unknown access key', { accessKeyId: 'AKIDEXAMPLE' }, /S3_ACCESS_KEY_ID is not known/],
    ['a wrong secret', { secretAccessKey: 'wJalrXUtnFEMI' }, /S3_SECRET_ACCESS_KEY is not the one/],
  ])('with %s says what to correct', async (_, changes, says) => {
    const error = await new S3Store({ ...real, ...changes }, site).ready().catch((thrown: Error) => thrown)
    expect((error as Error).message).toMatch(says)
    const written = JSON.stringify(error, Object.getOwnPropertyNames(error))
    for (const key of [real.accessKeyId, real.secretAccessKey, 'AKIDEXAMPLE', 'wJalrXUtnFEMI']) expect(written).not.toContain(key)
  })

  it('takes a missing bucket for an error, not for missing objects', async () => {
    const store = new S3Store({ ...real, bucket: `no-${randomUUID()}` }, site)
    const first = async () => { for await (const object of store.list('')) return object }
    for (const ask of [() => store.head('a.pdf'), () => store.get('a.pdf'), () => store.getStart('a.pdf', 4),
      first]) await expect(ask()).rejects.toThrow(/bucket no-/)
  })

  it('that lets no pages of ours in is not ready, and says so', async () => {
    const store = new S3Store(real, site)
    try {
      await setCors(real, null)
      await expect(store.ready()).rejects.toThrow(/takes no uploads from browsers at https:\/\/lab\.example\.org.*CORS/)
      await setCors(real, 'https://other.example.org')
      await expect(store.ready()).rejects.toThrow(/CORS/)
      await setCors(real, site)
      await store.ready()
    } finally {
      await setCors(real, 'http://localhost:3000')
    }
  })
})

describe('headers', () => {
  it('name any file', () => {
    expect(dispositionHeader('attachment', 'a"b\\c\r\n%.pdf')).toBe(`attachment; filename="a_b_c___.pdf"; filename*=UTF-8''a%22b%5Cc%0D%0A%25.pdf`)
    expect(dispositionHeader('inline', `रिपोर्ट \ud800's(1)*.pdf`)).toMatch(/^inline; filename="[ -~]+"; filename\*=UTF-8''[A-Za-z0-9%._-]+$/)
  })

  it.each([
    [undefined, null], ['bytes=0-0', { start: 0, end: 0 }], ['bytes=5-', { start: 5, end: 9 }], ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-30', { start: 0, end: 9 }], ['bytes=0-100', { start: 0, end: 9 }], ['bytes=10-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'], ['bytes=5-4', null], ['bytes=-', null],
    ['bytes=0-1,3-4', null], ['items=0-1', null], ['bytes=a-b', null], ['bytes=0-1;x', null],
  ])('ask for a range: %s', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })

  it('ask for a range of nothing', () => {
    expect([parseRange('bytes=0-', 0), parseRange('bytes=-5', 0), parseRange(undefined, 0)]).toEqual(['unsatisfiable', 'unsatisfiable', null])
  })
})
