import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildMessage, buildRecord } from './build.ts'
import type { FieldValue, RecordDraft } from './build.ts'
import { bytesOfLatin1, latin1 } from './bytes.ts'
import { delimitersOf, escapeText, unescapeText, usualDelimiters } from './delimiters.ts'
import { parseRecords, printRecords, readPath } from './records.ts'
import type { AstmRecord } from './records.ts'
import { decodeText } from './text.ts'
import { resultsOf, treesOf } from './tree.ts'

const parse = (text: string, charset?: string): AstmRecord[] => parseRecords(bytesOfLatin1(text), charset)
const second = (record: string, header = 'H|\\^&', charset?: string): AstmRecord => parse(`${header}\r${record}\r`, charset)[1]!

const sign = fc.oneof(fc.constantFrom(...'|\\^&@~#!*XFRESHNZ0D\r\n\0\x7f'), fc.constantFrom(...'aé Ящ😀\u2028'))

describe('parseRecords', () => {
  it('is lossless, whatever the bytes', () => {
    const likely = fc.array(fc.constantFrom(...'HPORLCQh|\\^&5.\r\n\xe9\0')).map((signs) => bytesOfLatin1(signs.join('')))
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), likely), (bytes) => {
      const records = parseRecords(bytes)
      expect(latin1(printRecords(records))).toBe(latin1(bytes))
      for (const record of records) for (let field = 1; field <= record.length; field += 1) record.all(`${field}.1`)
      treesOf(records).flatMap(resultsOf)
    }), { numRuns: 500 })
  })

  it('ends records with CR, and bears LF and CR LF', () => {
    expect(parse('H|\\^&\rP|1\r\nO|1\nL|1').map(({ raw, end }) => [raw, end]))
      .toEqual([['H|\\^&', '\r'], ['P|1', '\r\n'], ['O|1', '\n'], ['L|1', '']])
  })

  it('finds fields, repeats and components by path', () => {
    const order = second('O|1|11625^CL-PL|R1|^^^685/\\^^^687/|R')
    expect(['3', '3.1', '3.2', 'O-3.2', '3.9', '5', '5.4', '5[2].4', 'O-5[2].4', '5[3].4', '99', '1', '4.1'].map((path) => order.get(path)))
      .toEqual(['11625^CL-PL', '11625', 'CL-PL', 'CL-PL', '', '^^^685/', '685/', '687/', '687/', '', '', 'O', 'R1'])
    expect([order.all('5.4'), order.all('5[2].4'), order.all('5[9]'), order.all('12'), order.all('3')])
      .toEqual([['685/', '687/'], ['687/'], [], [], ['11625^CL-PL']])
    expect(() => order.get('R-3')).toThrow(RangeError)
    for (const path of ['', '0', 'O-', 'O-0', '3.0', '3[0]', 'o-3', '3.4.5', '3 ', '12345', '-1']) expect(() => readPath(path)).toThrow(RangeError)
  })

  it('uses the delimiters of each header, from it on', () => {
    const records = parse('H|\\^&|a^b\rO|1|x^y\rH@^\\|@c|d\\e\rO@1@x\\y^z|S|\rR|1')
    expect(records.map((record) => record.get('3.2'))).toEqual(['b', 'y', 'e', 'y', ''])
    expect(records[2]?.get('4.2')).toBe('')
    expect(records[3]?.get('3[2]')).toBe('z\\')
    expect(records[4]?.length).toBe(1)
    expect(records[0]?.get('H-2')).toBe('\\^&')
  })

  it.each([
    ['H|\\^&|||', usualDelimiters], ['H@\\^&@', { ...usualDelimiters, field: '@' }],
    ['H|@^\\|', { field: '|', repeat: '@', component: '^', escape: '\\' }],
    ['H', usualDelimiters], ['HELLO', usualDelimiters], ['H|', { field: '|', repeat: '', component: '', escape: '' }],
    ['H|\\^|x', { field: '|', repeat: '\\', component: '^', escape: '' }], ['H|^^&', { field: '|', repeat: '^', component: '', escape: '&' }],
    ['H|\\^&~#|x', usualDelimiters],
  ])('reads the delimiters of %s', (header, delimiters) => {
    expect(delimitersOf(header)).toEqual(delimiters)
  })

  it('splits nothing by a delimiter that the header leaves out', () => {
    const record = second('R|1|a^b\\c|&F&', 'H|')
    expect([record.get('3.1'), record.get('3.2'), record.get('3'), record.get('4')]).toEqual(['a^b\\c', '', 'a^b\\c', '&F&'])
  })

  it('decodes by character set, after the delimiters are found', () => {
    const bytes = [...new TextEncoder().encode('Müller^Зоя')].map((byte) => String.fromCharCode(byte)).join('')
    expect(second(`P|1||||${bytes}`, undefined, 'utf-8').get('6.2')).toBe('Зоя')
    expect(second('P|1||||M\xfcller').get('6')).toBe('Müller')
    expect(second('P|1||||&XC3BC&', undefined, 'utf-8').get('6')).toBe('ü')
    expect(decodeText(new Uint8Array([0xcf, 0xf0]), 'windows-1251')).toBe('Пр')
    const all = Array.from({ length: 256 }, (_, byte) => byte)
    for (const codes of [all, all.filter((code) => code < 0x80 || code >= 0xa0)]) {
      expect([...latin1(new Uint8Array(codes))].map((character) => character.charCodeAt(0))).toEqual(codes)
    }
    expect(() => decodeText(new Uint8Array(1), 'no such')).toThrow(RangeError)
  })
})

