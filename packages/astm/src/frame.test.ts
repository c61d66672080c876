import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfLatin1, latin1 } from './bytes.ts'
import { cutMessage, encodeFrame, endsText } from './frame.ts'
import { newLineReader, readLines } from './read-line.ts'
import type { LineEvent } from './read-line.ts'
import { chunksOf, joined, random } from './testing/chunks.ts'

const limit = 64_000
const text = fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes.map((byte) => (endsText(byte) ? byte + 0x40 : byte)))

/** All events of some chunks, adjacent noise joined, which is how chunks may cut it. */
const read = (chunks: readonly Uint8Array[], most = limit): LineEvent[] => {
  const events: LineEvent[] = []
  let reader = newLineReader
  for (const chunk of chunks) {
    const result = readLines(reader, chunk, most)
    reader = result.reader
    for (const event of result.events) {
      const last = events.at(-1)
      const follows = last?.kind === 'noise' && event.kind === 'noise' && event.bytes[0] !== 2
      if (follows) events[events.length - 1] = { kind: 'noise', bytes: joined(last.bytes, event.bytes) }
      else events.push(event)
    }
  }
  return events
}

describe('a frame', () => {
  it('is written as the standard shows it', () => {
    expect(latin1(encodeFrame(3, bytesOfLatin1('L|1|N\r'), true))).toBe('\x023L|1|N\r\x0306\r\n')
    expect(latin1(encodeFrame(10, new Uint8Array(0), false))).toBe('\x022\x1749\r\n')
    expect(() => encodeFrame(1, new Uint8Array([0x41, 3]), true)).toThrow(RangeError)
  })

  it('is read back, whatever its text and the chunks', () => {
    fc.assert(fc.property(text, fc.nat(7), fc.boolean(), fc.integer({ min: 1, max: 400 }), (bytes, number, last, size) => {
      const frame = { kind: 'frame', number, text: bytes, last, checksumOk: true, tooLong: false }
      expect(read(chunksOf(encodeFrame(number, bytes, last), size))).toEqual([frame])
    }), { numRuns: 300 })
  })

  it('ends at its second digit: CR and LF may be missing', () => {
    const frame = encodeFrame(1, bytesOfLatin1('H|\\^&\r'), true)
    for (const missing of [0, 1, 2]) {
      const short = frame.subarray(0, frame.length - missing)
      expect(read([joined(short, short, new Uint8Array([4]))]).map((event) => event.kind)).toEqual(['frame', 'frame', 'eot'])
    }
  })

  it.each([
    ['lower-case checksum', '\x021~\x03b2', false], ['upper-case checksum', '\x021~\x03B2', true], ['wrong checksum', '\x021~\x03B3', false],
    ['no checksum', '\x021~\x03\r\n', false], ['checksum cut by EOT', '\x021~\x03B\x04', false], ['checksum cut by STX', '\x021~\x03\x02', false],
    ['no frame number', '\x02\x0303', false],
  ])('%s', (_, line, checksumOk) => {
    expect(read([bytesOfLatin1(line)])[0]).toMatchObject({ kind: 'frame', checksumOk })
  })

  it('has no number where none of 0 to 7 stands', () => {
    const numbers = ['7', '8', 'A', '/'].map((sign) => read([bytesOfLatin1(`\x02${sign}~\x0300`)])[0])
    expect(numbers.map((event) => (event?.kind === 'frame' ? event.number : 0))).toEqual([7, null, null, null])
  })

  it('is dropped where another starts, or the session ends, inside it', () => {
    const whole = encodeFrame(1, bytesOfLatin1('P|1\r'), true)
    for (const [start, kind] of [['\x02', 'frame'], ['\x04', 'eot'], ['\x05', 'enq']] as const) {
      const events = read([joined(bytesOfLatin1('\x021H|\\^'), start === '\x02' ? whole : bytesOfLatin1(start))])
      expect(events.map((event) => event.kind)).toEqual(['noise', kind])
      expect(events[0]).toEqual({ kind: 'noise', bytes: bytesOfLatin1('\x021H|\\^') })
    }
  })

  it('keeps nothing of a text that is too long, and reads on behind it', () => {
    const frames = joined(encodeFrame(1, new Uint8Array(241).fill(65), true), encodeFrame(1, new Uint8Array(240).fill(65), true))
    for (const size of [1, 7, 1000]) {
      const events = read(chunksOf(frames, size), 240)
      expect(events.map((event) => event.kind === 'frame' && [event.tooLong, event.checksumOk, event.text.length]))
        .toEqual([[true, true, 0], [false, true, 240]])
    }
  })
})

describe('a line', () => {
  it('gives the same events whatever the chunks', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    const control = fc.constantFrom(...'\x02\x03\x04\x05\x06\x15\x17\r\n').map(bytesOfLatin1)
    const mixed = fc.array(fc.oneof(bytes, text.map((part) => encodeFrame(1, part, true)), control)).map((parts) => joined(...parts))
    fc.assert(fc.property(mixed, fc.integer(), (line, seed) => {
      const whole = read([line])
      expect(read(chunksOf(line, 1))).toEqual(whole)
      expect(read(chunksOf(line, 40, random(seed)))).toEqual(whole)
    }), { numRuns: 300 })
  })

  it('is linear in time for one long frame in single bytes', () => {
    const frame = encodeFrame(1, new Uint8Array(100_000).fill(65), true)
    expect(read(chunksOf(frame, 1), 2_000_000)).toMatchObject([{ checksumOk: true }])
  })
})

describe('cutMessage', () => {
  it('gives the message back at every limit, with one end', () => {
    const message = bytesOfLatin1('H|\\^&\rP|1\rL|1|N\r')
    for (let limit_ = 1; limit_ <= message.length + 1; limit_ += 1) {
      for (const framing of ['filled', 'record'] as const) {
        const frames = cutMessage(message, limit_, framing)
        expect(latin1(joined(...frames.map((frame) => frame.text)))).toBe(latin1(message))
        expect(frames.map((frame) => frame.last)).toEqual(frames.map((_, index) => index === frames.length - 1))
        expect(Math.max(...frames.map((frame) => frame.text.length))).toBeLessThanOrEqual(limit_)
      }
    }
  })

  it('cuts by records where the instrument wants it', () => {
    const shown = (framing: 'record' | 'record-etx', limit_: number): string[] =>
      cutMessage(bytesOfLatin1('H|1\rP|1\rL'), limit_, framing).map(({ text: part, last }) => `${latin1(part)}${last ? '.' : ''}`)
    expect(shown('record', 240)).toEqual(['H|1\r', 'P|1\r', 'L.'])
    expect(shown('record-etx', 240)).toEqual(['H|1\r.', 'P|1\r.', 'L.'])
    expect(shown('record-etx', 3)).toEqual(['H|1', '\r.', 'P|1', '\r.', 'L.'])
    expect(cutMessage(new Uint8Array(0), 240)).toEqual([{ text: new Uint8Array(0), last: true }])
  })
})
