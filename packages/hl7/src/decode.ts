import { charsetLabel } from './charset-names.ts'
import { Hl7Error } from './hl7-error.ts'

export interface Decoded {
  text: string
  /** the label of the set that was used, for `encodeText` */
  charset: string
  /** the text may not be what was sent: show it with care, and judge by the bytes */
  lossy: boolean
  /**
   * unknown_set: MSH-18 names a set that is not known here, the bytes are shown as windows-1252.
   * undecodable: bytes that the set does not have became U+FFFD.
   * undeclared: MSH-18 allows ASCII only, but other bytes came; they are read as UTF-8, or where they are not that, as windows-1252.
   */
  problem: 'unknown_set' | 'undecodable' | 'undeclared' | null
}

const newDecoders = (label: string) =>
  ({ strict: new TextDecoder(label, { fatal: true, ignoreBOM: true }), loose: new TextDecoder(label, { ignoreBOM: true }) })

const decoders = new Map<string, ReturnType<typeof newDecoders>>()

const decodersOf = (label: string): ReturnType<typeof newDecoders> => {
  const found = decoders.get(label) ?? newDecoders(label)
  decoders.set(label, found)
  return found
}

/** Node's shift_jis turns three control codes round, as IBM's code page 943 does. */
const turnedBack = new Map([['\x1c', '\x1a'], ['\x7f', '\x1c'], ['\x1a', '\x7f']])

const decodeWith = (kind: 'strict' | 'loose', bytes: Uint8Array, label: string): string => {
  const text = decodersOf(label)[kind].decode(bytes)
  return label === 'shift_jis' ? text.replace(/\p{Cc}/gu, (control) => turnedBack.get(control) ?? control) : text
}

/** The text in this set, or null where a byte is not of it. */
export const decodeStrictly = (bytes: Uint8Array, label: string): string | null => {
  try {
    return decodeWith('strict', bytes, label === 'ascii' ? 'utf-8' : label)
  } catch {
    return null
  }
}

const decodeAs = (bytes: Uint8Array, charset: string): Decoded => {
  const text = decodeStrictly(bytes, charset)
  if (text !== null) return { text, charset, lossy: false, problem: null }
  return { text: decodeWith('loose', bytes, charset), charset, lossy: true, problem: 'undecodable' }
}

const decodeAscii = (bytes: Uint8Array): Decoded => {
  const text = decodeStrictly(bytes, 'utf-8')
  // In UTF-8 every character beyond ASCII has more bytes than the string has units.
  if (text?.length === bytes.length) return { text, charset: 'ascii', lossy: false, problem: null }
  if (text !== null) return { text, charset: 'utf-8', lossy: false, problem: 'undeclared' }
  return { text: decodersOf('windows-1252').strict.decode(bytes), charset: 'windows-1252', lossy: true, problem: 'undeclared' }
}

const decodeUnknown = (bytes: Uint8Array): Decoded => {
  const text = decodersOf('windows-1252').strict.decode(bytes)
  const plain = bytes.every((byte) => byte < 0x80 && byte !== 0x1b)
  return { text, charset: 'windows-1252', lossy: !plain, problem: 'unknown_set' }
}

const sniffUtf16 = ([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if ((a === 0xff && b === 0xfe) || (a === 0x4d && b === 0 && c === 0x53 && d === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x4d && c === 0 && d === 0x53)) return 'utf-16be'
  return null
}

const headerBytes = 4096

/** The repetitions of MSH-18, read before the message can be decoded: separators and names of sets are ASCII in every set but UTF-16. */
const declaredSets = (bytes: Uint8Array): string[] => {
  const beginning = decodersOf('windows-1252').strict.decode(bytes.subarray(0, headerBytes))
  const header = /MSH([^\r\n])([^\r\n]*)/.exec(beginning)
  if (!header) return []
  const [encodingCharacters = '', ...fields] = (header[2] ?? '').split(header[1] ?? '')
  return (fields[15] ?? '').split(encodingCharacters.charAt(1) || /$/)
}

/**
 * Decodes a message by its MSH-18, or by `override` where an instrument is known to say the wrong thing. Bytes that are
 * evidently UTF-16 are read as such. Never throws for what the bytes hold; Hl7Error 'unknown_charset' for an unknown override.
 */
export const decodeBytes = (bytes: Uint8Array, override?: string): Decoded => {
  if (override !== undefined) {
    const label = charsetLabel(override)
    if (label === null) throw new Hl7Error('unknown_charset', `no such character set: ${override}`)
    return label === 'ascii' ? decodeAscii(bytes) : decodeAs(bytes, label)
  }
  const utf16 = sniffUtf16(bytes)
  if (utf16) return decodeAs(bytes, utf16)

  const [first = '', ...others] = declaredSets(bytes)
  const label = charsetLabel(first)
  if (label === null) return decodeUnknown(bytes)
  // ISO 2022: the first set is ASCII (or left empty), escape sequences then change to those of the other repetitions.
  const switched = others.some((name) => charsetLabel(name) === 'iso-2022-jp')
  if ((label === 'ascii' || label === 'shift_jis') && switched) return decodeAs(bytes, 'iso-2022-jp')
  // A message in UTF-16 does not come this far: this one has single bytes, whatever it says.
  if (label === 'ascii' || label.startsWith('utf-16')) return decodeAscii(bytes)
  return decodeAs(bytes, label)
}
