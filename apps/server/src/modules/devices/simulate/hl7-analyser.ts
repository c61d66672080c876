import { connect, type Socket } from 'node:net'
import { frame, MllpFramer, parseMessage } from '@aliquot/hl7'

export interface Hl7Analyser {
  /** Sends a message and waits for the answer that names it; sends it again, on a new connection if need be, until one comes. Answers all that was answered. */
  send(message: Uint8Array): Promise<Uint8Array[]>
  /** How often something was sent again. */
  readonly repeats: number
  close(): void
}

interface Options {
  host: string
  port: number
  fault?: 'lost-ack' | 'cut' | 'slow' | 'duplicate' | null
  answerMs?: number
  /** Between one try and the next. */
  againMs?: number
}

/** The client of an analyser: one message at a time, and none is forgotten. A fault happens to the first message only, but `slow` and `duplicate` to each. */
export function hl7Analyser({ host, port, fault = null, answerMs = 10_000, againMs = 200 }: Options): Hl7Analyser {
  let socket: Socket | null = null
  let framer = new MllpFramer({ maxFrameBytes: 64_000_000 })
  let listener: ((answer: Uint8Array | null) => void) | null = null
  let [repeats, closed, due] = [0, false, fault === 'lost-ack' || fault === 'cut']

  const connected = (): Promise<Socket> => new Promise((resolve, reject) => {
    if (socket) return resolve(socket)
    framer = new MllpFramer({ maxFrameBytes: 64_000_000 })
    const fresh = connect(port, host).setNoDelay(true)
    fresh.once('connect', () => resolve(socket = fresh)).once('error', reject)
    fresh.on('data', (chunk) => {
      for (const event of framer.push(chunk, 0)) if (event.kind === 'message') listener?.(event.bytes)
    })
    fresh.on('error', () => {})
    fresh.on('close', () => {
      if (socket === fresh) socket = null
      listener?.(null)
    })
  })

  const once = async (framed: Uint8Array, controlId: string): Promise<Uint8Array[] | null> => {
    const line = await connected()
    const lose = due && fault === 'lost-ack'
    if (due && fault === 'cut') {
      due = false
      line.write(framed.subarray(0, framed.length >> 1), () => line.destroy())
    } else if (fault === 'slow') await trickle(line, framed)
    else line.write(framed)
    return new Promise((resolve) => {
      const answers: Uint8Array[] = []
      const done = (outcome: Uint8Array[] | null): void => {
        clearTimeout(timer)
        listener = null
        resolve(outcome)
      }
      const timer = setTimeout(() => {
        line.destroy()
        done(null)
      }, answerMs)
      listener = (answer) => {
        if (!answer) return done(null)
        answers.push(answer)
        if (!names(answer, controlId)) return
        due = false
        done(lose ? null : answers)
      }
    })
  }

  return {
    get repeats() { return repeats },
    async send(message) {
      const controlId = controlIdOf(message)
      const framed = frame(message)
      for (let left = fault === 'duplicate' ? 2 : 1; ;) {
        const answers = await once(framed, controlId).catch(() => null)
        if (answers && --left === 0) return answers
        if (closed) throw new Error('closed')
        repeats += 1
        if (!answers) await new Promise((resolve) => setTimeout(resolve, againMs))
      }
    },
    close() {
      closed = true
      socket?.destroy()
    },
  }
}

const controlIdOf = (message: Uint8Array): string => parseMessage(message).get('MSH-10') ?? ''

/** An answer names the message in MSA-2; one that could not be read names nothing. */
function names(answer: Uint8Array, controlId: string): boolean {
  const named = parseMessage(answer).get('MSA-2')
  return !named || named === controlId
}

async function trickle(line: Socket, bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) {
    line.write(Uint8Array.of(byte))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
