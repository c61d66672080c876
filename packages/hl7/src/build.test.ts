import { describe, expect, it } from 'vitest'
import { acknowledge, ackWanted } from './acknowledge.ts'
import type { AckOptions } from './acknowledge.ts'
import { buildMessage, timestamp } from './build.ts'
import { Hl7Error } from './hl7-error.ts'
import { parseMessage } from './message.ts'
import { frame } from './mllp.ts'
import { standardSeparators } from './separators.ts'
import { latin1, sampleOru, textOf } from './testing/samples.ts'

const at = new Date('2026-11-21T08:15:00Z')
const options: AckOptions = { code: 'AA', controlId: 'A1', at }
const answer = (message: string, more: Partial<AckOptions> = {}): string => textOf(acknowledge(parseMessage(message), { ...options, ...more }))

describe('buildMessage', () => {
  it('builds a message and escapes its values', () => {
    const text = buildMessage([
      ['MSH', 'LIS', '', 'XN', '', timestamp(at), '', ['RSP', 'K11', 'RSP_K11'], 'Q1', 'P', '2.5.1'],
      ['PID', 1, '', { repetitions: [['1001', '', '', 'LAB'], ['99', '', '', ['NAT', '1.2.3', 'ISO']]] }, '', ['O|Neil', 'A&B'], null, '', ''],
      ['NTE', 1, '', 'a\r\nb'],
    ])
    expect(text).toBe([
      'MSH|^~\\&|LIS||XN||20261121081500+0000||RSP^K11^RSP_K11|Q1|P|2.5.1',
      'PID|1||1001^^^LAB~99^^^NAT&1.2.3&ISO||O\\F\\Neil^A\\T\\B|""',
      'NTE|1||a\\X0D\\\\X0A\\b', '',
    ].join('\r'))
    const message = parseMessage(text)
    expect(['PID-5.1', 'PID-3[2].4.2', 'PID-6', 'NTE-3'].map((path) => message.get(path))).toEqual(['O|Neil', '1.2.3', null, 'a\r\nb'])
  })

  it('refuses what the separators cannot say', () => {
    const few = { ...standardSeparators, subcomponent: '' }
    expect(() => buildMessage([['PID', [['a', 'b']]]], few)).toThrow(Hl7Error)
    expect(buildMessage([['PID', [['a', '']]]], few)).toBe('PID|a\r')
    expect(() => buildMessage([['PID', { raw: 'a|b' }]])).toThrow(Hl7Error)
    expect(() => buildMessage([['PID', { raw: 'a\rb' }]])).toThrow(Hl7Error)
    expect(buildMessage([['PID', { raw: 'a^b\\F\\c' }, { raw: undefined }]])).toBe('PID|a^b\\F\\c\r')
  })
})

describe('acknowledge', () => {
  it('swaps sender and receiver, and names their message', () => {
    expect(answer(sampleOru)).toBe(
      'MSH|^~\\&|LIS|CENTRAL|XN-1000|LAB A|20261121081500+0000||ACK^R01^ACK|A1|P|2.5.1||||||UNICODE UTF-8\rMSA|AA|MSG00042\r')
    expect(answer(sampleOru, { at: '20261121091500', code: 'CA' })).toContain('|20261121091500||')
  })

  it('gives errors in the form of their version', () => {
    const error = { code: '204', text: 'No such sample', at: { segment: 'OBR', occurrence: 1, field: 3 } }
    expect(answer(sampleOru, { code: 'AE', text: 'held', error })).toContain(
      'MSA|AE|MSG00042|held\rERR||OBR^1^3|204^No such sample^HL70357|E||||No such sample\r')
    expect(answer(sampleOru.replace('2.5.1', '2.3.1'), { code: 'AE', error })).toContain('ERR|OBR^1^3^204&No such sample&HL70357\r')
  })

  it('speaks with their separators, and copies as it was', () => {
    expect(answer('MSH#$*!%#A$1#B#C#D###ORU$R01#id!F!7#P#2.3\r', { text: '50% #1' })).toBe(
      'MSH#$*!%#C#D#A$1#B#20261121081500+0000##ACK$R01#A1#P#2.3\rMSA#AA#id!F!7#50!T! !F!1\r')
    expect(answer('MSH|^~|A^B|||||||7|P|2.3\r')).toBe('MSH|^~\\&|||A\\S\\B||20261121081500+0000||ACK|A1|P|2.3\rMSA|AA|7\r')
    expect(answer('MSH|^~\\&|A\r')).toBe('MSH|^~\\&|||A||20261121081500+0000||ACK|A1\rMSA|AA\r')
  })

  it('answers in their character set, byte for byte', () => {
    for (const set of ['8859/1', 'UNICODE UTF-8', '', 'nonsense']) {
      const bytes = latin1(`MSH|^~\\&|Ger\xe4t|||||||\xe91|P|2.5||||||${set}\rPID|1\r`)
      const ack = acknowledge(parseMessage(bytes), options)
      const found = parseMessage(ack, { charset: '8859/1' })
      expect([found.get('MSH-5'), found.get('MSA-2'), found.get('MSH-18')]).toEqual(['Ger\xe4t', '\xe91', set || undefined])
    }
    const marked = parseMessage(Uint8Array.of(0xef, 0xbb, 0xbf, ...latin1('MSH|^~\\&|Ger\xe4t|||||||7|P|2.5||||||UTF-8\r')))
    expect(parseMessage(acknowledge(marked, options), { charset: '8859/1' }).get('MSH-5')).toBe('Ger\xe4t')
  })

  it('refuses what is not HL7 at all', () => {
    expect(textOf(acknowledge(null, { ...options, code: 'AR', text: 'not HL7' }))).toBe(
      'MSH|^~\\&|||||20261121081500+0000||ACK|A1|P|2.5\rMSA|AR||not HL7\r')
  })

  it('can always be framed', () => {
    expect(() => frame(acknowledge(parseMessage(sampleOru), { ...options, text: 'a\x0bb\x1c\rc' }))).not.toThrow()
  })
})

describe('ackWanted', () => {
  const wanted = (accept: string, application: string): unknown =>
    ackWanted(parseMessage(`MSH|^~\\&|A||||||ORU^R01|1|P|2.5|||${accept}|${application}\r`))

  it('tells the original from the enhanced mode', () => {
    expect(wanted('', '')).toEqual({ enhanced: false, accept: 'NE', application: 'AL' })
    expect(wanted('AL', 'NE')).toEqual({ enhanced: true, accept: 'AL', application: 'NE' })
    expect(wanted('AL', '')).toEqual({ enhanced: true, accept: 'AL', application: 'NE' })
    expect(wanted('NE', 'ER')).toEqual({ enhanced: true, accept: 'NE', application: 'ER' })
  })

  it('takes no other code for a wish: some instruments send 2 in MSH-16 for quality control', () => {
    expect(wanted('', '2')).toEqual({ enhanced: false, accept: 'NE', application: 'AL' })
  })
})
