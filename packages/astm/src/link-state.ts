import type { Assembly, Message } from './assemble.ts'
import { noBytes } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import type { FrameText, Framing } from './frame.ts'
import { newLineReader } from './read-line.ts'
import type { Frame, LineReader } from './read-line.ts'

export interface LinkOptions {
  /** The instrument wins when both want to send. */
  readonly role: 'instrument' | 'host'
  /** Greatest text of a frame, in bytes, that is accepted. */
  readonly receiveLimit: number
  /** Greatest text of a frame, in bytes, that is sent: 240 in E1381, 63,993 in LIS01-A. */
  readonly sendLimit: number
  readonly framing: Framing
  /** Greatest message, in bytes, that is accepted, and the most that may arrive while a frame is being stored. */
  readonly messageLimit: number
  /** `message`: for an instrument that sends all frames of a message at once and then waits for one answer. */
  readonly acknowledge: 'frame' | 'message'
  /** Accepts frames whose checksum or number is wrong, and notes each. For instruments known to get them wrong. */
  readonly tolerate: { readonly checksum: boolean; readonly number: boolean }
  /** The instrument ends frames with ETX inside records: their texts are joined as they are. */
  readonly etxInsideRecord: boolean
  /** A message that EOT or the next header closes before its L record is incomplete. */
  readonly requireTerminator: boolean
  /** With something to send, asks the sender to stop after its message, by EOT in place of ACK. */
  readonly interrupt: boolean
  /** How often a message is tried, from its first frame, before it fails. */
  readonly attempts: number
}

export const defaultLinkOptions: LinkOptions = {
  role: 'host',
  receiveLimit: 64_000,
  sendLimit: 240,
  framing: 'filled',
  messageLimit: 8_000_000,
  acknowledge: 'frame',
  tolerate: { checksum: false, number: false },
  etxInsideRecord: false,
  requireTerminator: false,
  interrupt: false,
  attempts: 10,
}

/** The times of LIS01, in milliseconds, and its count of refusals. */
export const limits = {
  reply: 15_000,
  silence: 30_000,
  afterNak: 10_000,
  hostYields: 20_000,
  instrumentWaits: 1_000,
  afterInterrupt: 15_000,
  refusals: 6,
} as const

/** `at` is a time in milliseconds on any clock that does not run backwards. */
export type LinkEvent = { readonly at: number } & (
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'send'; readonly id: string; readonly text: Uint8Array }
  /** The answer to the action `store`. Only `ok: true`, durably stored, lets the frame be acknowledged. */
  | { readonly kind: 'stored'; readonly ok: boolean }
  /** Not ready: every enquiry gets NAK. */
  | { readonly kind: 'ready'; readonly ready: boolean }
  | { readonly kind: 'tick' }
  | { readonly kind: 'closed' }
)

export type RefusalReason = 'checksum' | 'number' | 'frame too long' | 'message too long' | 'not stored' | 'broken off' | 'noise'
export type IncompleteReason = RefusalReason | 'ended within a message' | 'no terminator' | 'silence' | 'new enquiry' | 'stored too late' | 'closed'
export type FailureReason = 'no answer to enquiry' | 'busy' | 'no answer to frame' | 'refused' | 'closed' | 'not sendable'

export type LinkAction =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** Store the frame and the messages that it completes, all or nothing, then answer with `stored`. One at a time; what is not stored comes again. */
  | { readonly kind: 'store'; readonly frame: AcceptedFrame; readonly messages: readonly Message[] }
  /** A message that the end of the session closed, without L. Its frames are stored, except with `acknowledge: 'message'`. */
  | { readonly kind: 'message'; readonly message: Message }
  /** What was received of a message that will not be completed: never a result. */
  | { readonly kind: 'incomplete'; readonly text: Uint8Array; readonly reason: IncompleteReason }
  | { readonly kind: 'sent'; readonly id: string }
  | { readonly kind: 'failed'; readonly id: string; readonly reason: FailureReason }
  /** Give a `tick` at this time, or later. Replaces the time given before. */
  | { readonly kind: 'wake'; readonly at: number }
  /** For the log: nothing has to be done. */
  | { readonly kind: 'note'; readonly note: Note; readonly detail: string; readonly bytes: Uint8Array }

export type Note = 'noise' | 'refused' | 'tolerated' | 'repeated' | 'contention' | 'busy' | 'empty session' | 'not accepted' | 'will repeat'

export interface AcceptedFrame {
  readonly number: number | null
  readonly text: Uint8Array
  readonly last: boolean
}

export interface Receiving {
  readonly name: 'receiving'
  readonly deadline: number
  readonly assembly: Assembly
  readonly accepted: Accepted
  /** The frame accepted before the message began. */
  readonly before: Accepted
  /** Why the last frame was refused, or is not whole, as long as none is accepted after it. */
  readonly refused: RefusalReason | null
  /** The last frame that was refused since one was accepted: it has to come again before any other. */
  readonly refusedFrame: Frame | null
  readonly refusals: number
}

/** The last frame that was accepted; number 0 and no text at the start of the transfer phase. */
export interface Accepted {
  readonly number: number
  readonly text: Uint8Array | null
}

export interface Sending {
  readonly name: 'sending'
  readonly deadline: number
  readonly frames: readonly FrameText[]
  readonly index: number
  readonly number: number
  readonly refusals: number
  readonly askedToStop: boolean
}

export type Phase =
  | { readonly name: 'neutral' }
  | { readonly name: 'enquiring' | 'contending' | 'yielding'; readonly deadline: number }
  | Sending
  | Receiving
  | {
    readonly name: 'storing'
    readonly deadline: number
    readonly frame: Frame
    readonly now: Receiving
    readonly next: Receiving
    readonly incomplete: readonly Message[]
  }

export interface Outgoing {
  readonly id: string
  readonly text: Uint8Array
  readonly attempts: number
}

export interface LinkState {
  readonly options: LinkOptions
  readonly phase: Phase
  readonly reader: LineReader
  readonly queue: readonly Outgoing[]
  /** No enquiry of ours before this time. */
  readonly holdUntil: number
  /** The hold ends when the other side has sent. */
  readonly holdLifts: boolean
  readonly ready: boolean
  /** A `stored` is still to come. */
  readonly owed: boolean
  /** What arrived while a frame was being stored, and how much of it is read. */
  readonly waiting: Bytes
  readonly waitingFrom: number
  readonly closing: boolean
}

/** One step: its time, what it has to do, and whether it has sent something that the other side answers. */
export interface Turn {
  readonly at: number
  readonly actions: LinkAction[]
  spoke: boolean
}

/** A link at rest. Options that are not given are those of the standard. */
export const newLink = (options: Partial<LinkOptions> = {}): LinkState => ({
  options: { ...defaultLinkOptions, ...options },
  phase: { name: 'neutral' },
  reader: newLineReader,
  queue: [],
  holdUntil: 0,
  holdLifts: false,
  ready: true,
  owed: false,
  waiting: noBytes,
  waitingFrom: 0,
  closing: false,
})

const none = new Uint8Array(0)

export const say = (turn: Turn, byte: number): void => {
  turn.actions.push({ kind: 'send', bytes: new Uint8Array([byte]) })
}

export const note = (turn: Turn, text: Note, detail = '', bytes: Uint8Array = none): void => {
  turn.actions.push({ kind: 'note', note: text, detail, bytes })
}
