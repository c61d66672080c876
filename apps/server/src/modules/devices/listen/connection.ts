import type { Socket } from 'node:net'
import type { DeviceProtocol } from '@aliquot/contracts'
import { log } from '#platform/log'
import { now } from '#platform/unit-of-work'
import { astmConversation } from './astm-conversation.ts'
import type { Conversation, Heard, HeardAndKept, Line, LineLimits } from './conversation.ts'
import type { Inbox } from './inbox.ts'
import type { ListenerTasks } from './listener-tasks.ts'
import type { Memory } from './memory.ts'
import { mllpConversation } from './mllp-conversation.ts'
import type { PortInstrument, PortPlan } from './open-ports.ts'
import { unframedConversation } from './unframed-conversation.ts'
import { instrumentAt, instrumentOf } from './which-instrument.ts'

const conversations: Record<DeviceProtocol, (line: Line) => Conversation> = {
  hl7: mllpConversation, astm: astmConversation, astm_unframed: unframedConversation,
}

/** Messages that may wait for the database before the line is read on, and answers that may wait for the peer to read them. */
const mostUnstored = 64
const mostUnread = 4_000_000
/** Rows that a line may fill with what is no message, before it has sent one that is; then it is closed. */
const mostBroken = 20

export interface Surroundings {
  plan(): PortPlan
  protocol: DeviceProtocol
  limits: LineLimits
  inbox: Inbox
  memory: Memory
  tasks: ListenerTasks
}

export interface Connection {
  readonly peer: string
  /** Who is at the other end, as far as is known. */
  instrument(): PortInstrument | null
  /** It has sent a message that could be stored. */
  readonly proven: boolean
  readonly heardAt: number
  send(messages: readonly Uint8Array[]): Promise<string | null>
  setReady(ready: boolean): void
  tick(): void
  close(why: string): void
}

/** Lets a socket and a protocol talk, within limits. `ended` is called once. */
export function openConnection(socket: Socket, { plan, protocol, limits, inbox, memory, tasks }: Surroundings, ended: () => void): Connection {
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const { port, labId } = plan()
  const holder = { giveWay: () => close('too much is held for all lines together') }
  let instrument = instrumentAt(plan().instruments, peer)
  let [unstored, unstoredBytes, broken] = [0, 0, 0]
  let [proven, halfClosed, over] = [false, false, false]
  let heardAt = performance.now()

  const close = (why: string): void => {
    if (over) return
    log.warn({ port, peer, why }, 'closed the connection of an instrument')
    socket.destroy()
    finish()
  }

  const finish = (): void => {
    if (over) return
    over = true
    conversation.end(performance.now())
    memory.free(holder)
    ended()
  }

  const endSoon = (): void => void setImmediate(() => socket.end())

  const keep = async (heard: Heard): Promise<HeardAndKept> => {
    const whose = heard.state === 'stored' ? instrumentOf(plan().instruments, peer, heard.bytes, tasks.matchesSender) : instrumentAt(plan().instruments, peer)
    if (heard.state !== 'stored' && !proven && ++broken > mostBroken) {
      close('nothing that it sends is a message')
      throw new Error('not a message')
    }
    unstored += 1
    unstoredBytes += heard.bytes.length
    if (unstored >= mostUnstored) socket.pause()
    try {
      const kept = await inbox.keep(labId, {
        port, peer, protocol, receivedAt: now(), bytes: heard.bytes, state: heard.state, detail: heard.detail, controlId: plainText(heard.controlId ?? null),
        answer: heard.answer ?? null, instrumentId: whose?.id ?? null, profileVersionId: whose?.profileVersionId ?? null,
      })
      if (heard.state === 'stored') {
        proven = true
        instrument = whose ?? instrument
      }
      return { ...kept, instrument: whose }
    } finally {
      unstored -= 1
      unstoredBytes -= heard.bytes.length
      if (unstored < mostUnstored / 2 && !over) socket.resume()
      if (unstored === 0 && halfClosed) endSoon()
    }
  }

  const conversation = conversations[protocol]({
    limits,
    keep,
    close,
    get ready() { return inbox.ready },
    write(bytes) {
      if (over) return
      socket.write(bytes)
      if (socket.writableLength > mostUnread) close('it does not read its answers')
    },
    isQuery: ({ definition }, bytes) => tasks.isQuery(definition, bytes),
    answerFor: ({ id }, bytes) => tasks.answerFor(labId, id, bytes),
    note: (what, bytes) => log.debug({ port, peer, what, bytes }, 'on a line of an instrument'),
  })

  socket.setNoDelay(true)
  // A peer that vanished without a word is noticed within a minute.
  socket.setKeepAlive(true, 30_000)
  socket.on('data', (chunk) => {
    heardAt = performance.now()
    try {
      conversation.take(chunk, heardAt)
    } catch (error) {
      log.error({ port, peer, err: (error as Error).stack }, 'a line of an instrument failed')
      return close('it failed')
    }
    if (!over) memory.set(holder, conversation.held() + unstoredBytes)
  })
  socket.on('error', () => {})
  // A peer that has said all may still wait for its answers.
  socket.on('end', () => {
    halfClosed = true
    if (unstored === 0) endSoon()
  })
  socket.on('close', finish)

  return {
    peer,
    instrument: () => instrument && (plan().instruments.find(({ id }) => id === instrument?.id) ?? null),
    get proven() { return proven },
    get heardAt() { return heardAt },
    send: (messages) => conversation.send(messages),
    setReady: (ready) => conversation.setReady(ready, performance.now()),
    tick: () => conversation.tick(performance.now()),
    close,
  }
}

/** Postgres keeps no NUL in a text. */
const plainText = (text: string | null): string | null => text && text.replaceAll('\0', '').slice(0, 200)