describe('escapes', () => {
  it.each([
    ['a&F&b&S&c&R&d&E&e', 'a|b^c\\d&e'], ['&E&F&E&', '&F&'], ['R&D', 'R&D'], ['R&D & more', 'R&D & more'], ['A&B&F&C', 'A&B|C'],
    ['&H&bold&N&', 'bold'],
    ['&X0D0a&', '\r\n'], ['&X0&', '&X0&'], ['&X&', '&X&'], ['&Z1234&', '&Z1234&'], ['&&', '&&'], ['&', '&'], ['&f&', '&f&'],
  ])('%s means %j', (text, plain) => {
    expect(unescapeText(text, usualDelimiters)).toBe(plain)
  })

  it('use the escape character of the header', () => {
    expect(second('R|1|\\F\\&F&', 'H|@^\\').get('3')).toBe('|&F&')
    expect(second('R|1|\\R\\', 'H|@^\\').get('3')).toBe('@')
  })

  it('bring every text back', () => {
    fc.assert(fc.property(fc.string({ unit: sign }), (text) => {
      const escaped = escapeText(text, usualDelimiters)
      expect(unescapeText(escaped, usualDelimiters)).toBe(text)
      expect([...escaped].filter((character) => character < ' ' || '|\\^\x7f'.includes(character))).toEqual([])
    }))
    expect(() => escapeText('a|b', { ...usualDelimiters, escape: '' })).toThrow(RangeError)
  })
})

describe('treesOf', () => {
  const tree = (text: string): string[] => treesOf(parse(text)).map((message) => {
    const show = (nodes: typeof message.children): string =>
      nodes.map(({ record, children, attached }) => `${record.raw}${attached.map(({ raw }) => `+${raw}`).join('')}(${show(children)})`).join(' ')
    const head = message.header ? `${message.header.record.type}${message.header.attached.map(({ raw }) => `+${raw}`).join('')}` : '-'
    return `${head} ${show(message.children)} ${message.terminator?.record.type ?? '-'} ${message.problems.join(', ')}`.replaceAll('()', '')
  })

  it('puts each record under its own parent, and comments with the record that they follow', () => {
    expect(tree('H|\\^&\rC|h\rP|1\rC|p\rO|1\rC|o\rR|1\rC|r\rM|r\rR|2\rO|2\rR|3\rS|s\rP|2\rO|3\rR|4\rL|1\r')).toEqual([
      'H+C|h P|1+C|p(O|1+C|o(R|1+C|r+M|r R|2) O|2(R|3+S|s)) P|2(O|3(R|4)) L ',
    ])
    expect(tree('H|\\^&\rQ|1|^27\rC|q\rQ|2\rL|1\r')).toEqual(['H Q|1|^27+C|q Q|2 L '])
    expect(tree('h|\\^&\rp|1\rl|1\r')).toEqual(['H p|1 L '])
  })

  it.each([
    ['P|1\rR|1\r', '- P|1(R|1) - no header, result without order, no terminator'], ['H|\\^&\rO|1\rR|1\rL', 'H O|1(R|1) L order without patient'],
    ['H|\\^&\rP|1\rO|1\rP|2\rR|1\rL', 'H P|1(O|1) P|2(R|1) L result without order'],
    ['H|\\^&\rL|1\rC|l\rP|1', 'H P|1 L record after the terminator'], ['H|\\^&\rP|1\rX|?\rL|1', 'H P|1+X|? L record of unknown type'],
    ['H|\\^&\rQ|1\rR|1\rL|1', 'H Q|1 R|1 L result without order'], ['C|1', '- C|1 - no header, no terminator'],
  ])('leaves nothing out, and names what departs from the standard: %j', (text, shown) => {
    expect(tree(text)[0]?.replace(/ no header, record/, ' record')).toBe(shown)
  })

  it('makes two messages of two headers', () => {
    expect(tree('H|\\^&\rP|1\rO|1\rH|\\^&\rR|9\rL|1\r')).toEqual(['H P|1(O|1) - no terminator', 'H R|9 L result without order'])
    expect(treesOf(parse(''))).toEqual([])
  })

  it('scopes a result by its own patient and order', () => {
    const [message] = treesOf(parse('H|\\^&\rP|1|A\rO|1|a\rR|1|x\rP|2|B\rO|1|b\rR|1|x\rO|2|c\rR|1|x\rP|3|C\rR|1|x\rL|1\r'))
    expect(message && resultsOf(message).map(({ patient, order }) => [patient?.get('3'), order?.get('3')]))
      .toEqual([['A', 'a'], ['B', 'b'], ['B', 'c'], ['C', undefined]])
  })
})

