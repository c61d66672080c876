import { createHmac, timingSafeEqual } from 'node:crypto'
import { theConfig } from '#platform/config'

const signatureOf = (id: number): string =>
  createHmac('sha256', theConfig().secret).update(`communications.report_link ${id}`).digest().subarray(0, 16).toString('base64url')

/** The name of a link in its address: its number and 128 bits of signature, short enough for an SMS. */
export const tokenOf = (id: number): string => `${id.toString(36)}-${signatureOf(id)}`

export const linkUrl = (id: number): string => `${theConfig().publicUrl}/r/${tokenOf(id)}`

/** The link's number, if this system signed it. Compared in constant time. */
export function linkOf(token: string): number | null {
  const at = token.indexOf('-')
  const id = Number.parseInt(token.slice(0, at), 36)
  if (at < 1 || !Number.isSafeInteger(id) || id < 1) return null
  const [given, expected] = [Buffer.from(token.slice(at + 1)), Buffer.from(signatureOf(id))]
  return given.length === expected.length && timingSafeEqual(given, expected) && tokenOf(id) === token ? id : null
}
