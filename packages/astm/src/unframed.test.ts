import { describe, expect, it } from 'vitest'
import { bytesOfLatin1, latin1 } from './bytes.ts'
import { chunksOf, random } from './testing/chunks.ts'
import { endUnframed, newUnframedReader, readUnframed } from './unframed.ts'
import type { UnframedEvent } from './unframed.ts'

const show = (event: UnframedEvent): string =>
  event.kind === 'message' ? `message ${latin1(event.message.text)}`
    : event.kind === 'noise' ? `noise ${latin1(event.bytes)}` : `${event.reason} ${latin1(event.text)}`

const read = (text: string, size: number, limit?: number): string[] => {
  let reader = newUnframedReader
  const events: UnframedEvent[] = []
  for (const chunk of chunksOf(bytesOfLatin1(text), size, random(size))) {
    const result = readUnframed(reader, chunk, limit)
    reader = result.reader
    events.push(...result.events)
  }
  return [...events, ...endUnframed(reader).events].map(show)
}

const one = 'H|\\^&|1\rR|1|LH|L\rL|1|N\r'

describe('readUnframed', () => {
  it.each([
    ['messages', one + one, [`message ${one}`, `message ${one}`]],
    ['CR LF', 'H|\\^&\r\nL|1\r\nH|\\^&\nL|1\n', ['message H|\\^&\r\nL|1\r', 'message H|\\^&\nL|1\n']],
    ['a header inside a message', `H|\\^&|0\rP|1\r${one}`, ['new header H|\\^&|0\rP|1\r', `message ${one}`]],
    ['what stands outside', `\r\nagain\r${one}P|1\r${one}`, ['noise again\r', `message ${one}`, 'noise P|1\r', `message ${one}`]],
    ['a message cut off', 'H|\\^&\rR|1|x|5', ['ended H|\\^&\rR|1|x|5']],
    ['a terminator without its end', 'H|\\^&\rL|1|N', ['message H|\\^&\rL|1|N']],
    ['enquiry and end without frames', `\x05${one}\x04`, [`message ${one}`]],
    ['a message cut off by EOT', 'H|\\^&\rR|1\r\x04', ['ended H|\\^&\rR|1\r']],
    ['nothing', '', []],
  ])('%s, whatever the chunks', (_, text, events) => {
    for (const size of [1, 2, 5, 1000]) expect(read(text, size)).toEqual(events)
  })

  it('drops what is too long, and reads on at the next header', () => {
    for (const size of [1, 7]) expect(read(`H|\\^&\r${'x'.repeat(100)}\r${one}`, size, 40).at(-1)).toBe(`message ${one}`)
  })
})
