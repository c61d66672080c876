import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, unescapeText } from './escape.ts'
import { Hl7Error } from './hl7-error.ts'
import { parseMessage } from './message.ts'
import { parsePath } from './path.ts'
import { standardSeparators } from './separators.ts'
import { bytesOf, sampleOru } from './testing/samples.ts'

const sample = parseMessage(bytesOf(sampleOru))
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run()
  } catch (error) {
    if (error instanceof Hl7Error) return error.code
    throw error
  }
}

describe('parseMessage', () => {
  it('reads values by path', () => {
    expect(sample.type).toEqual({ code: 'ORU', trigger: 'R01' })
    expect(sample.get('MSH-1')).toBe('|')
    expect(sample.get('MSH-2')).toBe('^~\\&')
    expect(sample.get('MSH-10')).toBe('MSG00042')
    expect(sample.get('PID-5.1')).toBe('Müller')
    expect(sample.get('PID-3')).toBe('P-1001^^^LAB^MR~991^^^NAT^NI')
    expect([sample.get('PID-3.1'), sample.get('PID-3[2].1'), sample.get('PID-3[2].5'), sample.get('PID-3[2]')])
      .toEqual(['P-1001', '991', 'NI', '991^^^NAT^NI'])
    expect(sample.get('OBX[2]-5')).toBe('6.1')
    expect(sample.get('OBX[2]-6')).toBe('10^3/uL')
    expect(sample.get('NTE-3')).toBe('Repeated\ntwice')
    expect(sample.segments('OBX').map((obx) => obx.get('3.1'))).toEqual(['718-7', '6690-2'])
    expect(sample.segments('OBX')[0]?.get('NTE-3')).toBeUndefined()
    expect(sample.segments().length).toBe(7)
    expect(sample.segments('PID')[0]?.field(3).repetitions.map((id) => id.component(5).value)).toEqual(['MR', 'NI'])
  })

  it('tells absent, empty and null apart', () => {
    const message = parseMessage('MSH|^~\\&|A\rPID|1||""|""^x^^""&y\r')
    const read = (...paths: string[]): unknown[] => paths.map((path) => message.get(path))
    expect(read('PID-2', 'PID-3', 'PID-3.1', 'PID-4.1', 'PID-4.3', 'PID-4.4.1', 'PID-4.4.2')).toEqual(['', null, null, null, '', null, 'y'])
    for (const value of read('PID-9', 'ZZZ-1', 'PID-4.5', 'PID-4.4.3', 'PID-3[2]', 'PID[2]-1')) expect(value).toBeUndefined()
  })

  it('keeps text that a sender forgot to escape', () => {
    const message = parseMessage('MSH|^~\\&|A\rOBX|1|ST|X||salt & water^2~3\r')
    expect(message.get('OBX-5')).toBe('salt & water^2~3')
    expect(message.get('OBX-5.1')).toBe('salt & water')
  })

  it("uses the message's own separators", () => {
    const message = parseMessage('MSH#$*!%#A#\rPID#1##1$2*3$4%5##a!F!b!S!c!R!d!T!e!E!f|^~\\&\r')
    expect(message.separators).toEqual({ field: '#', component: '$', repetition: '*', escape: '!', subcomponent: '%', truncation: '' })
    expect(message.get('PID-3[2].2.2')).toBe('5')
    expect(message.get('PID-5')).toBe('a#b$c*d%e!f|^~\\&')
    const newer = parseMessage('MSH|^~\\&#|A\rNTE|1||a\\P\\b\r')
    expect([newer.separators.truncation, newer.get('NTE-3')]).toEqual(['#', 'a#b'])
  })

  it('uses no separator that the message does not declare', () => {
    const message = parseMessage('MSH|^~|A\rPID|1||a^b&c\\F\\d\r')
    expect(message.get('PID-3.2')).toBe('b&c\\F\\d')
    expect(message.get('PID-3.2.2')).toBeUndefined()
    expect(parseMessage('MSH||A\rPID|1||a^b\r').get('PID-3.1')).toBe('a^b')
  })

  it('refuses what is no message, with a reason', () => {
    expect(['', 'hello', 'PID|1', 'MS'].map((text) => codeOf(() => parseMessage(text)))).toEqual(['not_hl7', 'not_hl7', 'not_hl7', 'not_hl7'])
    expect(['MSH', 'MSHA^~\\&A', 'MSH|^~\\\\&|A', 'MSH|^~\\|A'.replace('~', '^'), 'MSH "^~', 'MSH|ABC|']
      .map((text) => codeOf(() => parseMessage(text)))).toEqual(Array.from({ length: 6 }, () => 'bad_separators'))
    expect(codeOf(() => parseMessage(sampleOru + sampleOru))).toBe('several_messages')
    expect(codeOf(() => parseMessage(`${sampleOru}OBX|3|NM|GLU||5${sampleOru}`))).toBe('several_messages')
    expect(parseMessage(`${sampleOru}OBX|3|CE|MSH|^MSH`).get('OBX[3]-4.2')).toBe('MSH')
    expect(codeOf(() => parseMessage(`BHS|^~\\&|A\r${sampleOru}`))).toBe('several_messages')
  })

  it('takes CR, LF or CRLF, and keeps the kind', () => {
    for (const end of ['\r', '\n', '\r\n']) {
      const text = sampleOru.replaceAll('\r', end)
      const message = parseMessage(bytesOf(text))
      expect(message.segments().map(({ name }) => name)).toEqual(['MSH', 'PID', 'ORC', 'OBR', 'OBX', 'NTE', 'OBX'])
      expect(message.get('OBX[2]-11')).toBe('F')
      expect(message.toString()).toBe(text)
    }
  })

  it('takes another kind of line end for a part of the value unless a segment follows', () => {
    const message = parseMessage('MSH|^~\\&|A\rOBX|1|ED|X||^^PDF^Base64^AAAA\r\nBBBB\nCCCC|x\nNTE|1||y\n\rPID|1\r\n')
    expect(message.segments().map(({ name }) => name)).toEqual(['MSH', 'OBX', 'NTE', 'PID'])
    expect(message.get('OBX-5.5')).toBe('AAAA\r\nBBBB\nCCCC')
    expect(message.get('OBX-6')).toBe('x')
  })

  it('keeps lines without a name and what stands before MSH', () => {
    const text = '\ufeff\r\n MSH|^~\\&|A\r\rsome words|2\rOB\rZxy|1\r\0'
    const message = parseMessage(text)
    expect(message.lines.map(({ name, raw }) => name || raw)).toEqual(['MSH', '', 'some words|2', 'OB', 'Zxy', '\0'])
    expect(message.toString()).toBe(text)
  })

  const anyText = fc.string({
    unit: fc.constantFrom('|', '^', '~', '\\', '&', '\r', '\n', '"', 'A', 'OBX', '\rOBX|', '\rMSH', '\r\n', 'é', '\0', '.br', 'X0D', '亜', ' '),
  })

  it('loses nothing: its parts make the text, and its fields the segments', () => {
    fc.assert(fc.property(anyText, fc.constantFrom('MSH|^~\\&', 'MSH|^~\\&#|', 'MSH#$*!%', 'MSH|^', '\nMSH^~|\\&^', sampleOru), (tail, head) => {
      const text = head + tail
      let message
      try {
        message = parseMessage(bytesOf(text))
      } catch (error) {
        expect(error).toBeInstanceOf(Hl7Error)
        return
      }
      expect(message.raw).toEqual(bytesOf(text))
      expect(message.toString()).toBe(text)
      const { field, repetition, component, subcomponent } = message.separators
      for (const segment of message.lines) {
        const raws = segment.fields.map(({ raw }) => raw)
        if (segment.name === 'MSH') expect(`MSH${field}${raws.slice(1).join(field)}`).toBe(segment.raw)
        else expect([segment.raw.split(field)[0], ...raws].join(field)).toBe(segment.raw)
        for (const each of segment.name === 'MSH' ? segment.fields.slice(2) : segment.fields) {
          expect(each.repetitions.map((part) => part.components.map((one) => one.subcomponents.map(({ raw }) => raw).join(subcomponent))
            .join(component)).join(repetition)).toBe(each.raw)
        }
      }
    }), { numRuns: 2000 })
  })
})

