import { append, noBytes, view } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { ACK, checksumDigits, CR, endsText, ENQ, EOT, ETX, LF, NAK, STX } from './frame.ts'

export interface Frame {
  readonly kind: 'frame'
  /** 0 to 7, or null where no digit stands. */
  readonly number: number | null
  /** Empty where the frame is too long. */
  readonly text: Uint8Array
  /** ETX, not ETB. */
  readonly last: boolean
  readonly checksumOk: boolean
  readonly tooLong: boolean
}

/** `noise` is what stands outside frames, and a frame that breaks off. It arrives in pieces as the chunks cut it. */
export type LineEvent = Frame | { readonly kind: 'enq' | 'ack' | 'nak' | 'eot' } | { readonly kind: 'noise'; readonly bytes: Uint8Array }

/** Where a reader stands between two chunks. */
export interface LineReader {
  readonly at: 'outside' | 'text' | 'first digit' | 'second digit'
  /** Frame number and text so far, without STX. */
  readonly body: Bytes
  readonly length: number
  readonly sum: number
  readonly last: boolean
  readonly digit: number
}

export const newLineReader: LineReader = { at: 'outside', body: noBytes, length: 0, sum: 0, last: false, digit: 0 }

export interface LineRead {
  readonly reader: LineReader
  /** Null where the chunk ends before the event does. */
  readonly event: LineEvent | null
  /** Where in the chunk the next event starts. */
  readonly next: number
}

const controls = new Map([[ENQ, 'enq'], [ACK, 'ack'], [NAK, 'nak'], [EOT, 'eot']] as const)
const controlOf = (byte: number): 'enq' | 'ack' | 'nak' | 'eot' | undefined => controls.get(byte as 4 | 5 | 6 | 21)
/** Bytes that start something else, wherever they stand. */
const restarts = (byte: number): boolean => byte === STX || byte === ENQ || byte === EOT

/**
 * The next event of a line from `from` on. `limit` is the greatest length of a frame's text in bytes; of a longer one only the length is kept.
 * Linear in the bytes, whatever the chunks.
 */
export const readLine = (reader: LineReader, chunk: Uint8Array, from: number, limit: number): LineRead => {
  let state = reader
  let position = from
  if (state.at === 'outside') {
    const found = outside(chunk, from)
    if (found.event) return { reader, ...found }
    if (found.next >= chunk.length) return { reader, event: null, next: chunk.length }
    position = found.next + 1
    const whole = wholeFrame(chunk, position, limit)
    if (whole) return { reader, ...whole }
    state = { ...newLineReader, at: 'text' }
  }
  if (state.at === 'text') {
    const read = readBody(state, chunk, position, limit)
    if (read.event || read.next >= chunk.length) return read
    state = read.reader
    position = read.next
  }
  return readChecksum(state, chunk, position, limit)
}

/** Up to a control byte, which is an event, or STX, whose place is `next`. */
const outside = (chunk: Uint8Array, from: number): { event: LineEvent | null; next: number } => {
  let start = from
  while (start < chunk.length && (chunk[start] === CR || chunk[start] === LF)) start += 1
  const first = chunk[start]
  if (first === undefined || first === STX) return { event: null, next: start }
  const control = controlOf(first)
  if (control) return { event: { kind: control }, next: start + 1 }
  let end = start + 1
  while (end < chunk.length && !isOfLine(chunk[end] ?? STX)) end += 1
  return { event: { kind: 'noise', bytes: chunk.slice(start, end) }, next: end }
}

const isOfLine = (byte: number): boolean => byte === STX || byte === CR || byte === LF || controlOf(byte) !== undefined

/** The frame whose number stands at `from`, where all of it is in the chunk and nothing breaks it: most are, and need no copy in between. */
const wholeFrame = (chunk: Uint8Array, from: number, limit: number): { event: LineEvent; next: number } | null => {
  const { sum, end } = sumText(chunk, from)
  const control = chunk[end] ?? EOT
  const first = chunk[end + 1] ?? EOT
  const second = chunk[end + 2] ?? EOT
  if (restarts(control) || restarts(first) || restarts(second)) return null
  const length = end - from
  const body = chunk.subarray(from, length > limit + 1 ? from : end)
  return { event: frameOf({ body, length, sum: sum + control, last: control === ETX, first, second }, limit), next: end + 3 }
}

/** The sum of the bytes up to one that ends the text, or the end of the chunk. */
const sumText = (chunk: Uint8Array, from: number): { sum: number; end: number } => {
  let sum = 0
  let end = from
  for (; end < chunk.length; end += 1) {
    const byte = chunk[end] ?? EOT
    if (endsText(byte)) break
    sum += byte
  }
  return { sum, end }
}

/** Up to ETB or ETX: then the reader stands before the first digit and `next` behind the end. */
const readBody = (reader: LineReader, chunk: Uint8Array, from: number, limit: number): LineRead => {
  const { sum: added, end } = sumText(chunk, from)
  const byte = chunk[end]
  const sum = (reader.sum + added + (byte ?? 0)) & 255
  const length = reader.length + end - from
  const body = length <= limit + 1 ? append(reader.body, chunk.subarray(from, end)) : noBytes
  if (byte === undefined) return { reader: { ...reader, body, length, sum }, event: null, next: end }
  if (restarts(byte)) return { reader: newLineReader, event: brokenOff(body), next: end }
  return { reader: { at: 'first digit', body, length, sum, last: byte === ETX, digit: 0 }, event: null, next: end + 1 }
}

const brokenOff = (body: Bytes): LineEvent => ({ kind: 'noise', bytes: new Uint8Array([STX, ...view(body)]) })

const readChecksum = (reader: LineReader, chunk: Uint8Array, from: number, limit: number): LineRead => {
  let state = reader
  let position = from
  for (; position < chunk.length; position += 1) {
    const byte = chunk[position] ?? EOT
    const ends = restarts(byte) || state.at === 'second digit'
    if (ends) {
      const { length, sum, last, digit: first } = state
      const event = frameOf({ body: view(state.body), length, sum, last, first, second: byte }, limit)
      return { reader: newLineReader, event, next: restarts(byte) ? position : position + 1 }
    }
    state = { ...state, at: 'second digit', digit: byte }
  }
  return { reader: state, event: null, next: position }
}

interface FrameParts {
  /** Frame number and text. */
  readonly body: Uint8Array
  readonly length: number
  readonly sum: number
  readonly last: boolean
  readonly first: number
  readonly second: number
}

const frameOf = ({ body, length, sum, last, first, second }: FrameParts, limit: number): Frame => {
  const [high, low] = checksumDigits(sum)
  const digit = (body[0] ?? 0) - 0x30
  return {
    kind: 'frame',
    number: digit >= 0 && digit <= 7 ? digit : null,
    text: body.slice(1),
    last,
    checksumOk: length > 0 && first === high && second === low,
    tooLong: length > limit + 1,
  }
}

/** All events of a chunk. */
export const readLines = (reader: LineReader, chunk: Uint8Array, limit: number): { reader: LineReader; events: LineEvent[] } => {
  const events: LineEvent[] = []
  let state = reader
  let position = 0
  while (position < chunk.length) {
    const read = readLine(state, chunk, position, limit)
    state = read.reader
    position = read.next
    if (read.event) events.push(read.event)
  }
  return { reader: state, events }
}
