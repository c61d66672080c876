import { charsetLabel } from './charset-names.ts'
import { Hl7Error } from './hl7-error.ts'

type Table = ReadonlyMap<number, number>

const singleByte = (label: string): Table => tableOf(label, range(0x80, 0xff).map((byte) => [byte]))

/** Where two codes stand for one character, the code of the later of these lead bytes is the one that other systems may lack. */
const lateLeads: Readonly<Record<string, readonly number[]>> = { big5: range(0x81, 0xa0), shift_jis: [0xed, 0xee] }

const doubleByte = (label: string): Table => {
  const late = lateLeads[label] ?? []
  const leads = [...range(0x81, 0xfe).filter((lead) => !late.includes(lead)), ...late]
  const pairs = leads.flatMap((lead) => range(0x40, 0xfe).map((trail) => [lead, trail]))
  return tableOf(label, [...range(0x80, 0xff).map((byte) => [byte]), ...pairs])
}

/** GB 18030 in full: its codes of four bytes count on from 81 30 81 30. */
const gb18030 = (): Table => {
  const quads = Array.from({ length: 39_420 }, (_, index) => quadOf(index))
  return new Map([...tableOf('gb18030', quads), ...doubleByte('gb18030')])
}

const quadOf = (index: number): number[] =>
  [0x81 + Math.floor(index / 12_600), 0x30 + Math.floor(index / 1260) % 10, 0x81 + Math.floor(index / 10) % 126, 0x30 + index % 10]

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Code points by the code that decodes to them, packed with the first byte highest. The first code wins. */
const tableOf = (label: string, codes: readonly number[][]): Table => {
  const decoder = new TextDecoder(label)
  const table = new Map<number, number>()
  for (const code of codes) {
    const [character = '', ...more] = decoder.decode(new Uint8Array(code))
    const point = character.codePointAt(0) ?? 0
    if (more.length > 0 || point < 0x80 || point === 0xfffd || table.has(point)) continue
    table.set(point, pack(code))
  }
  return table
}

const pack = (code: readonly number[]): number => code.reduce((packed, byte) => packed * 256 + byte, 0)

const tables = new Map<string, Table>()

const tableFor = (label: string): Table => {
  let table = tables.get(label)
  if (!table) {
    if (label === 'gb18030') table = gb18030()
    else if (['big5', 'euc-kr', 'shift_jis', 'euc-jp'].includes(label)) table = doubleByte(label)
    else table = singleByte(label)
    tables.set(label, table)
  }
  return table
}

const append = (bytes: number[], code: number): void => {
  for (let unit = code > 0xffffff ? 0x1000000 : code > 0xffff ? 0x10000 : code > 0xff ? 0x100 : 1; unit >= 1; unit /= 256) {
    bytes.push(Math.floor(code / unit) & 0xff)
  }
}

const codeOf = (point: number, label: string): number | null => {
  if (point < 0x80) return point
  if (label === 'ascii') return null
  if (label === 'gb18030' && point > 0xffff) return pack(quadOf(189_000 + point - 0x10000))
  return tableFor(label).get(point) ?? null
}

/** ISO-2022-JP is EUC-JP without the high bits, behind escape sequences; every line ends in ASCII. */
const jisCodeOf = (point: number): number | null => {
  if (point < 0x80) return [0x0e, 0x0f, 0x1b].includes(point) ? null : point
  const code = tableFor('euc-jp').get(point) ?? 0
  return code > 0xa0a0 ? code - 0x8080 : null
}

const refuse = (): never => {
  throw new Hl7Error('unencodable', 'a character is not in the character set of the receiver')
}

const encodeJis = (text: string, substitute?: string): Uint8Array => {
  const bytes: number[] = []
  let kanji = false
  for (const character of text) {
    const code = jisCodeOf(character.codePointAt(0) ?? 0) ?? (substitute ?? refuse()).charCodeAt(0)
    if (kanji !== code > 0xff) {
      kanji = code > 0xff
      bytes.push(0x1b, ...(kanji ? [0x24, 0x42] : [0x28, 0x42]))
    }
    append(bytes, code)
  }
  if (kanji) bytes.push(0x1b, 0x28, 0x42)
  return Uint8Array.from(bytes)
}

const encodeUtf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  return new Uint8Array(view.buffer)
}

/**
 * Encodes text in a set named as in MSH-18 or by its label. A character that the set lacks throws Hl7Error 'unencodable', so
 * that no name is ever altered unseen; give `substitute` (one ASCII character) where an answer must go out in any case.
 */
export const encodeText = (text: string, charset: string, substitute?: string): Uint8Array => {
  const label = charsetLabel(charset)
  if (label === null) throw new Hl7Error('unknown_charset', `no such character set: ${charset}`)
  const wellFormed = text.isWellFormed() ? text : substitute === undefined ? refuse() : text.toWellFormed()
  if (label.startsWith('utf-16')) return encodeUtf16(wellFormed, label === 'utf-16le')
  if (label === 'iso-2022-jp') return encodeJis(wellFormed, substitute)
  const utf8 = new TextEncoder().encode(wellFormed)
  if (label === 'utf-8') return utf8

  if (utf8.length === wellFormed.length) return utf8 // nothing but ASCII, which these sets share
  const bytes: number[] = []
  for (const character of wellFormed) {
    append(bytes, codeOf(character.codePointAt(0) ?? 0, label) ?? (substitute ?? refuse()).charCodeAt(0))
  }
  return Uint8Array.from(bytes)
}
