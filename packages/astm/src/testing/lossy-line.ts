import { bytesOfLatin1, latin1 } from '../bytes.ts'
import { ACK, ENQ, EOT, NAK, STX } from '../frame.ts'
import { newLink } from '../link-state.ts'
import type { LinkAction, LinkEvent, LinkOptions, LinkState } from '../link-state.ts'
import { deadlineOf, step } from '../link.ts'
import { chunksOf, joined, random } from './chunks.ts'

/** What became of one side: what it wanted to send, and what it has received. */
export interface Outcome {
  readonly wanted: Map<string, string>
  readonly sent: Set<string>
  readonly failed: Set<string>
  /** Messages as stored, by content: the same bytes again are the same message. */
  readonly inbox: Map<string, number>
  readonly unterminated: string[]
  /** Incomplete messages, empty sessions, noise, frames out of turn: what tells a person that something was lost. */
  reports: number
  notes: Set<string>
}

export interface Run {
  readonly instrument: Outcome
  readonly host: Outcome
  readonly quiet: boolean
  readonly events: number
}

interface Scheduled { at: number; order: number; side: 0 | 1; event: LinkEvent | null }

const telling = new Set(['outside a session', 'number'])
const faultsUntil = 600_000
const giveUpAt = 7_200_000
const newOutcome = (): Outcome => ({
  wanted: new Map(), sent: new Set(), failed: new Set(), inbox: new Map(), unterminated: [], reports: 0, notes: new Set(),
})

/** `line`: bytes are lost, garbled, doubled, cut. `sides`: frames are misnumbered, ACKs lost, frames refused in a row. */
export type Faults = 'line' | 'sides'

