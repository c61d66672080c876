import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charsetLabel } from './charset-names.ts'
import { decodeBytes } from './decode.ts'
import { encodeText } from './encode.ts'
import { Hl7Error } from './hl7-error.ts'
import { parseMessage } from './message.ts'
import { bytesOf, latin1 } from './testing/samples.ts'

const header = (set: string): string => `MSH|^~\\&|A||||||ORU^R01|1|P|2.5||||||${set}\rPID|1||||`
const inSet = (set: string, ...name: number[]): Uint8Array => Uint8Array.of(...latin1(header(set)), ...name, 0x0d)
const nameIn = (set: string, ...name: number[]): unknown => parseMessage(inSet(set, ...name)).get('PID-5')

describe('charsetLabel', () => {
  it('knows the names of table 0211 and their spellings', () => {
    const expected: Record<string, string[]> = {
      ascii: ['', 'ASCII', 'ISO IR6', 'US-ASCII'],
      'utf-8': ['UNICODE UTF-8', 'UTF-8', 'utf8', 'UNICODE', 'UNICODE_UTF-8'],
      'utf-16le': ['UNICODE UTF-16', 'UTF-16'],
      'windows-1252': ['8859/1', 'ISO-8859-1', 'ISO8859/1', '8859-1', 'ISO_IR 100', 'latin1', 'windows-1252', 'CP1252'],
      'iso-8859-2': ['8859/2', 'ISO IR101'],
      'iso-8859-5': ['8859/5'],
      'windows-1254': ['8859/9'],
      'iso-8859-15': ['8859/15'],
      'iso-2022-jp': ['ISO IR87', 'ISO IR159', 'JAS2020', 'ISO-2022-JP'],
      shift_jis: ['ISO IR14', 'SJIS', 'Shift_JIS'],
      gb18030: ['GB 18030-2000', 'GB18030', 'GBK', 'GB2312'],
      big5: ['BIG-5', 'Big5'],
      'euc-kr': ['KS X 1001', 'EUC-KR'],
      'windows-1251': ['windows-1251'],
    }
    for (const [label, names] of Object.entries(expected)) for (const name of names) expect([name, charsetLabel(name)]).toEqual([name, label])
    for (const name of ['CNS 11643-1992', 'UNICODE UTF-32', '8859/12', 'constructor', 'nonsense']) expect(charsetLabel(name), name).toBeNull()
  })
})

