import { connect, type Socket } from 'node:net'
import { ACK, deadlineOf, ENQ, NAK, newLink, step, STX, type LinkAction, type LinkEvent } from '@aliquot/astm'
import type { Fault } from './faults.ts'

export interface AstmAnalyser {
  /** Sends a message; what went wrong, or null once every frame is acknowledged. */
  send(message: Uint8Array): Promise<string | null>
  /** The next message of the host. */
  receive(ms?: number): Promise<Uint8Array>
  readonly repeats: number
  close(): void
}

interface Options {
  host: string
  port: number
  fault?: Fault | null
  sendLimit?: number
  framing?: 'filled' | 'record' | 'record-etx'
}

type Event = LinkEvent extends infer E ? E extends { at: number } ? Omit<E, 'at'> : never : never

/** The instrument's side of the link layer over TCP, with one fault, which happens once (`slow` and `duplicate`: always). */
export async function astmAnalyser({ host, port, fault = null, sendLimit = 240, framing = 'filled' }: Options): Promise<AstmAnalyser> {
  let state = newLink({ role: 'instrument', sendLimit, framing })
  let socket = await dial(host, port)
  let timer: NodeJS.Timeout | undefined
  let [repeats, sent, closed] = [0, 0, false]
  let due: number = fault === 'nak' ? 6 : 1
  let heldEnquiry = false
  const underWay = new Map<string, (trouble: string | null) => void>()
  const received: Uint8Array[] = []
  const receivers: ((message: Uint8Array) => void)[] = []

  const happen = (event: Event): void => {
    const turn = step(state, { ...event, at: performance.now() } as LinkEvent)
    state = turn.state
    for (const action of turn.actions) act(action)
  }

  const act = (action: LinkAction): void => {
    switch (action.kind) {
      case 'send': return transmit(action.bytes)
      case 'store':
        for (const { text } of action.messages) deliver(text)
        return void setImmediate(() => happen({ kind: 'stored', ok: true }))
      case 'message': return deliver(action.message.text)
      case 'wake': return wakeAt(action.at)
      case 'sent': return settle(action.id, null)
      case 'failed': return settle(action.id, action.reason)
      case 'note': if (action.note === 'not accepted' || action.note === 'will repeat') repeats += 1
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

  const deliver = (text: Uint8Array): void => {
    const receiver = receivers.shift()
    if (receiver) receiver(text)
    else received.push(text)
  }

  const settle = (id: string, trouble: string | null): void => {
    underWay.get(id)?.(trouble)
    underWay.delete(id)
  }

  const transmit = (bytes: Uint8Array): void => {
    if (bytes[0] === STX && due > 0) {
      if (fault === 'cut') return void breakOff(bytes)
      if (fault === 'checksum' || fault === 'wrong-number') {
        due = 0
        return void socket.write(fault === 'checksum' ? withWrongChecksum(bytes) : withNumber(bytes, 5))
      }
    }
    if (fault === 'slow') return void trickle(bytes)
    socket.write(bytes)
  }

  let trickled = Promise.resolve()
  const trickle = (bytes: Uint8Array): void => {
    for (const byte of bytes) {
      trickled = trickled.then(() => new Promise((resolve) => setTimeout(() => {
        socket.write(Uint8Array.of(byte))
        resolve()
      }, 1)))
    }
  }

  const hear = (bytes: Uint8Array): void => {
    const acknowledged = state.phase.name === 'sending' && bytes[0] === ACK && bytes.length === 1
    if (acknowledged && due > 0 && (fault === 'lost-ack' || fault === 'nak')) {
      due -= 1
      return happen({ kind: 'bytes', bytes: Uint8Array.of(NAK) })
    }
    if (fault === 'contention' && due > 0 && bytes[0] === ENQ && state.phase.name === 'neutral' && state.queue.length === 0) {
      heldEnquiry = true
      return
    }
    happen({ kind: 'bytes', bytes })
  }

  /** Half a frame, and then nothing: the message is sent again from its beginning, on a new connection. */
  const breakOff = async (bytes: Uint8Array): Promise<void> => {
    due = 0
    const unsent = state.queue.map(({ id, text }) => ({ id, text }))
    const old = socket
    old.removeAllListeners('data')
    clearTimeout(timer)
    state = newLink({ role: 'instrument', sendLimit, framing })
    await new Promise<void>((resolve) => old.write(bytes.subarray(0, bytes.length >> 1), () => resolve()))
    await new Promise((resolve) => setTimeout(resolve, 50))
    old.destroy()
    repeats += 1
    socket = await dial(host, port)
    attach()
    for (const { id, text } of unsent) happen({ kind: 'send', id, text })
  }

  const attach = (): void => {
    const mine = socket
    mine.on('data', (chunk) => hear(chunk))
    mine.on('error', () => {})
    mine.on('close', () => {
      if (mine === socket && !closed) for (const id of underWay.keys()) settle(id, 'the connection closed')
    })
  }
  attach()

  const sendOnce = (text: Uint8Array): Promise<string | null> => new Promise((resolve) => {
    const id = String(++sent)
    underWay.set(id, resolve)
    happen({ kind: 'send', id, text })
    if (!heldEnquiry) return
    // The host's enquiry and ours meet on the line.
    heldEnquiry = false
    due = 0
    happen({ kind: 'bytes', bytes: Uint8Array.of(ENQ) })
  })

  return {
    get repeats() { return repeats },
    async send(message) {
      const trouble = await sendOnce(message)
      return fault === 'duplicate' && trouble === null ? sendOnce(message) : trouble
    },
    receive: (ms = 30_000) => new Promise((resolve, reject) => {
      const known = received.shift()
      if (known) return resolve(known)
      const timeout = setTimeout(() => reject(new Error('The host sent nothing')), ms)
      receivers.push((message) => {
        clearTimeout(timeout)
        resolve(message)
      })
    }),
    close() {
      closed = true
      clearTimeout(timer)
      socket.destroy()
    },
  }
}

const dial = (host: string, port: number): Promise<Socket> => new Promise((resolve, reject) => {
  const socket = connect(port, host).setNoDelay(true)
  socket.once('connect', () => resolve(socket)).once('error', reject)
})

function withWrongChecksum(frame: Uint8Array): Uint8Array {
  const wrong = frame.slice()
  wrong[wrong.length - 4] = wrong[wrong.length - 4] === 0x30 ? 0x31 : 0x30
  return wrong
}

function withNumber(frame: Uint8Array, number: number): Uint8Array {
  const wrong = frame.slice()
  wrong[1] = 0x30 + number
  const sum = wrong.subarray(1, -4).reduce((total, byte) => total + byte, 0) & 255
  wrong.set(new TextEncoder().encode(sum.toString(16).toUpperCase().padStart(2, '0')), wrong.length - 4)
  return wrong
}