/** An instrument and a host with faults for ten minutes, delays among them, and then none. `rate` is that of faults. */
export const runLossyLine = (seed: number, rate: number, faults: Faults, options: Partial<LinkOptions> = {}): Run => {
  const next = random(seed)
  const chance = (probability: number): boolean => next() < probability
  const outcomes = [newOutcome(), newOutcome()] as const
  const common = { sendLimit: 8 + Math.floor(next() * 60), requireTerminator: true, attempts: 1000, ...options }
  const states: [LinkState, LinkState] = [newLink({ ...common, role: 'instrument' }), newLink({ ...common, role: 'host' })]
  const lineFree = [0, 0]
  const agenda: Scheduled[] = []
  let order = 0
  let refusing = 0

  const plan = (side: 0 | 1, at: number, event: LinkEvent | null): void => {
    agenda.push({ at, order: order += 1, side, event })
  }

  /** What arrives of what was sent: one fault at most, of those that a checksum of eight bits can always tell. */
  const garble = (bytes: Uint8Array, at: number): Uint8Array => {
    if (bytes.length === 1 && bytes[0] === ACK && refusing > 0) {
      refusing -= 1
      return new Uint8Array([NAK])
    }
    if (at > faultsUntil || !chance(rate)) return bytes
    const place = Math.floor(next() * bytes.length)
    if (faults === 'sides') return misbehave(bytes)
    switch (Math.floor(next() * 6)) {
      case 0: return bytes.map((byte, index) => (index === place ? byte ^ (1 << Math.floor(next() * 8)) : byte))
      case 1: return bytes.subarray(0, bytes.length === 1 ? 0 : 1 + place)
      case 2: return joined(bytes.subarray(0, place), bytes.subarray(place + 1))
      case 3: return joined(bytes.subarray(0, place + 1), bytes.subarray(place))
      case 4: return joined(bytes, bytes)
      default: return joined(new Uint8Array([[ENQ, EOT, NAK, STX, 0x7f][Math.floor(next() * 5)] ?? ENQ]), bytes)
    }
  }

  /** Not with doubled ACKs, which put the sender ahead: a frame misnumbered to fit the gap could not be told from the right one. */
  const misbehave = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length > 1) return wrongNumber(bytes, Math.floor(next() * 8))
    if (chance(0.7)) return new Uint8Array(0)
    refusing = 6
    return bytes
  }

  const transmit = (from: 0 | 1, bytes: Uint8Array, at: number): void => {
    const arriving = garble(bytes, at)
    const slow = at < faultsUntil && chance(rate / 4) ? next() * 20_000 : 5 + next() * 50
    const start = Math.max(lineFree[from] ?? 0, at + slow)
    const chunks = chunksOf(arriving, chance(0.3) ? 1 : 100, next)
    chunks.forEach((chunk, index) => plan(from === 0 ? 1 : 0, start + index, { kind: 'bytes', at: 0, bytes: chunk }))
    lineFree[from] = start + chunks.length
  }

  const act = (side: 0 | 1, action: LinkAction, at: number): void => {
    const outcome = outcomes[side]
    if (action.kind === 'send') transmit(side, action.bytes, at)
    if (action.kind === 'wake') plan(side, action.at, { kind: 'tick', at: 0 })
    if (action.kind === 'sent') outcome.sent.add(action.id)
    if (action.kind === 'failed') outcome.failed.add(action.id)
    if (action.kind === 'message') outcome.unterminated.push(latin1(action.message.text))
    if (action.kind === 'incomplete') outcome.reports += 1
    if (action.kind === 'note') {
      outcome.notes.add(action.note)
      if (action.note === 'noise' || action.note === 'empty session' || telling.has(action.detail)) outcome.reports += 1
    }
    if (action.kind !== 'store') return
    const ok = at > faultsUntil || !chance(rate / 4)
    if (ok) {
      for (const { text, terminated } of action.messages) {
        if (terminated) outcome.inbox.set(latin1(text), (outcome.inbox.get(latin1(text)) ?? 0) + 1)
        else outcome.unterminated.push(latin1(text))
      }
    }
    const late = at < faultsUntil && chance(rate / 8)
    plan(side, at + (late ? next() * 25_000 : next() * 30), { kind: 'stored', at: 0, ok })
  }

  for (const side of [0, 1] as const) {
    for (let count = Math.floor(next() * 4); count >= 0; count -= 1) {
      const id = `${side}.${count}`
      const text = `H|\\^&|${id}\r${'P|1|some patient\rO|1|S-1\rR|1|^^^GLU|5.4\r'.repeat(Math.floor(next() * 3))}L|1|N\r`
      outcomes[side].wanted.set(id, text)
      plan(side, chance(0.5) ? 0 : next() * faultsUntil / 2, { kind: 'send', at: 0, id, text: bytesOfLatin1(text) })
    }
  }

  let events = 0
  while (agenda.length > 0 && events < 100_000) {
    const due = agenda.reduce((first, other) => (other.at < first.at || (other.at === first.at && other.order < first.order) ? other : first))
    agenda.splice(agenda.indexOf(due), 1)
    if (due.at > giveUpAt) break
    if (!due.event) continue
    const { at, side } = due
    if (due.event.kind === 'tick' && deadlineOf(states[side]) !== at) continue
    events += 1
    const result = step(states[side], { ...due.event, at })
    states[side] = result.state
    for (const action of result.actions) act(side, action, at)
  }
  const quiet = states.every((state) => state.queue.length === 0 && state.phase.name === 'neutral' && !state.owed)
  return { instrument: outcomes[0], host: outcomes[1], quiet, events }
}

/** A frame with another number and a checksum to match. */
const wrongNumber = (bytes: Uint8Array, number: number): Uint8Array => {
  if (bytes.length < 7) return bytes
  const wrong = bytes.slice()
  wrong[1] = 0x30 + number
  const sum = wrong.subarray(1, -4).reduce((total, byte) => total + byte, 0) & 255
  wrong.set(bytesOfLatin1(sum.toString(16).toUpperCase().padStart(2, '0')), wrong.length - 4)
  return wrong
}
