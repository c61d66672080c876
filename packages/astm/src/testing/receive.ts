import { latin1 } from '../bytes.ts'
import { newLink } from '../link-state.ts'
import type { LinkAction, LinkEvent, LinkOptions, LinkState } from '../link-state.ts'
import { step } from '../link.ts'

/** What a receiver that stores everything at once makes of the bytes of a sender that waits for nothing. */
export interface Received {
  readonly messages: string[]
  readonly terminated: boolean[]
  readonly incomplete: string[]
  readonly answers: number[]
  readonly notes: string[]
}

export const receive = (chunks: readonly Uint8Array[], options: Partial<LinkOptions> = {}): Received => {
  const received: Received = { messages: [], terminated: [], incomplete: [], answers: [], notes: [] }
  let state: LinkState = newLink(options)
  const events: LinkEvent[] = []
  const take = (action: LinkAction): void => {
    if (action.kind === 'send') received.answers.push(...action.bytes)
    if (action.kind === 'incomplete') received.incomplete.push(`${action.reason}: ${latin1(action.text)}`)
    if (action.kind === 'note') received.notes.push(`${action.note} ${action.detail}`.trim())
    if (action.kind === 'message' || action.kind === 'store') {
      for (const message of action.kind === 'store' ? action.messages : [action.message]) {
        received.messages.push(latin1(message.text))
        received.terminated.push(message.terminated)
      }
    }
    if (action.kind === 'store') events.push({ kind: 'stored', at: 0, ok: true })
  }
  for (const bytes of chunks) {
    events.push({ kind: 'bytes', at: 0, bytes })
    for (let event = events.shift(); event; event = events.shift()) {
      const result = step(state, event)
      state = result.state
      result.actions.forEach(take)
    }
  }
  return received
}