describe('decodeBytes', () => {
  it('decodes by MSH-18', () => {
    expect(nameIn('8859/1', 0xe9)).toBe('é')
    expect(nameIn('8859/15', 0xa4)).toBe('€')
    expect(nameIn('8859/5', 0xb0)).toBe('А')
    expect(nameIn('UNICODE UTF-8', 0xc3, 0xa9)).toBe('é')
    expect(nameIn('UNICODE', 0xc3, 0xa9)).toBe('é')
    expect(nameIn('GB 18030-2000', 0xc0, 0xee)).toBe('李')
    expect(nameIn('BIG-5', 0xa7, 0xf5)).toBe('李')
    expect(nameIn('KS X 1001', 0xb1, 0xe8)).toBe('김')
    expect(nameIn('8859/1~UNICODE UTF-8', 0xe9)).toBe('é')
  })

  it('splits after decoding: a second byte may look like a separator', () => {
    expect(nameIn('Shift_JIS', 0x83, 0x7c, 0x83, 0x5c)).toBe('ポソ')
    for (const set of ['ISO IR87', '~ISO IR87', 'ASCII~ISO IR87', 'ISO IR14~ISO IR87']) {
      expect(nameIn(set, 0x1b, 0x24, 0x42, 0x30, 0x7c, 0x30, 0x5e, 0x1b, 0x28, 0x42, 0x5e, 0x41), set).toBe('淫緯^A')
    }
  })

  it('reads UTF-16 where the bytes are, with or without a byte order mark', () => {
    for (const [mark, set] of [['\ufeff', 'UNICODE'], ['', 'UNICODE UTF-16'], ['', '']] as const) {
      for (const label of ['utf-16le', 'utf-16be']) {
        const message = parseMessage(encodeText(`${mark}${header(set)}Żółć\r`, label))
        expect([message.charset, message.lossy, message.get('PID-5')]).toEqual([label, false, 'Żółć'])
      }
    }
    expect(decodeBytes(inSet('UNICODE UTF-16', 0x41))).toMatchObject({ charset: 'ascii', lossy: false })
  })

  it('says what it could not be sure of', () => {
    expect(decodeBytes(inSet('', 0x41))).toMatchObject({ charset: 'ascii', lossy: false, problem: null })
    expect(decodeBytes(inSet('', 0xc3, 0xa9))).toMatchObject({ charset: 'utf-8', lossy: false, problem: 'undeclared' })
    expect(decodeBytes(inSet('ASCII', 0xe9))).toMatchObject({ charset: 'windows-1252', lossy: true, problem: 'undeclared' })
    expect(decodeBytes(inSet('UTF-8', 0xe9))).toMatchObject({ charset: 'utf-8', lossy: true, problem: 'undecodable' })
    expect(decodeBytes(inSet('CNS 11643-1992', 0x41))).toMatchObject({ lossy: false, problem: 'unknown_set' })
    expect(decodeBytes(inSet('CNS 11643-1992', 0xe9))).toMatchObject({ lossy: true, problem: 'unknown_set' })
    const message = parseMessage(inSet('UTF-8', 0xe9))
    expect([message.lossy, message.raw.at(-2)]).toEqual([true, 0xe9])
  })

  it('leaves ASCII alone in every set', () => {
    const ascii = Uint8Array.from({ length: 128 }, (_, code) => code).filter((code) => ![0x0e, 0x0f, 0x1b].includes(code))
    for (const set of ['ASCII', 'UTF-8', '8859/1', '8859/9', 'GB18030', 'BIG-5', 'KS X 1001', 'Shift_JIS', 'ISO IR87', 'windows-1251']) {
      expect(decodeBytes(ascii, set).text, set).toBe(String.fromCharCode(...ascii))
      expect(encodeText(String.fromCharCode(...ascii), set), set).toEqual(ascii)
    }
  })

  it('obeys an override', () => {
    expect(parseMessage(inSet('ASCII', 0xc0, 0xee), { charset: 'GBK' }).get('PID-5')).toBe('李')
    expect(() => decodeBytes(inSet(''), 'nonsense')).toThrow(Hl7Error)
  })
})

describe('encodeText', () => {
  const sets = [
    'ascii', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'iso-8859-7', '8859/9',
    '8859/15', 'gb18030', 'big5', 'euc-kr', 'shift_jis', 'euc-jp', 'ISO IR87',
  ]

  it('is undone by decoding, or refuses', () => {
    const characters = fc.string({ unit: fc.constantFrom(...'Aé€Żłžя山田李김ポ|^ソ~\\𠀀😀αşğ\r\ufeff\x1b') })
    for (const set of sets) {
      fc.assert(fc.property(fc.oneof(characters, fc.string({ unit: 'binary' })), (text) => {
        let bytes
        try {
          bytes = encodeText(text, set)
        } catch (error) {
          expect(error).toMatchObject({ code: 'unencodable' })
          expect(encodeText(text, set, '?').length).toBeGreaterThan(0)
          return
        }
        expect(decodeBytes(bytes, set).text).toBe(text)
      }), { numRuns: 300 })
    }
  })

  it('gives back every byte of the sets of single bytes, and codes for the Asian ones', () => {
    const high = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
    for (const set of ['windows-1252', 'windows-1254', 'iso-8859-2', 'iso-8859-4', 'iso-8859-5', 'iso-8859-10', 'iso-8859-15']) {
      expect(encodeText(new TextDecoder(set).decode(high), set), set).toEqual(high)
    }
    const asian = { gb18030: '李𠀀€ǹ', big5: '李山', 'euc-kr': '김', shift_jis: '山ポｱ', 'ISO IR87': 'A山B' }
    for (const [set, text] of Object.entries(asian)) {
      expect(decodeBytes(encodeText(text, set), set).text, set).toBe(text)
    }
    expect(encodeText('A山\rB', 'ISO IR87')).toEqual(latin1('A\x1b$B;3\x1b(B\rB'))
    expect(encodeText('\u00c3', 'gb18030').length).toBe(4)
  })

  it('never alters a name unseen', () => {
    expect(() => encodeText('Łukasz', '8859/1')).toThrow(Hl7Error)
    expect(encodeText('Łukasz', '8859/1', '?')).toEqual(bytesOf('?ukasz'))
    expect(() => encodeText('\ud800', 'UTF-8')).toThrow(Hl7Error)
    expect(() => encodeText('A', 'CNS 11643-1992')).toThrow(Hl7Error)
  })
})