describe('parsePath', () => {
  it('reads all parts and refuses the rest', () => {
    expect(parsePath('OBX[2]-5[3].1.4')).toEqual({ segment: 'OBX', occurrence: 2, field: 5, repetition: 3, component: 1, subcomponent: 4 })
    expect(parsePath('3.1')).toEqual({ segment: null, occurrence: 1, field: 3, repetition: null, component: 1, subcomponent: null })
    for (const path of ['', 'PID', 'PID-0', 'PID-3.0', 'PID[0]-1', 'pid-3', 'PID-3.1.1.1', 'PID-x', 'PID-3[1', ' PID-3']) {
      expect(codeOf(() => parsePath(path)), path).toBe('bad_path')
    }
    expect(codeOf(() => sample.get('3.1'))).toBe('bad_path')
  })
})

describe('escapes', () => {
  const plain = (raw: string, charset?: string): string => unescapeText(raw, standardSeparators, charset)

  it('resolves the known and keeps the others', () => {
    expect(plain('a\\F\\\\S\\\\T\\\\R\\\\E\\b')).toBe('a|^&~\\b')
    expect(plain('\\H\\high\\N\\ \\.br\\x\\.sp2\\y\\.sp\\z')).toBe('high \nx\n\ny\nz')
    expect(plain('\\X0D\\\\X0a0D\\')).toBe('\r\n\r')
    expect(plain('\\Zq\\ \\X0\\ \\XZZ\\ \\X\\ \\.in+4\\ \\.sp999999\\ \\P\\ \\')).toBe('\\Zq\\ \\X0\\ \\XZZ\\ \\X\\ \\.in+4\\ \\.sp999999\\ \\P\\ \\')
    expect(plain('C:\\F')).toBe('C:\\F')
  })

  it('reads hexadecimal bytes in the set of the message', () => {
    expect(plain('\\XC3A9\\')).toBe('é')
    expect(plain('\\XE9\\', 'windows-1252')).toBe('é')
    expect(plain('\\XE9\\')).toBe('\\XE9\\')
  })

  it('follows changes of set to JIS and back', () => {
    expect(plain('\\M2442\\0!\\C2842\\ A')).toBe('亜 A')
    expect(plain('\\M2442\\;3ED\\C2842\\=x\\F\\')).toBe('山田=x|')
    expect(plain('\\M2442\\é\\C2842\\')).toBe('\\M2442\\é\\C2842\\')
    expect(plain('\\C2D41\\ x')).toBe('\\C2D41\\ x')
  })

  const punctuation = fc.constantFrom(...'!#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')
  const separators = fc.uniqueArray(punctuation, { minLength: 6, maxLength: 6 })
    .map(([field = '', component = '', repetition = '', escape = '', subcomponent = '', truncation = '']) =>
      ({ field, component, repetition, escape, subcomponent, truncation }))
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\\', '!', '.br', 'X0D', 'F', 'M2442', '|', '^', '\r', '\n', '\x0b', '\x1c', '"', '亜') }),
    fc.constant('""'),
  )

  it('are undone: any text survives any separators, and can break no frame and no segment', () => {
    fc.assert(fc.property(text, separators, (value, each) => {
      const escaped = escapeText(value, each)
      expect(unescapeText(escaped, each)).toBe(value)
      const { field, component, repetition, subcomponent } = each
      for (const character of ['\r', '\n', '\v', '\x1c', field, component, repetition, subcomponent]) expect(escaped).not.toContain(character)
      expect(escaped).not.toBe('""')
    }), { numRuns: 2000 })
  })

  it('refuse what cannot be said without an escape character', () => {
    const bare = { ...standardSeparators, escape: '', subcomponent: '' }
    expect(escapeText('plain & simple', bare)).toBe('plain & simple')
    expect(codeOf(() => escapeText('a|b', bare))).toBe('unescapable')
    expect(codeOf(() => escapeText('a\rb', bare))).toBe('unescapable')
  })
})
