import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { verifySignature } from '#platform/outbound'

/**
 * Whether the request proves that it comes from who knows the secret: `Aliquot-Signature` over its bytes, the header `X-Webhook-Token`, or the password of
 * Basic. Compared in constant time.
 */
export function verifySender(kind: 'signature' | 'token' | 'basic', secret: string, headers: IncomingHttpHeaders, body: Uint8Array, now: Date): boolean {
  const header = (name: string) => String(headers[name] ?? '')
  if (kind === 'signature') return verifySignature(header('aliquot-signature'), body, secret, now)
  if (kind === 'token') return same(header('x-webhook-token'), secret)
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header('authorization')) ?? []
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return same(password.join(':'), secret)
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (given: string, secret: string) => timingSafeEqual(digest(given), digest(secret)) && given !== ''
