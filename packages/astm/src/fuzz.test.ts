import { describe, expect, it } from 'vitest'
import { bytesOfLatin1, latin1 } from './bytes.ts'
import { cutMessage, encodeFrame } from './frame.ts'
import { newLink } from './link-state.ts'
import { step } from './link.ts'
import { parseRecords } from './records.ts'
import { joined, random } from './testing/chunks.ts'
import { receive } from './testing/receive.ts'
import { resultsOf, treesOf } from './tree.ts'

const message = bytesOfLatin1('H|\\^&|||c311^1|||||host|RSUPL^REAL|P|1\rP|1\rO|1|S-27\rR|1|^^^685/|22.4|U/l||A||F\rC|1|I|43|I\rL|1|N\r')
const ENQ = new Uint8Array([5])
const EOT = new Uint8Array([4])

const sessionOf = (limit: number): Uint8Array =>
  joined(ENQ, ...cutMessage(message, limit).map(({ text, last }, index) => encodeFrame(index + 1, text, last)), EOT)

describe('a session', () => {
  it('gives its message wherever ETB cuts it', () => {
    for (let limit = 1; limit <= message.length; limit += 1) expect(receive([sessionOf(limit)]).messages).toEqual([latin1(message)])
    for (let first = 1; first < message.length; first += 1) {
      const frames = [encodeFrame(1, message.subarray(0, first), false), encodeFrame(2, message.subarray(first), true)]
      expect(receive([joined(ENQ, ...frames, EOT)]).messages).toEqual([latin1(message)])
    }
  })

  it('never gives another message, whichever byte is flipped, lost or doubled', () => {
    const session = sessionOf(40)
    for (let place = 0; place < session.length; place += 1) {
      const byte = session[place] ?? 0
      const before = session.subarray(0, place)
      const after = session.subarray(place + 1)
      const variants = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => joined(before, new Uint8Array([byte ^ (1 << bit)]), after))
      variants.push(joined(before, after), joined(before, session.subarray(place, place + 1), session.subarray(place)))
      for (const variant of variants) {
        const { messages, terminated } = receive([variant])
        expect(messages.filter((text) => text !== latin1(message)), `byte ${place}`).toEqual([])
        expect(terminated).not.toContain(false)
      }
    }
  })

  it('refuses each of its frames when any of its bytes is flipped', () => {
    const frame = encodeFrame(1, message, true)
    for (let place = 1; place < frame.length - 2; place += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = frame.map((byte, index) => (index === place ? byte ^ (1 << bit) : byte))
        expect(receive([joined(ENQ, flipped, EOT)]).messages).toEqual([])
      }
    }
  })
})

describe('two hundred thousand mutated frames', () => {
  it('neither crash the link nor stay in memory', () => {
    const next = random(4)
    const session = sessionOf(60)
    let state = newLink({ receiveLimit: 240, messageLimit: 4096 })
    let frames = 0
    let heaviest = 0
    let at = 0
    while (frames < 200_000) {
      const bytes = session.slice()
      for (let count = Math.floor(next() * 4); count > 0; count -= 1) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
      const cut = next() < 0.2 ? Math.floor(next() * bytes.length) : bytes.length
      at += next() * 2000
      let result = step(state, { kind: 'bytes', at, bytes: bytes.subarray(0, cut) })
      for (let turns = 0; turns < 20; turns += 1) {
        const store = result.actions.find((action) => action.kind === 'store')
        if (!store) break
        for (const { text } of store.messages) treesOf(parseRecords(text)).flatMap(resultsOf)
        result = step(result.state, { kind: 'stored', at, ok: next() < 0.99 })
      }
      state = result.state
      frames += 4
      heaviest = Math.max(heaviest, state.reader.body.store.buffer.length + state.waiting.store.buffer.length)
    }
    expect(heaviest).toBeLessThan(20_000)
  })

  it('random bytes neither', () => {
    const next = random(5)
    const signs = bytesOfLatin1('\x02\x03\x04\x05\x06\x15\x17\r\n0123456789ABCDEFH|\\^&L')
    let state = newLink({ receiveLimit: 240, messageLimit: 4096 })
    for (let at = 0; at < 5000; at += 1) {
      const bytes = new Uint8Array(100).map(() => signs[Math.floor(next() * signs.length)] ?? 0)
      state = step(step(state, { kind: 'bytes', at, bytes }).state, { kind: 'stored', at, ok: true }).state
      expect(state.waiting.length).toBeLessThanOrEqual(4096)
      expect(state.reader.body.length).toBeLessThanOrEqual(242)
    }
  })
})
