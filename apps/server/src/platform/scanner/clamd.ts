import { connect } from 'node:net'
import { Readable } from 'node:stream'
import type { ScannerAddress } from '../config/index.ts'

const chunkBytes = 64 * 1024
const longestAnswer = 4096

/**
 * The pieces of an INSTREAM request (clamd(8)): the bytes in chunks, each after its length in four bytes, big end first, then a
 * length of zero.
 */
export function* instream(bytes: Uint8Array): Iterable<Uint8Array> {
  yield Buffer.from('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, at + chunkBytes)
    yield lengthOf(chunk.length)
    yield chunk
  }
  yield lengthOf(0)
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

/**
 * Sends a request and gives the answer without the NUL that ends it. Throws when there is no whole answer within `patience` ms, or
 * when one came before clamd was sent everything, unless it is an error: that is how clamd says that the stream is too long.
 */
export async function ask(address: ScannerAddress, request: Iterable<Uint8Array>, patience: number): Promise<string> {
  const socket = connect(address)
  const late = setTimeout(() => socket.destroy(new Error(`no answer within ${patience} ms`)), patience)
  try {
    return await new Promise((resolve, reject) => {
      let sent = false
      let received = Buffer.alloc(0)
      socket.on('data', (data) => {
        received = Buffer.concat([received, data])
        const end = received.indexOf(0)
        const answer = received.subarray(0, Math.max(end, 0)).toString()
        if (end >= 0 && (sent || answer.endsWith(' ERROR'))) resolve(answer)
        else if (end >= 0) reject(new Error('it answered before it had seen everything'))
        else if (received.length > longestAnswer) reject(new Error('its answer does not end'))
      })
      socket.once('error', reject).once('close', () => reject(new Error('it closed the connection without an answer')))
      Readable.from(request).once('end', () => { sent = true }).pipe(socket, { end: false })
    })
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}
