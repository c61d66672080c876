import { acknowledge, ackWanted, frame, Hl7Error, MllpFramer, parseMessage, splitBatch, type AckCode, type Message, type MllpEvent } from '@aliquot/hl7'
import { log } from '#platform/log'
import type { Conversation, HeardAndKept, Line } from './conversation.ts'
import { newOutbox } from './outbox.ts'

const [startBlock, endBlock, carriageReturn] = [0x0b, 0x1c, 0x0d]
const results = new Set(['ORU', 'OUL'])
const fragmentSays = {
  restarted: 'broken off: a new frame began within it', too_large: 'larger than the profile allows', closed: 'broken off: the connection closed',
  deadline: 'broken off: it took too long',
}

/** HL7 over MLLP: each message is stored, then answered; in order. What never became a message is stored too, and not answered. */
export function mllpConversation(line: Line): Conversation {
  const framer = new MllpFramer({ maxFrameBytes: line.limits.maxMessage })
  const outbox = newOutbox(line.limits.answerMs)
  let answered: Promise<unknown> | null = null
  let held = 0

  const hear = (events: MllpEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'message') {
        const messages = splitBatch(event.bytes)
        for (const bytes of messages.length > 0 ? messages : [event.bytes]) receive(bytes)
      } else if (event.kind === 'fragment') keepBroken(event.bytes, fragmentSays[event.reason])
      else keepBroken(event.bytes, `${event.count} bytes outside of a frame`)
    }
  }

  const keepBroken = (bytes: Uint8Array, detail: string): void => {
    line.note(detail, bytes.length)
    if (bytes.length > 0) line.keep({ bytes, state: 'incomplete', detail }).catch(() => line.close('not stored'))
  }

  const receive = (bytes: Uint8Array): void => {
    const message = readMessage(bytes)
    const refusal = message instanceof Hl7Error ? message : null
    const read = message instanceof Hl7Error ? null : message
    if (read && answersUs(read)) outbox.answered(read.get('MSA-2') ?? '', refusalIn(read))
    const kept = line.keep({
      bytes, state: refusal ? 'rejected' : 'stored', detail: refusal?.message ?? null, answer: answerTo(read), controlId: read?.get('MSH-10') ?? null,
    })
    // In the order of the messages. No answer: the instrument sends it again.
    const settled = Promise.all([kept, answered]).then(([keeping]) => (read && asks(read, keeping) ? answerQuery(read, keeping) : say(keeping.answer)))
      .catch((error: Error) => {
        log.warn({ err: error.message }, 'a message was not acknowledged')
        line.close('not stored')
      })
    answered = settled
    void settled.then(() => { if (answered === settled) answered = null })
  }

  const say = (answer: Uint8Array | null): void => {
    if (answer) line.write(framed(answer))
  }

  const asks = (message: Message, { instrument }: HeardAndKept): boolean =>
    instrument !== null && instrument.definition.query !== null && !results.has(message.type.code) && !answersUs(message) && line.isQuery(instrument, message.raw)

  /** What answers a query stands in place of the plain acknowledgement; it is made anew each time, since orders change. */
  const answerQuery = async (message: Message, { instrument }: HeardAndKept): Promise<void> => {
    try {
      const answers = instrument ? await line.answerFor(instrument, message.raw) : []
      if (answers.length === 0) say(ackOf(message, 'AA'))
      for (const answer of answers) line.write(frame(answer))
    } catch (error) {
      log.error({ err: (error as Error).message }, 'a query of an instrument could not be answered')
      say(ackOf(message, 'AE'))
    }
  }

  return {
    take(chunk, at) {
      if (!line.ready) return line.close('nothing can be stored')
      hear(framer.push(chunk, at))
      held = framer.frameStartedAt === null ? 0 : held + chunk.length
    },
    tick: (at) => hear(framer.expire(at, { frameMs: line.limits.messageMs })),
    setReady() {},
    async send(messages) {
      for (const message of messages) {
        const trouble = await outbox.send(controlIdOf(message), () => line.write(frame(message)))
        if (trouble !== null) return trouble
      }
      return null
    },
    end() {
      hear(framer.close())
      outbox.close()
    },
    held: () => held,
  }
}

function readMessage(bytes: Uint8Array): Message | Hl7Error {
  try {
    return parseMessage(bytes)
  } catch (error) {
    if (error instanceof Hl7Error) return error
    throw error
  }
}

const controlIdOf = (bytes: Uint8Array): string => parseMessage(bytes).get('MSH-10') ?? ''

/** It answers a message of ours; to answer it in turn would never end. */
const answersUs = (message: Message): boolean => message.segments('MSA').length > 0

const refusalIn = (message: Message): string | null => {
  const code = message.get('MSA-1') ?? ''
  return /^[AC]A$/.test(code) ? null : `answered ${code} ${message.get('MSA-3') ?? ''}`.trim()
}

/**
 * What is sent back once the message is stored: in the original mode AA, in the enhanced mode what MSH-15 and MSH-16 ask for, the application's
 * acceptance at once behind the commit's, since the message is taken and results wait for people. AR for what is no HL7.
 */
function answerTo(message: Message | null): Uint8Array | null {
  if (!message) return ackOf(null, 'AR')
  const { enhanced, accept, application } = ackWanted(message)
  const wanted = (condition: string): boolean => condition === 'AL' || condition === 'SU'
  const codes: AckCode[] = [...(enhanced && wanted(accept) ? ['CA' as const] : []), ...(wanted(application) && !answersUs(message) ? ['AA' as const] : [])]
  const [first, second] = codes.map((code) => ackOf(message, code))
  return first && second ? Buffer.concat([first, betweenFrames, second]) : first ?? null
}

const betweenFrames = new Uint8Array([endBlock, carriageReturn, startBlock])
const framed = (answer: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(answer.length + 3)
  bytes[0] = startBlock
  bytes.set(answer, 1)
  bytes.set([endBlock, carriageReturn], answer.length + 1)
  return bytes
}

const began = Date.now().toString(36)
let answers = 0
const ackOf = (message: Message | null, code: AckCode): Uint8Array =>
  acknowledge(message, { code, controlId: `${began}${(++answers).toString(36)}`, at: new Date() })
