import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Hl7Error } from './hl7-error.ts'
import { frame, MllpFramer } from './mllp.ts'
import type { MllpEvent } from './mllp.ts'
import { bytesOf, textOf } from './testing/samples.ts'

const at = 1000

const pushAll = (framer: MllpFramer, chunks: readonly Uint8Array[]): MllpEvent[] => chunks.flatMap((chunk) => framer.push(chunk, at))

const events = (chunks: readonly (Uint8Array | string)[], maxFrameBytes = 1_000_000): MllpEvent[] => {
  const framer = new MllpFramer({ maxFrameBytes })
  return [...pushAll(framer, chunks.map((chunk) => typeof chunk === 'string' ? bytesOf(chunk) : chunk)), ...framer.close()]
}

const brief = (event: MllpEvent): string =>
  `${event.kind === 'fragment' ? event.reason : event.kind}${event.kind === 'noise' ? ` ${event.count}` : ''}: ${textOf(event.bytes)}`

const read = (...chunks: (Uint8Array | string)[]): string[] => events(chunks).map(brief)

const singly = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))

describe('MllpFramer', () => {
  it('puts a frame together from single bytes', () => {
    expect(events(singly(frame(bytesOf('MSH|é'))))).toEqual([{ kind: 'message', bytes: bytesOf('MSH|é'), startedAt: at }])
  })

  it('takes several frames from one chunk, and a half one from the next', () => {
    expect(read('\x0bA\x1c\r\x0bB\x1c\r\x0bC\x1c\r')).toEqual(['message: A', 'message: B', 'message: C'])
    expect(read('\x0bA\x1c\r\x0bB', 'B\x1c\r')).toEqual(['message: A', 'message: BB'])
    expect(read('\x0bA\x1c', '\r\x0bB\x1c\r')).toEqual(['message: A', 'message: B'])
  })

  it('needs no CR after a frame, and skips line ends between frames', () => {
    expect(read('\x0bA\x1c\x0bB\x1c\r')).toEqual(['message: A', 'message: B'])
    expect(read('\r\n\x0bA\x1c\r\n\r\n\x0bB\x1c\n')).toEqual(['message: A', 'message: B'])
  })

  it('never merges: a start block within a frame reports what came before', () => {
    expect(read('\x0bMSH|H1', '\x0bMSH|H2\x1c\r')).toEqual(['restarted: MSH|H1', 'message: MSH|H2'])
    expect(read('\x0b\x0bA\x1c')).toEqual(['restarted: ', 'message: A'])
  })

  it('reports what stands outside of frames', () => {
    expect(read('xy\x0bA\x1c\r\0\x0bB\x1c')).toEqual(['noise 2: xy', 'message: A', 'noise 1: \0', 'message: B'])
    expect(read('MSH|no start\rPID|\r\x1c\r')).toEqual(['noise 19: MSH|no start\rPID|\r\x1c'])
    const [noise] = events(['z'.repeat(100_000)])
    expect(noise).toMatchObject({ kind: 'noise', count: 100_000 })
    expect(noise?.bytes.length).toBe(4096)
  })

  it('hands over an empty frame', () => {
    expect(read('\x0b\x1c\r')).toEqual(['message: '])
  })

  it('gives up a frame that is too large, and finds the next', () => {
    expect(events(['\x0b123456789\x1c\r\x0b1234\x1c'], 4).map(brief)).toEqual(['too_large: 1234', 'message: 1234'])
    expect(events(['\x0b12345', '6\x0b12\x1c'], 4).map(brief)).toEqual(['too_large: 1234', 'message: 12'])
    expect(events(['\x0b', '1234', '\x1c'], 4).map(brief)).toEqual(['message: 1234'])
  })

  it('reports what was under way when the line closes, and starts anew', () => {
    const framer = new MllpFramer({ maxFrameBytes: 100 })
    expect(framer.push(bytesOf('\x0bhalf'), 5)).toEqual([])
    expect(framer.close()).toEqual([{ kind: 'fragment', bytes: bytesOf('half'), startedAt: 5, reason: 'closed' }])
    expect(framer.close()).toEqual([])
    expect(framer.push(bytesOf('\x0bA\x1c'), 10).map(brief)).toEqual(['message: A'])
  })

  it('gives up a frame that takes too long; its rest is noise', () => {
    const framer = new MllpFramer({ maxFrameBytes: 100 })
    framer.push(bytesOf('\x0bslow'), 1000)
    expect(framer.frameStartedAt).toBe(1000)
    expect(framer.expire(1499, { frameMs: 500 })).toEqual([])
    expect(framer.expire(1500, { frameMs: 500 }).map(brief)).toEqual(['deadline: slow'])
    expect(framer.frameStartedAt).toBeNull()
    expect(framer.push(bytesOf('er\x1c\r\x0bA\x1c\r'), 1600).map(brief)).toEqual(['noise 3: er\x1c', 'message: A'])
    framer.push(bytesOf('hello'), 2000)
    expect(framer.expire(2400, { frameMs: 500 })).toEqual([])
    expect(framer.expire(2500, { frameMs: 500 }).map(brief)).toEqual(['noise 5: hello'])
  })

  it('hands over bytes of its own', () => {
    const chunk = frame(bytesOf('keep'))
    const [event] = new MllpFramer({ maxFrameBytes: 100 }).push(chunk, at)
    chunk.fill(0)
    expect(textOf(event!.bytes)).toBe('keep')
  })

  it('takes 6 MB in single bytes in linear time and bounded memory', () => {
    const framer = new MllpFramer({ maxFrameBytes: 8_000_000 })
    framer.push(Uint8Array.of(0x0b), at)
    const chunk = Uint8Array.of(0x41)
    for (let count = 0; count < 6_000_000; count++) framer.push(chunk, at)
    expect(framer.push(Uint8Array.of(0x1c), at)).toMatchObject([{ kind: 'message', bytes: { length: 6_000_000 } }])
  })

  const stream = fc.array(fc.constantFrom(0x0b, 0x0b, 0x1c, 0x1c, 0x0d, 0x0a, 0x41, 0x42, 0xc3, 0x00), { maxLength: 200 })

  it('gives the same events for every chunking', () => {
    fc.assert(fc.property(stream, fc.array(fc.nat(200)), fc.integer({ min: 1, max: 12 }), (codes, cuts, maxFrameBytes) => {
      const bytes = Uint8Array.from(codes)
      const sorted = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      const chunks = sorted.map((cut, index) => bytes.subarray(cut, sorted[index + 1] ?? bytes.length))
      const whole = events([bytes], maxFrameBytes)
      expect(events(chunks, maxFrameBytes)).toEqual(whole)
      expect(events(singly(bytes), maxFrameBytes)).toEqual(whole)
    }), { numRuns: 1000 })
  })

  it('hands over every frame once, whatever stands between', () => {
    const content = fc.uint8Array({ maxLength: 50 }).map((bytes) => bytes.filter((byte) => byte !== 0x0b && byte !== 0x1c))
    fc.assert(fc.property(fc.array(content), fc.constantFrom('', '\r\n', '\0', 'garbage'), (contents, between) => {
      const found = events(contents.flatMap((bytes) => [frame(bytes), between]))
      expect(found.filter(({ kind }) => kind === 'message').map(({ bytes }) => bytes)).toEqual(contents)
    }))
  })
})

describe('frame', () => {
  it('refuses bytes that would break the frame', () => {
    expect(() => frame(bytesOf('a\x1cb'))).toThrow(Hl7Error)
    expect(() => frame(bytesOf('a\x0bb'))).toThrow(Hl7Error)
  })
})
