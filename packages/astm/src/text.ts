import { bytesOfLatin1, latin1 } from './bytes.ts'

const transparent = new Set(['latin1', 'iso-8859-1', 'iso8859-1', 'us-ascii', 'ascii'])

/**
 * Bytes as text, by a label of https://encoding.spec.whatwg.org such as 'utf-8', 'windows-1251' or 'gb18030'. Latin-1 is a character a byte.
 * What is not of the character set becomes U+FFFD. Throws RangeError on an unknown label.
 */
export const decodeText = (bytes: Uint8Array, label: string): string =>
  transparent.has(label.toLowerCase()) ? latin1(bytes) : new TextDecoder(label, { ignoreBOM: true }).decode(bytes)

export type OutgoingCharset = 'latin1' | 'utf-8'

/** Text as bytes. Throws RangeError where the character set lacks one of its characters. */
export const encodeText = (text: string, charset: OutgoingCharset): Uint8Array =>
  charset === 'utf-8' ? new TextEncoder().encode(text) : bytesOfLatin1(text)
