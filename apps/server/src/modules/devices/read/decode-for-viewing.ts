import type { DeviceProtocol } from '@aliquot/contracts'
import { charsetLabel, decodeBytes } from '@aliquot/hl7'
import { decodeAstm } from './scan-astm.ts'

/** C1 controls, and signs that turn the direction of text round: a viewer would not show them. */
const invisible = /[\u0080-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * Text to look at: a control character is its symbol (␂, ␃, ␍ …), each segment or record has its line. By the character set given, else by what the
 * message says. `lossy`: some bytes are not what is shown.
 */
export const decodeForViewing = (protocol: DeviceProtocol, bytes: Uint8Array, charset: string | null): { text: string; lossy: boolean } => {
  const { text, lossy } = protocol === 'hl7' ? decodeHl7(bytes, charset) : decodeAstm(bytes, charset)
  return { text: visible(text), lossy }
}

const decodeHl7 = (bytes: Uint8Array, charset: string | null): { text: string; lossy: boolean } => {
  const known = charset !== null && charsetLabel(charset) !== null
  return known ? decodeBytes(bytes, charset) : decodeBytes(bytes)
}

const visible = (text: string): string => text
  .replace(invisible, (sign) => `<${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`)
  .replace(/\r\n|\p{Cc}/gu, (sign) => {
    const symbols = [...sign].map((one) => String.fromCharCode(one === '\x7f' ? 0x2421 : 0x2400 + one.charCodeAt(0))).join('')
    return sign.endsWith('\r') || sign.endsWith('\n') ? `${symbols}\n` : symbols
  })
