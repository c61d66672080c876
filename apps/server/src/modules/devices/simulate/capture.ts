import { ACK, ENQ, EOT, NAK, newLineReader, newUnframedReader, readLines, readUnframed, STX, type Frame } from '@aliquot/astm'
import { MllpFramer, splitBatch } from '@aliquot/hl7'

const [startBlock, letterH, limit] = [0x0b, 0x48, 64_000_000]

export interface Capture {
  protocol: 'hl7' | 'astm'
  messages: Uint8Array[]
}

/** The messages in the file of a captured session: MLLP frames, bare HL7, frames of ASTM with or without ENQ and EOT, bare records. Throws Error where there is none. */
export function readCapture(bytes: Uint8Array): Capture {
  const capture = bytes.includes(startBlock) ? mllp(bytes) : bytes.includes(STX) ? framed(bytes) : isRecords(bytes) ? unframed(bytes) : hl7(bytes)
  if (capture.messages.length === 0) throw new Error('The capture holds no message')
  return capture
}

const mllp = (bytes: Uint8Array): Capture => ({
  protocol: 'hl7', messages: new MllpFramer({ maxFrameBytes: limit }).push(bytes, 0).flatMap((event) => (event.kind === 'message' ? splitBatch(event.bytes) : [])),
})

const hl7 = (bytes: Uint8Array): Capture => ({ protocol: 'hl7', messages: splitBatch(bytes).filter((piece) => String.fromCharCode(...piece.subarray(0, 3)) === 'MSH') })

const isRecords = (bytes: Uint8Array): boolean =>
  bytes.find((byte) => byte > 0x20 && byte !== ENQ && byte !== EOT && byte !== ACK && byte !== NAK) === letterH

const unframed = (bytes: Uint8Array): Capture => ({
  protocol: 'astm', messages: readUnframed(newUnframedReader, bytes, limit).events.flatMap((event) => (event.kind === 'message' ? [event.message.text] : [])),
})

/** The texts of the frames, joined: edited captures have wrong numbers and checksums, so neither is looked at. */
function framed(bytes: Uint8Array): Capture {
  const frames = readLines(newLineReader, bytes, limit).events.filter((event): event is Frame => event.kind === 'frame')
  const messages: Uint8Array[][] = []
  for (const { text } of frames) {
    if (messages.length === 0 || (text[0] === letterH && isDelimiters(text))) messages.push([])
    messages.at(-1)?.push(text)
  }
  return { protocol: 'astm', messages: messages.map((texts) => Buffer.concat(texts)) }
}

/** A header says its delimiters: `H|\^&`. */
const isDelimiters = (text: Uint8Array): boolean => text.subarray(1, 5).every((byte) => byte > 0x20 && !/[a-z0-9]/i.test(String.fromCharCode(byte)))
