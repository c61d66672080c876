import { createHmac, timingSafeEqual } from 'node:crypto'

const digestOf = (secret: string, seconds: number, body: string | Uint8Array) =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()

/** The header that proves who sent a body and when: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, one `v1` for each secret that is valid. */
export function signatureOf(body: string | Uint8Array, at: Date, ...secrets: string[]): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${digestOf(secret, seconds, body).toString('hex')}`)].join(',')
}

/** Whether one of the header's signatures was made with the secret, within `tolerance` seconds of `now`. Compared in constant time. */
export function verifySignature(header: string, body: string | Uint8Array, secret: string, now: Date, tolerance = 300): boolean {
  const parts = header.split(',').map((part) => part.trim().split('='))
  const seconds = Number(parts.find(([name]) => name === 't')?.[1] ?? Number.NaN)
  if (!Number.isInteger(seconds) || Math.abs(now.getTime() / 1000 - seconds) > tolerance) return false
  const expected = digestOf(secret, seconds, body)
  return parts.some(([name, hex = '']) => {
    const given = Buffer.from(hex, 'hex')
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
