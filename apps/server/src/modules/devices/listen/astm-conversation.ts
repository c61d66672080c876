import { deadlineOf, newLink, step, type IncompleteReason, type LinkAction, type LinkEvent } from '@aliquot/astm'
import { log } from '#platform/log'
import type { Conversation, Line } from './conversation.ts'

/** Bytes outside of frames that may be worth a look; fewer are noise of the line. */
const worthKeeping = 8
const noiseKept = 4096
const againMs = 2000

type Event = LinkEvent extends infer E ? E extends { at: number } ? Omit<E, 'at'> : never : never

/**
 * ASTM over the link layer. The frame that completes a message is acknowledged once the message is stored; the frames before it at once: an instrument whose
 * session breaks sends all of it again.
 */
export function astmConversation(line: Line): Conversation {
  const { frameText, maxMessage, tolerate } = line.limits
  let state = newLink({ role: 'host', receiveLimit: frameText, sendLimit: Math.min(frameText, 240), messageLimit: maxMessage, tolerate })
  let noise: Uint8Array[] = []
  let timer: NodeJS.Timeout | undefined
  let sent = 0
  let unstored = 0
  const underWay = new Map<string, (trouble: string | null) => void>()
  const events: Event[] = []

  /** One event after the other: what an action brings about waits until the actions before it are done. */
  const happen = (event: Event): void => {
    events.push(event)
    if (events.length > 1) return
    for (let next = events[0]; next; next = events[0]) {
      const turn = step(state, { ...next, at: performance.now() } as LinkEvent)
      state = turn.state
      for (const action of turn.actions) act(action)
      events.shift()
    }
  }

  const act = (action: LinkAction): void => {
    switch (action.kind) {
      case 'send': return line.write(action.bytes)
      case 'store': return store(action.messages.map(({ text }) => text))
      case 'message': return void receiveAtLast(action.message.text)
      case 'incomplete': return keepBroken(action.text, saysOf(action.reason))
      case 'wake': return wakeAt(action.at)
      case 'sent': return settle(action.id, null)
      case 'failed': return settle(action.id, action.reason)
      case 'note':
        line.note(`${action.note} ${action.detail}`.trim(), action.bytes.length)
        if (action.note === 'noise' || action.detail === 'outside a session') gather(action.bytes)
    }
  }

  /** A timer may fire a little early by this clock; the link then has nothing to do yet. */
  const wakeAt = (at: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      happen({ kind: 'tick' })
      if (deadlineOf(state) === at) wakeAt(at)
    }, Math.max(1, Math.ceil(at - performance.now())))
  }

  const store = (messages: Uint8Array[]): void => {
    if (messages.length === 0) return happen({ kind: 'stored', ok: line.ready })
    void Promise.all(messages.map(receive)).then(() => happen({ kind: 'stored', ok: true }), (error: Error) => {
      notStored(error)
      happen({ kind: 'stored', ok: false })
    })
  }

  /** EOT closed a message without L, whose frames are acknowledged: it will not come again, so it is tried until it is stored. */
  const receiveAtLast = (text: Uint8Array): Promise<void> => {
    unstored += text.length
    const tryOnce = (): Promise<void> => receive(text).catch(async (error: Error) => {
      log.error({ err: error.message }, 'a message that will not be sent again is not stored yet')
      await new Promise((resolve) => setTimeout(resolve, againMs))
      return tryOnce()
    })
    return tryOnce().then(() => { unstored -= text.length })
  }

  const receive = async (text: Uint8Array): Promise<void> => {
    const { instrument } = await line.keep({ bytes: text, state: 'stored', detail: null })
    if (instrument?.definition.query && mayAsk(text) && line.isQuery(instrument, text)) void answer(text, instrument)
  }

  const answer = async (text: Uint8Array, instrument: Parameters<Line['answerFor']>[0]): Promise<void> => {
    try {
      const trouble = await send(await line.answerFor(instrument, text))
      if (trouble) log.warn({ instrument: instrument.code, trouble }, 'the answer to a query did not reach the instrument')
    } catch (error) {
      log.error({ instrument: instrument.code, err: (error as Error).message }, 'a query of an instrument could not be answered')
    }
  }

  const send = async (messages: readonly Uint8Array[]): Promise<string | null> => {
    const outcomes = await Promise.all(messages.map((text) => new Promise<string | null>((resolve) => {
      const id = String(++sent)
      underWay.set(id, resolve)
      happen({ kind: 'send', id, text })
    })))
    return outcomes.find((trouble) => trouble !== null) ?? null
  }

  const settle = (id: string, trouble: string | null): void => {
    underWay.get(id)?.(trouble)
    underWay.delete(id)
  }

  const gather = (bytes: Uint8Array): void => {
    const room = noiseKept - noise.reduce((sum, { length }) => sum + length, 0)
    if (room > 0 && bytes.length > 0) noise.push(bytes.slice(0, room))
  }

  const keepNoise = (): void => {
    const bytes = Buffer.concat(noise)
    noise = []
    if (bytes.length >= worthKeeping) keepBroken(bytes, 'outside of a frame, or a frame that broke off')
  }

  const keepBroken = (bytes: Uint8Array, detail: string): void => {
    if (bytes.length > 0) line.keep({ bytes, state: 'incomplete', detail }).catch(notStored)
  }

  const notStored = (error: Error): void => log.warn({ err: error.message }, 'a message was not acknowledged')

  happen({ kind: 'ready', ready: line.ready })
  return {
    take: (bytes) => happen({ kind: 'bytes', bytes }),
    tick() {
      if (state.phase.name === 'neutral' && noise.length > 0) keepNoise()
    },
    setReady: (ready) => happen({ kind: 'ready', ready }),
    send,
    end() {
      happen({ kind: 'closed' })
      keepNoise()
      clearTimeout(timer)
      for (const id of underWay.keys()) settle(id, 'the connection closed')
    },
    held: () => (state.phase.name === 'receiving' ? state.phase.assembly.text.length : 0) + state.reader.body.length + state.waiting.length + unstored,
  }
}

const [letterQ, carriageReturn, lineFeed] = [0x51, 0x0d, 0x0a]

/** Whether a record may be a request; only then is the message read before it is processed. */
const mayAsk = (text: Uint8Array): boolean => {
  for (let at = text.indexOf(letterQ); at >= 0; at = text.indexOf(letterQ, at + 1)) {
    if (text[at - 1] === carriageReturn || text[at - 1] === lineFeed) return true
  }
  return false
}

const saysOf = (reason: IncompleteReason): string => `broken off: ${reason}`
