import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acknowledge } from './acknowledge.ts'
import { splitBatch } from './batch.ts'
import { embeddedData } from './embedded.ts'
import { oruGroups } from './groups.ts'
import { Hl7Error } from './hl7-error.ts'
import { parseMessage } from './message.ts'
import type { Message } from './message.ts'
import { frame, MllpFramer } from './mllp.ts'
import { bytesOf, latin1, sampleOru, seeded } from './testing/samples.ts'

const at = new Date('2026-11-21T08:15:00Z')

const parsed = (bytes: Uint8Array): Message | null => {
  try {
    return parseMessage(bytes)
  } catch (error) {
    if (error instanceof Hl7Error) return null
    throw error
  }
}

/** What a receiver stores and answers: id, patient and last value of each message, code and id of each answer, the rest. */
const receive = (...chunks: (string | Uint8Array)[]): { messages: string[]; answers: string[]; warnings: string[] } => {
  const framer = new MllpFramer({ maxFrameBytes: 10_000_000 })
  const found = { messages: [] as string[], answers: [] as string[], warnings: [] as string[] }
  const events = [...chunks.flatMap((chunk) => framer.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk, 0)), ...framer.close()]
  for (const event of events) {
    if (event.kind !== 'message') {
      found.warnings.push(event.kind === 'noise' ? `noise ${event.count}` : event.reason)
      continue
    }
    const message = parsed(event.bytes)
    if (message) found.messages.push(`${message.get('MSH-10')} ${message.get('PID-5')} ${message.segments('OBX').at(-1)?.get('5')}`)
    const ack = acknowledge(message, { code: message ? 'AA' : 'AR', controlId: 'X', at })
    const answer = parseMessage(ack, message ? { charset: message.charset } : {})
    found.answers.push(`${answer.get('MSA-1')} ${answer.get('MSA-2') ?? ''}`.trim())
  }
  return found
}

const oru = (id: string, name = 'Ann', end = '\r'): string =>
  [`MSH|^~\\&|X||||||ORU^R01|${id}|P|2.5||||||UTF-8`, `PID|1||||${name}`, 'OBR|1', `OBX|1|NM|GLU||${id}.5`, ''].join(end)
const sent = (text: string): string => `\x0b${text}\x1c\r`
const one = { messages: ['H1 Ann H1.5'], answers: ['AA H1'], warnings: [] }
const two = { messages: ['H1 Ann H1.5', 'H2 Bob H2.5'], answers: ['AA H1', 'AA H2'], warnings: [] }
const [h1, h2] = [oru('H1'), oru('H2', 'Bob')]

describe('the cases of an MLLP receiver', () => {
  it('1 bytes one by one', () => expect(receive(...Array.from(sent(h1)))).toEqual(one))
  it('2 FS and CR apart', () => expect(receive(sent(h1).slice(0, -1), '\r', sent(h2))).toEqual(two))
  it('3 a character of UTF-8 apart', () => {
    const bytes = bytesOf(sent(oru('H1', 'Zoë')))
    const middle = bytes.indexOf(0xc3) + 1
    expect(receive(bytes.subarray(0, middle), bytes.subarray(middle)).messages).toEqual(['H1 Zoë H1.5'])
  })
  it('4 three messages in a chunk', () => {
    expect(receive(sent(h1) + sent(h2) + sent(oru('H3'))).answers).toEqual(['AA H1', 'AA H2', 'AA H3'])
  })
  it('5 one and a half messages in a chunk', () => expect(receive(sent(h1) + sent(h2).slice(0, 40), sent(h2).slice(40))).toEqual(two))
  it('6 CR and LF between frames', () => expect(receive(`${sent(h1)}\n\r\n${sent(h2)}`)).toEqual(two))
  it('7 LF after a frame', () => expect(receive(`${sent(h1)}\n`, sent(h2))).toEqual(two))
  it('8 garbage before the start', () => expect(receive(`\0??${sent(h1)}`)).toEqual({ ...one, warnings: ['noise 3'] }))
  it('9 FS without CR, then the next', () => expect(receive(`\x0b${h1}\x1c${sent(h2)}`)).toEqual(two))
  it('10 a frame cut off, then a new one', () => {
    expect(receive(`\x0b${h1}`, sent(h2))).toEqual({ messages: ['H2 Bob H2.5'], answers: ['AA H2'], warnings: ['restarted'] })
  })
  it('11 no HL7 at all', () => expect(receive(sent('hello'), sent(h1))).toEqual({ ...one, answers: ['AR', 'AA H1'] }))
  it('12 nothing in a frame', () => expect(receive(sent(''), sent(h1))).toEqual({ ...one, answers: ['AR', 'AA H1'] }))
  it('13 no start at all', () => expect(receive(`${h1}\x1c\r`, sent(h2))).toEqual({
    messages: ['H2 Bob H2.5'], answers: ['AA H2'], warnings: [`noise ${h1.length + 1}`],
  }))
  it('14 segments ended by LF', () => expect(receive(sent(oru('H1', 'Ann', '\n')))).toEqual(one))
  it('15 segments ended by CR and LF', () => expect(receive(sent(oru('H1', 'Ann', '\r\n')))).toEqual(one))
  it('16 separators of its own', () => {
    expect(receive(sent('MSH#$*!%#X######ORU$R01#H1#P#2.5\rPID#1####A!F!n|n\rOBX#1#NM#GLU##7^8\r')))
      .toEqual({ messages: ['H1 A#n|n 7^8'], answers: ['AA H1'], warnings: [] })
  })
  it('17 Latin-1 as MSH-18 says', () => {
    expect(receive(latin1(sent(oru('H1', 'Jos\xe9').replace('UTF-8', '8859/1')))).messages).toEqual(['H1 José H1.5'])
  })
  it('18 an embedded document of 6 MB, in pieces', () => {
    const bytes = bytesOf(sent(`${h1}OBX|2|ED|PDF||^^PDF^Base64^${'QUJD'.repeat(1_500_000)}\r`))
    const chunks = Array.from({ length: Math.ceil(bytes.length / 1460) }, (_, index) => bytes.subarray(index * 1460, index * 1460 + 1460))
    const { messages, answers } = receive(...chunks)
    expect([messages[0]?.length, answers]).toEqual(['H1 Ann '.length + '^^PDF^Base64^'.length + 6_000_000, ['AA H1']])
  })
})

