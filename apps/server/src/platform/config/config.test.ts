import { describe, expect, it } from 'vitest'
import { readConfig } from './index.ts'

const read = (variables: Record<string, string>) => readConfig({ ALIQUOT_SECRET: 'a secret of at least 32 characters', ...variables })
const problemsOf = (variables: Record<string, string>): string => {
  try {
    read(variables)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
const keys = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'AKIDEXAMPLE', S3_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' }

describe('the configuration of files', () => {
  it('keeps them on the disk, unscanned, when nothing is said', () => {
    expect(read({})).toMatchObject({ s3: null, clamd: null, lambdaToken: null })
    expect(read({ S3_BUCKET: '', CLAMD: '', CRON_SIGNING_KEY: '' })).toMatchObject({ s3: null, clamd: null, lambdaToken: null })
  })

  it('names a bucket at Amazon or elsewhere', () => {
    const amazon = { endpoint: null, publicEndpoint: null, region: 'us-east-1', bucket: 'files', accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI', pathStyle: false }
    expect(read(keys).s3).toEqual(amazon)
    expect(read({ ...keys, S3_REGION: 'ap-south-1' }).s3).toEqual({ ...amazon, region: 'ap-south-1' })
    const own = { ...keys, S3_ENDPOINT: 'http://10.0.0.5:9000/', S3_PUBLIC_ENDPOINT: 'https://files.example.org' }
    expect(read(own).s3).toEqual({ ...amazon, endpoint: 'http://10.0.0.5:9000', publicEndpoint: 'https://files.example.org', pathStyle: true })
    expect(read({ ...own, S3_PATH_STYLE: 'off' }).s3?.pathStyle).toBe(false)
  })

  it('reports half a bucket, with all other problems, and repeats no secret', () => {
    const problems = problemsOf({ S3_BUCKET: 'Files!', S3_ENDPOINT: 'https://me:secretword@s3.example.org/x', S3_PATH_STYLE: 'maybe',
      CLAMD: 'nowhere', CRON_SIGNING_KEY: 'short', PORT: 'x' })
    for (const name of ['S3_BUCKET', 'S3_ENDPOINT', 'S3_PATH_STYLE', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'CLAMD', 'CRON_SIGNING_KEY',
      'PORT']) expect(problems).toContain(name)
    expect(problems).not.toContain('secretword')
    expect(problemsOf({ S3_ENDPOINT: 'https://s3.example.org',
      S3_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI' })).toMatch(/S3_ENDPOINT, S3_SECRET_ACCESS_KEY without S3_BUCKET/)
    expect(problemsOf({ S3_ENDPOINT: 'ftp://s3.example.org', ...keys })).toContain('S3_ENDPOINT must be a web address')
  })

  it.each([
    ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }], ['clamav:3310', { host: 'clamav', port: 3310 }], ['[::1]:3310', { host: '::1',
    port: 3310 }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('finds the scanner at %s', (text, address) => {
    expect(read({ CLAMD: text }).clamd).toEqual(address)
  })

  it.each(['3310', 'host', 'host:0', 'host:70000', 'host:abc', 'a b:3310', ':3310', 'run/clamd.ctl'])('finds no scanner at "%s"', (text) => {
    expect(problemsOf({ CLAMD: text })).toContain('CLAMD must be host:port')
  })

  it('takes a token of sixteen characters', () => {
    expect(read({ CRON_SIGNING_KEY: '0123456789abcdef' }).lambdaToken).toBe('0123456789abcdef')
    expect(problemsOf({ CRON_SIGNING_KEY: '0123456789abcde' })).toContain('CRON_SIGNING_KEY')
  })
})
