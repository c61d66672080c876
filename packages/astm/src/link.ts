import { append, noBytes, view } from './bytes.ts'
import { endSession, onEnquiry, onReceived, onStored, storedTooLate } from './link-receive.ts'
import { enquire, giveUp, onEnquiryAnswer, onFrameAnswer, queueMessage, startSending } from './link-send.ts'
import { limits, note } from './link-state.ts'
import type { LinkAction, LinkEvent, LinkState, Turn } from './link-state.ts'
import { newLineReader, readLine } from './read-line.ts'
import type { LineEvent } from './read-line.ts'

/**
 * The link layer of LIS01 for either side: what has happened, and at what time, gives the next state and what to do, in this order.
 * Pure: the state given is not changed, and nothing is read from outside.
 */
export const step = (state: LinkState, event: LinkEvent): { state: LinkState; actions: LinkAction[] } => {
  const turn: Turn = { at: event.at, actions: [], spoke: false }
  let next = expire(state, turn)
  next = happen(next, event, turn)
  next = startSending(closeWhenRead(readWaiting(next, turn), turn), turn)
  const deadline = deadlineOf(next)
  if (deadline !== null && deadline !== deadlineOf(state)) turn.actions.push({ kind: 'wake', at: deadline })
  return { state: next, actions: turn.actions }
}

/** When the link next does something by itself; null while it waits for others. */
export const deadlineOf = (state: LinkState): number | null => {
  if (state.phase.name !== 'neutral') return state.phase.deadline
  return state.queue.length > 0 && !state.owed ? state.holdUntil : null
}

const expire = (state: LinkState, turn: Turn): LinkState => {
  const { phase } = state
  if (phase.name === 'neutral' || phase.deadline > turn.at) return state
  switch (phase.name) {
    case 'enquiring': return giveUp(state, 'no answer to enquiry', turn)
    case 'contending': return enquire(state, turn)
    case 'yielding': return { ...state, phase: { name: 'neutral' } }
    case 'sending': return giveUp(state, 'no answer to frame', turn)
    case 'receiving': return endSession(dropFragment(state, turn), phase, 'silence', turn)
    case 'storing': return storedTooLate(state, phase, turn)
  }
}

const happen = (state: LinkState, event: LinkEvent, turn: Turn): LinkState => {
  switch (event.kind) {
    case 'bytes': return onBytes(state, event.bytes, turn)
    case 'send': return queueMessage(state, event.id, event.text, turn)
    case 'stored': return state.owed ? onStored(state, event.ok, turn) : state
    case 'ready': return { ...state, ready: event.ready }
    case 'closed': return { ...state, closing: true }
    case 'tick': return state
  }
}

/** Bytes are read at once, except while a frame is being stored: what comes then waits, so that answers go out in order. */
const onBytes = (state: LinkState, bytes: Uint8Array, turn: Turn): LinkState => {
  if (state.phase.name !== 'storing' && state.waiting.length === 0) {
    const { state: next, read } = readUntilStoring(state, bytes, 0, turn)
    return read < bytes.length ? { ...next, waiting: append(noBytes, bytes.subarray(read)), waitingFrom: 0 } : next
  }
  const waiting = append(state.waiting, bytes)
  if (waiting.length <= state.options.messageLimit) return { ...state, waiting }
  note(turn, 'noise', 'more arrives than may wait', view(waiting, state.waitingFrom))
  return { ...state, waiting: noBytes, waitingFrom: 0 }
}

const readWaiting = (state: LinkState, turn: Turn): LinkState => {
  if (state.phase.name === 'storing' || state.waiting.length === 0) return state
  const { state: next, read } = readUntilStoring(state, view(state.waiting), state.waitingFrom, turn)
  return read < next.waiting.length ? { ...next, waitingFrom: read } : { ...next, waiting: noBytes, waitingFrom: 0 }
}

const readUntilStoring = (state: LinkState, bytes: Uint8Array, from: number, turn: Turn): { state: LinkState; read: number } => {
  let next = state
  let read = from
  while (read < bytes.length && next.phase.name !== 'storing') {
    const line = readLine(next.reader, bytes, read, state.options.receiveLimit)
    read = line.next
    if (line.reader !== next.reader) next = { ...next, reader: line.reader }
    if (line.event) next = onLine(next, line.event, turn)
    else if (next.phase.name === 'receiving') next = { ...next, phase: { ...next.phase, deadline: turn.at + limits.silence } }
  }
  return { state: next, read }
}

const onLine = (state: LinkState, event: LineEvent, turn: Turn): LinkState => {
  const { phase } = state
  switch (phase.name) {
    case 'receiving': return onReceived(state, phase, event, turn)
    // What stands in the same chunk behind the answer cannot answer what we have only just sent.
    case 'enquiring': return turn.spoke ? state : onEnquiryAnswer(state, event, turn)
    case 'sending': return turn.spoke ? state : onFrameAnswer(state, phase, event, turn)
    case 'neutral':
    case 'yielding':
      if (event.kind === 'enq' && !turn.spoke) return onEnquiry(state, turn)
      if (event.kind === 'noise') note(turn, 'noise', '', event.bytes)
      if (event.kind === 'frame') note(turn, 'refused', 'outside a session', event.text)
      return state
    default: return state
  }
}

const closeWhenRead = (state: LinkState, turn: Turn): LinkState => {
  if (!state.closing || state.phase.name === 'storing') return state
  const whole = dropFragment(state, turn)
  const ended = whole.phase.name === 'receiving' ? endSession(whole, whole.phase, 'closed', turn) : whole
  for (const { id } of ended.queue) turn.actions.push({ kind: 'failed', id, reason: 'closed' })
  return { ...ended, phase: { name: 'neutral' }, queue: [], holdUntil: 0, holdLifts: false, closing: false }
}

const dropFragment = (state: LinkState, turn: Turn): LinkState => {
  if (state.reader.at !== 'outside') note(turn, 'noise', 'broken off', view(state.reader.body).slice())
  return { ...state, reader: newLineReader }
}