/** Checks what holds for any message; in full, reads all that there is to read and answers it. */
const exercise = (bytes: Uint8Array, inFull = true): boolean => {
  const message = parsed(bytes)
  if (message && (message.raw !== bytes || message.toString() !== message.text)) throw new Error('the message changed')
  if (!inFull) return message !== null
  frame(acknowledge(message, { code: message ? 'AE' : 'AR', controlId: 'X|1', at, text: 'a^b' }))
  if (!message) return false
  for (const path of ['MSH-10', 'PID-3.1', 'PID-3[2].4.1', 'OBX[2]-5', 'NTE-3']) message.get(path)
  for (const { orders } of oruGroups(message)) {
    for (const { obx } of orders.flatMap(({ observations }) => observations)) {
      try {
        embeddedData(obx.field(5))
      } catch (error) {
        if (!(error instanceof Hl7Error)) throw error
      }
    }
  }
  return true
}

describe('damaged messages', () => {
  it('cause no error but an Hl7Error', () => {
    const tokens = fc.constantFrom('MSH|^~\\&|', 'MSH#$*!%#', '\rPID|', '\nOBX|1|ED|', '^^PDF^Base64^AA', '\\X', '\\M2442\\', '\\C2842\\', '""',
      '|', '^', '\\', '\x1b$B', '\ufeff', 'é')
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.array(tokens).map((parts) => bytesOf(`MSH|^~\\&|${parts.join('')}`)),
      fc.array(tokens).map((parts) => bytesOf(parts.join('')))), (bytes) => {
      const unframed = bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c)
      exercise(unframed)
      splitBatch(bytes).forEach(parsed)
    }), { numRuns: 3000 })
  })

  it('cause no error and no growth of memory, 200,000 times', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const random = seeded(20_261_121)
    const below = (limit: number): number => Math.floor(random() * limit)
    const sets = ['UNICODE UTF-8', '8859/1', '', 'GB 18030-2000', '~ISO IR87', 'UNICODE', 'Shift_JIS', 'nonsense']
    const originals = [
      ...sets.map((set) => frame(bytesOf(sampleOru.replace('UNICODE UTF-8', set)))),
      frame(bytesOf(`${oru('H1')}OBX|2|ED|PDF||^^PDF^Base64^QUJD\r`)),
    ]
    const telling = [0x0b, 0x1c, 0x0d, 0x0a, 0x7c, 0x5e, 0x5c, 0x26, 0x7e, 0x00, 0x1b, 0xff, 0xc3, 0x22, 0x4d]
    const framer = new MllpFramer({ maxFrameBytes: 4096 })
    let heapAfterWarmUp = 0
    let read = 0
    for (let count = 0; count < 200_000; count++) {
      const bytes = (originals[below(originals.length)] ?? new Uint8Array()).slice()
      for (let change = below(4); change > 0; change--) {
        bytes[below(bytes.length)] = random() < 0.7 ? telling[below(telling.length)] ?? 0 : below(256)
      }
      const from = random() < 0.1 ? below(bytes.length) : 0
      const to = random() < 0.1 ? below(bytes.length) : bytes.length
      for (const event of framer.push(bytes.subarray(from, Math.max(from, to)), count)) {
        if (event.kind === 'message' && exercise(event.bytes, count % 4 === 0)) read++
      }
      if (count === 40_000) {
        collect()
        heapAfterWarmUp = process.memoryUsage().heapUsed
      }
    }
    collect()
    expect(read).toBeGreaterThan(100_000)
    expect(process.memoryUsage().heapUsed - heapAfterWarmUp).toBeLessThan(4_000_000)
  })
})
