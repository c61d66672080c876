import { endUnframed, newUnframedReader, readUnframed, type UnframedEvent } from '@aliquot/astm'
import { log } from '#platform/log'
import type { Conversation, Line } from './conversation.ts'

const againMs = 2000

/** Records straight on the line, and nothing is answered: what cannot be stored is kept and tried again. A silence ends what did not end by itself. */
export function unframedConversation(line: Line): Conversation {
  let reader = newUnframedReader
  let lastAt = 0
  let unstored = 0

  const hear = (events: readonly UnframedEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'message') keep(event.message.text, null)
      else if (event.kind === 'incomplete') keep(event.text, `broken off: ${event.reason}`)
      else keep(event.bytes, 'outside of a message')
    }
  }
  const keep = (bytes: Uint8Array, broken: string | null): void => {
    if (broken) line.note(broken, bytes.length)
    unstored += bytes.length
    const tryOnce = (): Promise<unknown> => line.keep({ bytes, state: broken ? 'incomplete' : 'stored', detail: broken }).catch(async (error: Error) => {
      log.error({ err: error.message }, 'a message that will not be sent again is not stored yet')
      await new Promise((resolve) => setTimeout(resolve, againMs))
      return tryOnce()
    })
    void tryOnce().then(() => { unstored -= bytes.length })
  }
  const end = (): void => {
    const read = endUnframed(reader)
    reader = read.reader
    hear(read.events)
  }

  return {
    take(chunk, at) {
      lastAt = at
      const read = readUnframed(reader, chunk, line.limits.maxMessage)
      reader = read.reader
      hear(read.events)
    },
    tick(at) {
      if (reader.text.length > 0 && at - lastAt >= line.limits.silenceMs) end()
    },
    setReady() {},
    send: async () => 'the protocol of this instrument takes no orders',
    end,
    held: () => reader.text.length + unstored,
  }
}
