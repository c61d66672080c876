import { Hl7Error } from './hl7-error.ts'

export type MllpEvent =
  /** one frame's content, as sent; it may be empty or no HL7 at all */
  | { kind: 'message'; bytes: Uint8Array; startedAt: number }
  /** the beginning of a frame that never ended: a new one started, it grew too large, the line closed, or it took too long */
  | { kind: 'fragment'; bytes: Uint8Array; startedAt: number; reason: 'restarted' | 'too_large' | 'closed' | 'deadline' }
  /** `count` bytes outside of frames; `bytes` has the first of them */
  | { kind: 'noise'; bytes: Uint8Array; startedAt: number; count: number }

const [startBlock, endBlock, carriageReturn, lineFeed] = [0x0b, 0x1c, 0x0d, 0x0a]
const noiseKept = 4096
const bufferKept = 65_536

/**
 * Cuts a stream of bytes into MLLP frames. A frame ends at FS, whether or not CR follows; a start block inside a frame begins a
 * new one and reports the old one as a fragment, so two messages never become one. Never decodes. The same bytes give the same
 * events however they are chunked. Holds at most `maxFrameBytes`, rounded up to a power of two.
 */
export class MllpFramer {
  readonly #maxFrameBytes: number
  #state: 'outside' | 'inside' | 'skipping' = 'outside'
  #buffer = new Uint8Array(1024)
  #length = 0
  /** bytes of noise seen; the buffer holds the first of them */
  #noise = 0
  #startedAt = 0

  constructor({ maxFrameBytes }: { maxFrameBytes: number }) {
    this.#maxFrameBytes = maxFrameBytes
  }

  /** When the frame that is being received began; null between frames. */
  get frameStartedAt(): number | null {
    return this.#state === 'inside' ? this.#startedAt : null
  }

  /** Takes the next bytes, received at `at` (milliseconds). The chunk may be reused afterwards. */
  push(chunk: Uint8Array, at: number): MllpEvent[] {
    const events: MllpEvent[] = []
    for (let index = 0; index < chunk.length;) {
      if (this.#state === 'outside') index = this.#readOutside(chunk, index, at, events)
      else if (this.#state === 'inside') index = this.#readFrame(chunk, index, at, events)
      else index = this.#skip(chunk, index, at)
    }
    return events
  }

  /** The line closed: reports what was under way. The framer is then as new. */
  close(): MllpEvent[] {
    const events: MllpEvent[] = []
    if (this.#state === 'inside') this.#endFragment('closed', events)
    this.#endNoise(events)
    this.#state = 'outside'
    return events
  }

  /** Gives up a frame that began `frameMs` or longer ago, and reports noise as old as that. What still comes of the frame is noise. */
  expire(at: number, { frameMs }: { frameMs: number }): MllpEvent[] {
    const events: MllpEvent[] = []
    if (at - this.#startedAt < frameMs) return events
    if (this.#state === 'inside') this.#endFragment('deadline', events)
    this.#endNoise(events)
    return events
  }

  #readOutside(chunk: Uint8Array, from: number, at: number, events: MllpEvent[]): number {
    let index = from
    if (this.#noise === 0) while (chunk[index] === carriageReturn || chunk[index] === lineFeed) index++
    const begin = index
    while (index < chunk.length && chunk[index] !== startBlock && chunk[index] !== endBlock) index++
    const stop = chunk[index]
    if (stop === endBlock) index++
    this.#addNoise(chunk, begin, index, at)
    if (stop !== undefined) this.#endNoise(events)
    if (stop === startBlock) this.#startFrame(at)
    return stop === startBlock ? index + 1 : index
  }

  #readFrame(chunk: Uint8Array, from: number, at: number, events: MllpEvent[]): number {
    const room = from + this.#maxFrameBytes - this.#length
    const limit = Math.min(chunk.length, room)
    let index = from
    while (index < limit && chunk[index] !== endBlock && chunk[index] !== startBlock) index++
    this.#append(chunk, from, index)
    if (index === chunk.length) return index

    if (chunk[index] === endBlock) {
      events.push({ kind: 'message', bytes: this.#take(), startedAt: this.#startedAt })
      this.#state = 'outside'
    } else if (chunk[index] === startBlock) {
      this.#endFragment('restarted', events)
      this.#startFrame(at)
    } else {
      this.#endFragment('too_large', events)
      this.#state = 'skipping'
    }
    return index + 1
  }

  #skip(chunk: Uint8Array, from: number, at: number): number {
    let index = from
    while (index < chunk.length && chunk[index] !== endBlock && chunk[index] !== startBlock) index++
    if (chunk[index] === endBlock) this.#state = 'outside'
    if (chunk[index] === startBlock) this.#startFrame(at)
    return index + 1
  }

  #startFrame(at: number): void {
    this.#state = 'inside'
    this.#startedAt = at
  }

  #endFragment(reason: 'restarted' | 'too_large' | 'closed' | 'deadline', events: MllpEvent[]): void {
    events.push({ kind: 'fragment', bytes: this.#take(), startedAt: this.#startedAt, reason })
    this.#state = 'outside'
  }

  #addNoise(chunk: Uint8Array, from: number, to: number, at: number): void {
    if (to === from) return
    if (this.#noise === 0) this.#startedAt = at
    this.#noise += to - from
    this.#append(chunk, from, Math.min(to, from + noiseKept - this.#length))
  }

  #endNoise(events: MllpEvent[]): void {
    if (this.#noise > 0) events.push({ kind: 'noise', bytes: this.#take(), startedAt: this.#startedAt, count: this.#noise })
    this.#noise = 0
  }

  #append(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(length)))
      larger.set(this.#buffer.subarray(0, this.#length))
      this.#buffer = larger
    }
    // set() costs more than it saves for the single bytes of a slow line.
    if (to - from === 1) this.#buffer[this.#length] = chunk[from] ?? 0
    else this.#buffer.set(chunk.subarray(from, to), this.#length)
    this.#length = length
  }

  #take(): Uint8Array {
    const bytes = this.#buffer.slice(0, this.#length)
    this.#length = 0
    if (this.#buffer.length > bufferKept) this.#buffer = new Uint8Array(1024)
    return bytes
  }
}

/** Wraps a message for the wire: VT, the bytes, FS, CR. Throws Hl7Error 'unframeable' where a byte of it would end or restart the frame. */
export const frame = (bytes: Uint8Array): Uint8Array => {
  if (bytes.includes(startBlock) || bytes.includes(endBlock)) {
    throw new Hl7Error('unframeable', 'the message holds a byte 0B or 1C, which MLLP keeps for itself')
  }
  const framed = new Uint8Array(bytes.length + 3)
  framed[0] = startBlock
  framed.set(bytes, 1)
  framed.set([endBlock, carriageReturn], bytes.length + 1)
  return framed
}
