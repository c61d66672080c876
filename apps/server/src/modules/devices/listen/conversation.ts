import type { PortInstrument } from './open-ports.ts'
import type { Arrival, Kept } from './store-messages.ts'

/** What was heard on a line: what of an arrival the protocol knows. */
export interface Heard extends Pick<Arrival, 'bytes' | 'state' | 'detail'> {
  controlId?: string | null
  answer?: Uint8Array | null
}

export interface HeardAndKept extends Kept {
  instrument: PortInstrument | null
}

/** The line as a protocol sees it. */
export interface Line {
  readonly limits: LineLimits
  /** False while nothing can be stored. */
  readonly ready: boolean
  write(bytes: Uint8Array): void
  /** Ends the connection at once, with the reason for the log. */
  close(why: string): void
  keep(heard: Heard): Promise<HeardAndKept>
  isQuery(instrument: PortInstrument, bytes: Uint8Array): boolean
  answerFor(instrument: PortInstrument, bytes: Uint8Array): Promise<Uint8Array[]>
  /** For the log; never what was said. */
  note(what: string, count: number): void
}

export interface LineLimits {
  /** Bytes of a message. */
  maxMessage: number
  frameText: number
  tolerate: { checksum: boolean; number: boolean }
  /** A message that takes longer than this from its first byte is given up. */
  messageMs: number
  /** How long a download waits for its answer. */
  answerMs: number
  /** The silence that ends a message where nothing else does. */
  silenceMs: number
}

/** One protocol on one connection. Times are of a clock that does not run backwards, in milliseconds. */
export interface Conversation {
  take(chunk: Uint8Array, at: number): void
  /** Given about once a second. */
  tick(at: number): void
  setReady(ready: boolean, at: number): void
  /** Sends messages of our own, one after the other; answers what went wrong, or null. */
  send(messages: readonly Uint8Array[]): Promise<string | null>
  /** The connection has ended. */
  end(at: number): void
  /** Bytes that are held of unfinished messages. */
  held(): number
}
