// `node bench/src/soak.ts [frames]`: random and mutated frames through both codecs. Nothing may throw that is not the codec's own error, and memory must not grow.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { buildMessage, encodeFrame, newLink, parseRecords, resultsOf, step, treesOf, type LinkEvent } from '@aliquot/astm'
import { acknowledge, Hl7Error, MllpFramer, oruGroups, parseMessage, splitBatch } from '@aliquot/hl7'

const frames = Number(process.argv[2] ?? 1_000_000)
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const hl7 = Buffer.from('\x0bMSH|^~\\&|X||||||ORU^R01|H1|P|2.5||||||UTF-8\rPID|1||7^^^LAB||Müller^Zoë\rOBR|1|S1\rOBX|1|NM|GLU^Glucose||5.4|mmol/L||\\X0D\\\rOBX|2|ED|P||^^PDF^Base64^QUJD\r\x1c\r')
const text = buildMessage([{ type: 'H' }, { type: 'P' }, { type: 'O', fields: { 3: 'S1' } }, { type: 'R', fields: { 3: ['', '', '', 'GLU'], 4: '5.4' } }, { type: 'L', fields: { 3: 'N' } }])
const astm = Buffer.concat([Buffer.from([5]), encodeFrame(1, text.subarray(0, 30), false), encodeFrame(2, text.subarray(30), true), Buffer.from([4])])
const special = [0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0b, 0x0d, 0x15, 0x17, 0x1c, 0x5c, 0x5e, 0x7c, 0xff]
const below = (limit: number): number => Math.floor(Math.random() * limit)

/** Random bytes, or a sound frame of which some bytes are changed, lost, doubled or cut off. */
function mutated(sound: Buffer): Buffer {
  if (Math.random() < 0.2) return Buffer.from(Array.from({ length: below(300) }, () => (Math.random() < 0.3 ? special[below(special.length)] ?? 0 : below(256))))
  let bytes = Buffer.from(sound)
  for (let count = below(4); count > 0; count--) {
    const at = below(bytes.length)
    const kind = below(4)
    if (kind === 0) bytes[at] = Math.random() < 0.5 ? below(256) : special[below(special.length)] ?? 0
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(20))])
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(20)))])
    else bytes = bytes.subarray(0, at)
    if (bytes.length === 0) break
  }
  return bytes
}

const framer = new MllpFramer({ maxFrameBytes: 100_000 })
let link = newLink({ messageLimit: 100_000 })
const seen = { messages: 0, refused: 0, records: 0 }

function readHl7(bytes: Uint8Array): void {
  try {
    const message = parseMessage(bytes)
    for (const { orders } of oruGroups(message)) for (const { observations } of orders) seen.records += observations.length
    acknowledge(message, { code: 'AA', controlId: '1', at: new Date(0) })
    seen.messages += 1
  } catch (error) {
    if (!(error instanceof Hl7Error)) throw error
    seen.refused += 1
  }
}

function happen(event: LinkEvent): void {
  const turn = step(link, event)
  link = turn.state
  for (const action of turn.actions) {
    const messages = action.kind === 'store' ? action.messages : action.kind === 'message' ? [action.message] : []
    for (const { text: message } of messages) {
      for (const tree of treesOf(parseRecords(message))) seen.records += resultsOf(tree).length
      seen.messages += 1
    }
    if (action.kind === 'store') happen({ kind: 'stored', at: event.at, ok: Math.random() > 0.01 })
  }
}

const heaps: number[] = []
for (let n = 0; n < frames; n++) {
  if (n % 2 === 0) for (const event of framer.push(mutated(hl7), n)) if (event.kind === 'message') splitBatch(event.bytes).forEach(readHl7)
  if (n % 2 === 1) happen({ kind: 'bytes', at: n * 10, bytes: mutated(astm) })
  if (n % Math.ceil(frames / 10) === Math.ceil(frames / 10) - 1) {
    collect()
    heaps.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers)
    console.log(`${n + 1} frames: ${seen.messages} messages, ${seen.refused} refused, ${seen.records} results, ${((heaps.at(-1) ?? 0) / 1e6).toFixed(1)} MB`)
  }
}
const [first = 0, last = 0] = [heaps[0], heaps.at(-1)]
if (last > first * 1.2 + 2e6) throw new Error('Memory grew')
console.log('No crash, memory flat.')
