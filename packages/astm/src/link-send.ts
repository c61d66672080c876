import { cutMessage, encodeFrame, endsText, ENQ, EOT } from './frame.ts'
import { limits, note, say } from './link-state.ts'
import type { FailureReason, LinkState, Outgoing, Sending, Turn } from './link-state.ts'
import { newLineReader } from './read-line.ts'
import type { LineEvent } from './read-line.ts'

/** Takes a message to send, or fails it at once where its bytes would break its frames. */
export const queueMessage = (state: LinkState, id: string, text: Uint8Array, turn: Turn): LinkState => {
  if (text.some(endsText)) {
    turn.actions.push({ kind: 'failed', id, reason: 'not sendable' })
    return state
  }
  return { ...state, queue: [...state.queue, { id, text, attempts: 0 }] }
}

/** Enquires, where there is something to send and nothing forbids it. */
export const startSending = (state: LinkState, turn: Turn): LinkState => {
  const idle = state.phase.name === 'neutral' && !state.owed && !state.closing
  return idle && state.queue.length > 0 && turn.at >= state.holdUntil ? enquire(state, turn) : state
}

export const enquire = (state: LinkState, turn: Turn): LinkState => {
  say(turn, ENQ)
  turn.spoke = true
  return { ...state, reader: newLineReader, phase: { name: 'enquiring', deadline: turn.at + limits.reply } }
}

export const onEnquiryAnswer = (state: LinkState, event: LineEvent, turn: Turn): LinkState => {
  if (event.kind === 'ack') return nextMessage(state, 1, false, turn)
  if (event.kind === 'nak') return tryLater(state, 'busy', turn)
  if (event.kind !== 'enq') return state
  note(turn, 'contention')
  return state.options.role === 'instrument'
    ? { ...state, phase: { name: 'contending', deadline: turn.at + limits.instrumentWaits } }
    : { ...state, phase: { name: 'yielding', deadline: turn.at + limits.hostYields } }
}

/** Any character but ACK and EOT means: send it again. EOT accepts the frame and asks to stop, which we do after the message. */
export const onFrameAnswer = (state: LinkState, phase: Sending, event: LineEvent, turn: Turn): LinkState => {
  if (event.kind !== 'ack' && event.kind !== 'eot') {
    const refusals = phase.refusals + 1
    note(turn, 'not accepted', `frame ${phase.number}, ${refusals} of ${limits.refusals}`)
    return refusals >= limits.refusals ? giveUp(state, 'refused', turn) : sendFrame(state, { ...phase, refusals }, turn)
  }
  const askedToStop = phase.askedToStop || event.kind === 'eot'
  const number = (phase.number + 1) & 7
  if (phase.index + 1 < phase.frames.length) {
    return sendFrame(state, { ...phase, index: phase.index + 1, number, refusals: 0, askedToStop }, turn)
  }
  const [sent, ...queue] = state.queue
  if (sent) turn.actions.push({ kind: 'sent', id: sent.id })
  return nextMessage({ ...state, queue }, number, askedToStop, turn)
}

/** Ends the transfer, which the other side has let go silent or refused; the message is kept to be sent again from its first frame. */
export const giveUp = (state: LinkState, reason: FailureReason, turn: Turn): LinkState => {
  say(turn, EOT)
  return tryLater(state, reason, turn)
}

const nextMessage = (state: LinkState, number: number, askedToStop: boolean, turn: Turn): LinkState => {
  const next = state.queue[0]
  if (next && !askedToStop) {
    const frames = cutMessage(next.text, state.options.sendLimit, state.options.framing)
    return sendFrame(state, { name: 'sending', deadline: 0, frames, index: 0, number, refusals: 0, askedToStop }, turn)
  }
  say(turn, EOT)
  turn.spoke = true
  return { ...state, phase: { name: 'neutral' }, holdUntil: askedToStop ? turn.at + limits.afterInterrupt : 0, holdLifts: askedToStop }
}

const sendFrame = (state: LinkState, phase: Sending, turn: Turn): LinkState => {
  const frame = phase.frames[phase.index]
  if (frame) turn.actions.push({ kind: 'send', bytes: encodeFrame(phase.number, frame.text, frame.last) })
  turn.spoke = true
  return { ...state, phase: { ...phase, deadline: turn.at + limits.reply } }
}

const tryLater = (state: LinkState, reason: FailureReason, turn: Turn): LinkState => {
  const [first, ...others] = state.queue
  const attempts = (first?.attempts ?? 0) + 1
  const lost = first && attempts >= state.options.attempts
  if (lost) turn.actions.push({ kind: 'failed', id: first.id, reason })
  else note(turn, 'will repeat', reason)
  const queue: Outgoing[] = first && !lost ? [{ ...first, attempts }, ...others] : others
  return { ...state, queue, phase: { name: 'neutral' }, holdUntil: turn.at + limits.afterNak, holdLifts: false }
}