describe('buildMessage', () => {
  it('writes an answer to a query: orders of a specimen', () => {
    const message = buildMessage([
      { type: 'H', fields: { 5: 'Aliquot', 12: 'P', 13: '1' } }, { type: 'P' },
      { type: 'O', fields: { 3: 'S-1', 5: { repeats: [['', '', '', 'GLU'], ['', '', '', 'A|B']] }, 12: 'A' } },
      { type: 'C', fields: { 4: ['x', 'y'] } }, { type: 'O', fields: { 3: 'S-2' } }, { type: 'P' }, { type: 'O' }, { type: 'L', fields: { 3: 'F' } },
    ])
    expect(latin1(message).split('\r')).toEqual([
      'H|\\^&|||Aliquot|||||||P|1', 'P|1', 'O|1|S-1||^^^GLU\\^^^A&F&B|||||||A', 'C|1||x^y', 'O|2|S-2', 'P|2', 'O|1', 'L|1|F', '',
    ])
  })

  it('numbers from 1 again below each record', () => {
    const types = [...'HPCORCCRCORPQL']
    expect(latin1(buildMessage(types.map((type) => ({ type })))).split('\r').slice(1).map((record) => record.replace('|', '')))
      .toEqual(['P1', 'C1', 'O1', 'R1', 'C1', 'C2', 'R2', 'C1', 'O2', 'R1', 'P2', 'Q1', 'L1', ''])
  })

  it('refuses what cannot be sent as meant', () => {
    expect(() => buildRecord({ type: 'RX' })).toThrow(RangeError)
    expect(() => buildRecord({ type: 'R', fields: { 0: 'x' } })).toThrow(RangeError)
    expect(() => buildMessage([{ type: 'P', fields: { 6: 'Зоя' } }])).toThrow('"З" is not in Latin-1')
    expect(parseRecords(buildMessage([{ type: 'P', fields: { 6: 'Зоя' } }], { charset: 'utf-8' }), 'utf-8')[0]?.get('P-6')).toBe('Зоя')
  })

  it('is read back as it was meant, whatever the values and delimiters', () => {
    const part = fc.string({ unit: sign, maxLength: 8 })
    const components = fc.array(part, { minLength: 2, maxLength: 4 })
    const repeats = fc.array(fc.oneof(part, components), { minLength: 2, maxLength: 3 })
    const value: fc.Arbitrary<FieldValue> = fc.oneof(part, components, fc.record({ repeats }))
    const fields = fc.dictionary(fc.integer({ min: 3, max: 30 }).map(String), value)
    const draft: fc.Arbitrary<RecordDraft> = fc.record({ type: fc.constantFrom('P', 'O', 'R', 'Q', 'M'), fields })
    const delimiters = fc.constantFrom(usualDelimiters, delimitersOf('H|@^\\'), delimitersOf('H!*~#'))
    fc.assert(fc.property(fc.array(draft, { maxLength: 5 }), delimiters, (drafts, signs) => {
      const [, ...records] = parseRecords(buildMessage([{ type: 'H' }, ...drafts], { delimiters: signs, charset: 'utf-8' }), 'utf-8')
      expect(records.map(({ type }) => type)).toEqual(drafts.map(({ type }) => type))
      drafts.forEach(({ fields = {} }, index) => {
        for (const [field, meant] of Object.entries(fields)) {
          const all = typeof meant === 'string' || !('repeats' in meant) ? [meant] : meant.repeats
          const read = all.map((repeat, place) => (typeof repeat === 'string'
            ? records[index]?.get(`${field}[${place + 1}].1`)
            : repeat.map((_, component) => records[index]?.get(`${field}[${place + 1}].${component + 1}`))))
          expect(read).toEqual(all)
        }
      })
    }), { numRuns: 200 })
  })
})
