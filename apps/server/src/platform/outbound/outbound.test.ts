import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress, sendOutbound, signatureOf, verifySignature } from './index.ts'

describe('addresses that requests may go to', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  it.each([
    '127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '224.0.0.1',
    '255.255.255.255', '192.0.2.1', '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1',
    '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', 'ff02::1', 'localhost', '',
  ])('"%s" is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a request', () => {
  let server: Server
  let host = ''
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/silent') return
      if (request.url === '/away') return void response.writeHead(302, { location: 'http://127.0.0.1/' }).end()
      if (request.url === '/endless') return void response.end('x'.repeat(1_000_000))
      let body = ''
      request.on('data', (part) => { body += part })
      request.on('end', () => response.writeHead(418, { 'x-said': 'yes' }).end(`${request.method} ${body}`))
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const send = (path: string, more: object = {}) => sendOutbound({ url: `http://${host}${path}`, body: 'hello', allowedHosts: [host], ...more })

  it('answers with any status, and follows no redirect', async () => {
    expect(await send('/')).toMatchObject({ status: 418, body: 'POST hello', headers: { 'x-said': 'yes' } })
    expect(await send('/away')).toMatchObject({ status: 302 })
  })

  it('keeps the beginning of a long answer', async () => {
    expect((await send('/endless')).body).toHaveLength(65_536)
  })

  it('names a silence and a closed port as the retry rules do', async () => {
    await expect(send('/silent', { timeoutMs: 100 })).rejects.toMatchObject({ reason: 'timeout', message: 'Connection Timeout', temporary: true })
    await expect(sendOutbound({ url: 'http://127.0.0.1:1', allowedHosts: ['127.0.0.1'] }))
      .rejects.toMatchObject({ reason: 'no_response', message: expect.stringMatching(/^No response/), temporary: true })
  })

  it.each(['http://127.0.0.1', 'http://localhost', 'http://2130706433', 'http://0x7f.1', 'http://017700000001', 'http://[::1]', 'http://[::ffff:7f00:1]',
    'http://169.254.169.254/latest/meta-data'])('does not go to %s', async (url) => {
    await expect(sendOutbound({ url })).rejects.toMatchObject({ reason: 'private_address', temporary: false })
  })

  it.each(['file:///etc/passwd', 'ftp://example.org', 'nonsense', 'https://me:word@example.org'])('does not understand %s', async (url) => {
    await expect(sendOutbound({ url })).rejects.toMatchObject({ reason: 'bad_address' })
  })
})

describe('a signature', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  it('is verified with each secret it was made with, and with no other', () => {
    fc.assert(fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (body, one, two) => {
      const header = signatureOf(body, now, one, two)
      expect(verifySignature(header, body, one, now)).toBe(true)
      expect(verifySignature(header, body, two, now)).toBe(true)
      expect(verifySignature(header, `${body}.`, one, now)).toBe(false)
      expect(verifySignature(header, body, `${one}${two}.`, now)).toBe(false)
    }))
  })

  it('is refused when old, from the future, or malformed', () => {
    const header = signatureOf('x', now, 's')
    expect(verifySignature(header, 'x', 's', new Date(now.getTime() + 301_000))).toBe(false)
    expect(verifySignature(header, 'x', 's', new Date(now.getTime() - 301_000))).toBe(false)
    for (const broken of ['', 't=1', 'v1=00', 't=x,v1=00', header.replace('v1', 'v0')]) expect(verifySignature(broken, 'x', 's', now)).toBe(false)
  })
})
