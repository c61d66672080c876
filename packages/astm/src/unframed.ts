import { isRecord, isTerminated } from './assemble.ts'
import type { Message } from './assemble.ts'
import { append, noBytes, view } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { CR, ENQ, EOT, LF } from './frame.ts'

/** For instruments that send records straight on the line, without enquiry, frames or answers. */
export interface UnframedReader {
  readonly text: Bytes
  /** Where the record in progress starts. */
  readonly recordFrom: number
}

/** `message` and `incomplete` as in the link layer; `noise` is what stands outside messages. */
export type UnframedEvent =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'incomplete'; readonly text: Uint8Array; readonly reason: 'new header' | 'too long' | 'ended' }
  | { readonly kind: 'noise'; readonly bytes: Uint8Array }

interface UnframedRead {
  readonly reader: UnframedReader
  readonly events: UnframedEvent[]
}

export const newUnframedReader: UnframedReader = { text: noBytes, recordFrom: 0 }

/** Reads a chunk. A message goes from its H record to the CR or LF that ends its L record; `limit` is its greatest length in bytes. */
export const readUnframed = (reader: UnframedReader, chunk: Uint8Array, limit = 8_000_000): UnframedRead => {
  const events: UnframedEvent[] = []
  let state = reader
  for (let from = 0; from < chunk.length;) {
    let to = from
    while (to < chunk.length && !endsRecord(chunk[to] ?? CR)) to += 1
    const end = chunk[to]
    const piece = chunk.subarray(from, end === CR || end === LF ? to + 1 : to)
    from = to + 1
    state = startRecord(state, piece, events)
    state = { ...state, text: append(state.text, piece) }
    if (state.text.length > limit) state = dropAs('too long', state, events)
    if (end === EOT) state = endMessage(state, events)
    else if (end === CR || end === LF) state = endRecord(state, events)
  }
  return { reader: state, events }
}

/** The line has closed, or is silent: what is left is a message only where its L record is whole. */
export const endUnframed = (reader: UnframedReader): UnframedRead => {
  const events: UnframedEvent[] = []
  return { reader: endMessage(reader, events), events }
}

const endsRecord = (byte: number): boolean => byte === CR || byte === LF || byte === EOT || byte === ENQ

/** A header starts a message, wherever the one before it stands. */
const startRecord = (state: UnframedReader, piece: Uint8Array, events: UnframedEvent[]): UnframedReader =>
  state.text.length > 0 && state.recordFrom === state.text.length && isRecord(piece[0], 'H') ? dropAs('new header', state, events) : state

const endRecord = (state: UnframedReader, events: UnframedEvent[]): UnframedReader => {
  const text = view(state.text)
  if (!isRecord(text[0], 'H')) return dropAs('ended', state, events)
  if (!isRecord(text[state.recordFrom], 'L') || !isTerminated(text)) return { ...state, recordFrom: text.length }
  events.push({ kind: 'message', message: { text: text.slice(), terminated: true } })
  return newUnframedReader
}

const endMessage = (state: UnframedReader, events: UnframedEvent[]): UnframedReader => {
  const text = view(state.text)
  if (!isRecord(text[state.recordFrom], 'L') || !isTerminated(text)) return dropAs('ended', state, events)
  events.push({ kind: 'message', message: { text: text.slice(), terminated: true } })
  return newUnframedReader
}

const dropAs = (reason: 'new header' | 'too long' | 'ended', state: UnframedReader, events: UnframedEvent[]): UnframedReader => {
  const text = view(state.text).slice()
  if (isRecord(text[0], 'H')) events.push({ kind: 'incomplete', text, reason })
  else if (text.some((byte) => byte !== CR && byte !== LF)) events.push({ kind: 'noise', bytes: text })
  return newUnframedReader
}
