import { addText, emptyAssembly } from './assemble.ts'
import { sameBytes, view } from './bytes.ts'
import { ACK, EOT, NAK, STX } from './frame.ts'
import { limits, note, say } from './link-state.ts'
import type { IncompleteReason, LinkState, Phase, Receiving, RefusalReason, Turn } from './link-state.ts'
import type { Frame, LineEvent } from './read-line.ts'

type Storing = Extract<Phase, { name: 'storing' }>

const nothingRefused = { refused: null, refusedFrame: null, refusals: 0 } as const

/** Answers an enquiry: NAK while we are not ready, or while a frame of a session that is over is still being stored. */
export const onEnquiry = (state: LinkState, turn: Turn): LinkState => {
  if (!state.ready || state.owed) {
    note(turn, 'busy')
    say(turn, NAK)
    return { ...state, phase: { name: 'neutral' } }
  }
  say(turn, ACK)
  const accepted = { number: 0, text: null }
  const phase: Receiving = {
    name: 'receiving', deadline: turn.at + limits.silence, assembly: emptyAssembly, accepted, before: accepted, ...nothingRefused,
  }
  return { ...state, phase, holdUntil: state.holdLifts ? 0 : state.holdUntil, holdLifts: false }
}

export const onReceived = (state: LinkState, phase: Receiving, event: LineEvent, turn: Turn): LinkState => {
  if (event.kind === 'frame') return onFrame(state, phase, event, turn)
  if (event.kind === 'eot') return endSession(state, phase, null, turn)
  if (event.kind === 'enq') return onSecondEnquiry(state, phase, turn)
  if (event.kind !== 'noise') return state
  note(turn, 'noise', '', event.bytes)
  const refused = event.bytes[0] === STX ? 'broken off' : phase.refused ?? 'noise'
  return { ...state, phase: { ...phase, refused } }
}

/**
 * ENQ within a session: the sender has started anew, or the line has garbled a frame. ACK could be taken for that of a frame, so it is NAK: a sender
 * that started anew enquires again, one whose frame was garbled sends it again.
 */
const onSecondEnquiry = (state: LinkState, phase: Receiving, turn: Turn): LinkState => {
  say(turn, NAK)
  return phase.accepted.text ? endSession(state, phase, 'new enquiry', turn) : state
}

const onFrame = (state: LinkState, phase: Receiving, frame: Frame, turn: Turn): LinkState => {
  const { number, text, last } = frame
  const sound = frame.checksumOk || state.options.tolerate.checksum
  if (sound && number === phase.accepted.number && phase.accepted.text && sameBytes(text, phase.accepted.text)) {
    note(turn, 'repeated', `frame ${number}`)
    say(turn, ACK)
    const another = phase.refusedFrame && phase.refusedFrame.number !== number
    return { ...state, phase: { ...phase, ...(another ? {} : nothingRefused), deadline: turn.at + limits.silence } }
  }
  const refusal = judge(state, phase, frame, turn)
  if (refusal) return refuse(state, phase, frame, refusal, turn)

  const { assembly, messages } = addText(phase.assembly, text, last, state.options.etxInsideRecord)
  const accepted = { number: number ?? (phase.accepted.number + 1) & 7, text }
  const before = assembly.text.length === 0 ? accepted : messages.length > 0 ? phase.accepted : phase.before
  const next: Receiving = { ...phase, assembly, accepted, before, ...nothingRefused }
  if (state.options.acknowledge === 'message' && messages.length === 0) {
    return { ...state, phase: { ...next, deadline: turn.at + limits.silence } }
  }
  const whole = messages.filter(({ terminated }) => terminated || !state.options.requireTerminator)
  const incomplete = messages.filter((message) => !whole.includes(message))
  turn.actions.push({ kind: 'store', frame: { number, text, last }, messages: whole })
  return { ...state, owed: true, phase: { name: 'storing', deadline: turn.at + limits.reply, frame, now: phase, next, incomplete } }
}

