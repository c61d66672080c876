import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shippedProfiles } from '../profiles/index.ts'
import { answerQuery } from './answer-query.ts'
import { decodeForViewing } from './decode-for-viewing.ts'
import { matchesSender, senderOf } from './read-message.ts'
import { astm, hl7, latin1, read } from './testing/messages.ts'

/** Every result says in its value whose it is; samples stand in the order, or in the patient. */
const samples = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 })

const astmMessage = (ids: readonly number[]): string[] =>
  ['H|\\^&|||X', ...ids.flatMap((id) => [`P|1|S${id}`, 'C|1|I|note', `O|1|S${id}`, `R|1|^^^A|V${id}`, 'C|1|I|x', `R|2|^^^B|V${id}`]), 'L|1|N']
const hl7Message = (ids: readonly number[]): string[] =>
  ['MSH|^~\\&|X|Y|||20261121||ORU^R01|1|P|2.3.1', ...ids.flatMap((id) => [`PID|1||S${id}`, `OBR|1||S${id}`, `OBX|1|ST|A||V${id}`, 'NTE|1||x',
    `OBX|2|ST|B||V${id}`])]

/** Damage that no device does on purpose: lines that lose their first signs, or gain some, or come twice. */
const damage = fc.array(fc.record({
  at: fc.nat(), kind: fc.constantFrom('behead' as const, 'prefix' as const, 'double' as const, 'swallow' as const), text: fc.string({ minLength: 1,
    maxLength: 3 }),
}), { maxLength: 4 })

const damaged = (lines: readonly string[], hurts: readonly { at: number; kind: string; text: string }[], separator: string): string[] => {
  const all = [...lines]
  for (const { at, kind, text } of hurts) {
    const index = 1 + (at % Math.max(1, all.length - 1))
    const line = all[index] ?? ''
    if (kind === 'behead' && /^[^|]*\|/.test(line)) all[index] = line.slice(line.indexOf(separator))
    // A record's letter that became another valid one is what only the frame's checksum sees.
    if (kind === 'prefix') all[index] = `${line.startsWith(separator) ? '?' : ''}${text.replace(/[\r\n|]/g, '?')}${line}`
    if (kind === 'double') all.splice(index, 0, line)
    if (kind === 'swallow' && /^(?:R|OBX)\|/.test(line)) all.splice(index, 1)
  }
  return all
}

const owners = (message: ReturnType<typeof read>): [string, string][] =>
  message.samples.flatMap(({ sampleId, results }) => results.map(({ value }): [string, string] => [sampleId, value]))

describe('a result stays with its sample, or has none', () => {
  it.each([
    ['ASTM, by the order', astm({ sample: { from: ['O-3.1'] } }), astmMessage],
    ['ASTM, by the patient', astm({ sample: { from: ['P-3'] } }), astmMessage],
    ['HL7, by the order', hl7({ sample: { from: ['OBR-3'] } }), hl7Message],
    ['HL7, by the patient', hl7({ sample: { from: ['PID-3'] } }), hl7Message],
  ])('%s', (_, definition, message) => {
    fc.assert(fc.property(samples, damage, (ids, hurts) => {
      const text = damaged(message(ids), hurts, '|').join('\r')
      for (const [sampleId, value] of owners(read(definition, latin1(text.replace(/[^\0-\xff]/g, '?'))))) {
        if (sampleId !== '' && /^V\d+$/.test(value)) expect(value).toBe(`V${sampleId.slice(1)}`)
      }
    }), { numRuns: 400 })
  })

  it('undamaged, all of them in their order', () => {
    fc.assert(fc.property(samples, (ids) => {
      const wanted = ids.flatMap((id) => [[`S${id}`, `V${id}`], [`S${id}`, `V${id}`]])
      expect(owners(read(astm(), latin1(`${astmMessage(ids).join('\r')}\r`)))).toEqual(wanted)
      expect(owners(read(hl7(), latin1(`${hl7Message(ids).join('\r')}\r`)))).toEqual(wanted)
    }), { numRuns: 100 })
  })
})

describe('no bytes make a reader fail', () => {
  const definitions = [...shippedProfiles.map(({ definition }) => definition), astm({ charset: 'utf-8' }), hl7({ charset: 'no such set' })]
  const everything = (bytes: Uint8Array, some = definitions): void => {
    for (const definition of some) {
      expect(read(definition, bytes).samples).toBeDefined()
      expect(typeof senderOf(definition, bytes)).toBe('string')
      matchesSender(definition, bytes)
      decodeForViewing(definition.protocol, bytes, definition.charset)
    }
  }

  it('arbitrary ones', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => everything(bytes)), { numRuns: 200 }))

  it('lines that look like records and segments', () => {
    const type = fc.constantFrom('H|\\^&|', 'H@!', 'P|', 'O|', 'R|', 'C|', 'M|', 'Q|', 'L|', 'MSH|^~\\&|', 'MSH|', 'PID|', 'OBR|', 'OBX|', 'NTE|',
      'ORC|', 'SPM|', 'QRD|', 'FHS|', '')
    const line = fc.tuple(type, fc.string({ maxLength: 30, unit: fc.constantFrom('|', '^', '\\', '&', '~', 'Q', 'E', 'X', 'D', '1', ' ',
      '\xe9') })).map((parts) => parts.join(''))
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (all) => everything(latin1(all.join('\r')))), { numRuns: 300 })
  })

  it('far more of everything than any instrument sends', () => {
    everything(latin1(`H|\\^&\rQ|1|${'^S1\\'.repeat(12_000)}`), [astm()])
    everything(latin1(`H|\\^&\rO|1|S\r${'C|1|I|x\r'.repeat(5000)}${'R|1|^^^A|1|||H\r'.repeat(5000)}`), [astm()])
    everything(latin1(`MSH|^~\\&|A\rPID|1\r${'NTE|1||x\r'.repeat(2000)}SPM|1\r${'OBR|1||S\rOBX|1|NM|A||1\r'.repeat(5000)}`), [hl7()])
  })

  it('bytes of messages changed, cut and doubled', () => {
    const edit = fc.tuple(fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'cut', 'insert'))
    fc.assert(fc.property(samples, fc.boolean(), fc.array(edit, { minLength: 1, maxLength: 6 }), (ids, isHl7, edits) => {
      let bytes = [...latin1((isHl7 ? hl7Message(ids) : astmMessage(ids)).join('\r'))]
      for (const [at, byte, kind] of edits) {
        const index = at % bytes.length
        if (kind === 'set') bytes[index] = byte
        else if (kind === 'insert') bytes.splice(index, 0, byte)
        else bytes = bytes.slice(0, index + 1)
      }
      everything(Uint8Array.from(bytes))
    }), { numRuns: 200 })
  })

  it('queries of any bytes are answered or refused, and an answer has the samples of the query only', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
      (asked, ordered) => {
      const orders = ordered.map((id) => ({ sampleId: `S${id}`, codes: [`T${id}`], patient: null, specimenType: '' }))
      const [answer] = answerQuery(astm(), latin1(['H|\\^&', ...asked.map((id) => `Q|1|^S${id}`), 'L|1', ''].join('\r')), orders, new Date(0))
      const lines = new TextDecoder().decode(answer).split('\r').filter((line) => line.startsWith('O|')).map((line) => line.split('|').slice(2,
        5).join(' '))
      expect(lines).toEqual(asked.filter((id) => ordered.includes(id)).map((id) => `S${id}  ^^^T${id}`))
    }), { numRuns: 100 })
  })
})