/** Why the frame cannot be accepted, or null. What the options tolerate is noted. */
const judge = (state: LinkState, phase: Receiving, frame: Frame, turn: Turn): RefusalReason | null => {
  const { tolerate, messageLimit } = state.options
  if (phase.refused && phase.refusals >= limits.refusals) return phase.refused
  if (frame.tooLong) return 'frame too long'
  if (!frame.checksumOk && !tolerate.checksum) return 'checksum'
  const expected = (phase.accepted.number + 1) & 7
  if (frame.number !== expected && !tolerate.number) return 'number'
  if (phase.refusedFrame && !comesAgain(phase.refusedFrame, frame, tolerate.number)) return 'number'
  if (phase.assembly.text.length + frame.text.length >= messageLimit) return 'message too long'
  if (!frame.checksumOk) note(turn, 'tolerated', 'checksum', frame.text)
  if (frame.number !== expected) note(turn, 'tolerated', `number ${frame.number} for ${expected}`, frame.text)
  return null
}

/**
 * A sender that does not heed NAK goes on, and eight frames later its number fits again: without this, its message would lack those between. For the
 * same reason nothing is accepted after six refusals, when one that does heed them has ended the session.
 * A frame refused for its number is known by its text. Where the checksum was wrong the text cannot be known, and the number must do.
 */
const comesAgain = (refused: Frame, frame: Frame, anyNumber: boolean): boolean =>
  refused.checksumOk && !refused.tooLong ? sameBytes(refused.text, frame.text) : !anyNumber || refused.number === frame.number

/** Where only whole messages are acknowledged, one refused frame spoils the message, which has to come again from its first frame. */
const refuse = (state: LinkState, phase: Receiving, frame: Frame, reason: RefusalReason, turn: Turn): LinkState => {
  note(turn, 'refused', reason, frame.text)
  say(turn, NAK)
  const refusals = phase.refusals + 1
  const again: Receiving = { ...phase, refused: reason, refusedFrame: frame, refusals, deadline: turn.at + limits.silence }
  if (state.options.acknowledge === 'frame') return { ...state, phase: again }
  if (phase.assembly.text.length > 0) turn.actions.push({ kind: 'incomplete', text: view(phase.assembly.text).slice(), reason })
  return { ...state, phase: { ...again, assembly: emptyAssembly, accepted: phase.before, refusedFrame: null, refusals: 0 } }
}

export const onStored = (state: LinkState, ok: boolean, turn: Turn): LinkState => {
  const { phase } = state
  const settled: LinkState = { ...state, owed: false }
  if (phase.name !== 'storing') return settled
  if (!ok) return refuse(settled, phase.now, phase.frame, 'not stored', turn)
  for (const { text } of phase.incomplete) turn.actions.push({ kind: 'incomplete', text, reason: 'no terminator' })
  const stop = state.options.interrupt && state.queue.length > 0 && phase.next.assembly.text.length === 0
  say(turn, stop ? EOT : ACK)
  return { ...settled, phase: { ...phase.next, deadline: turn.at + limits.silence } }
}

/** The frame is not acknowledged any more: the sender has given up by now and takes an ACK for that of something else. */
export const storedTooLate = (state: LinkState, phase: Storing, turn: Turn): LinkState => {
  for (const { text } of phase.incomplete) turn.actions.push({ kind: 'incomplete', text, reason: 'no terminator' })
  return endSession(state, phase.next, 'stored too late', turn)
}

/** Ends the session: by EOT where no reason is given. What is left of a message is reported, and never joined to what comes next. */
export const endSession = (state: LinkState, phase: Receiving, reason: IncompleteReason | null, turn: Turn): LinkState => {
  const { assembly, refused, accepted } = phase
  const text = view(assembly.text).slice()
  const why = reason ?? (assembly.open ? 'ended within a message' : refused) ?? (state.options.requireTerminator ? 'no terminator' : null)
  if (text.length > 0) {
    turn.actions.push(why ? { kind: 'incomplete', text, reason: why } : { kind: 'message', message: { text, terminated: false } })
  } else if (refused && refused !== 'noise') {
    turn.actions.push({ kind: 'incomplete', text, reason: refused })
  } else if (!accepted.text) note(turn, 'empty session', reason ?? '')
  return { ...state, phase: { name: 'neutral' } }
}
