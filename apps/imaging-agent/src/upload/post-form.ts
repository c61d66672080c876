import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as plain, type Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { request as secure, type Agent as HttpsAgent } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Away } from '../run/away.ts'
import { Refused } from '../server/ask.ts'

interface Form { url: string; fields: Record<string, string> }
interface Agents { http: HttpAgent; https: HttpsAgent }

const silence = 60_000

/**
 * Posts a signed form as a browser does: its fields, then the bytes as `file`. Written by hand since FormData copies each file several times;
 * `Content-Length` is exact, which stores ask for. Throws `Away` when it may be tried again, `Refused` when not.
 */
export async function postForm({ url, fields }: Form, size: number, body: Buffer | Readable, agents: Agents): Promise<void> {
  const target = new URL(url)
  const boundary = `----aliquot${randomBytes(16).toString('hex')}`
  const head = Buffer.from(`${Object.entries(fields).map(([name, value]) => part(boundary, name, value)).join('')}--${boundary}\r\n`
    + 'Content-Disposition: form-data; name="file"; filename="image.dcm"\r\nContent-Type: application/dicom\r\n\r\n')
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const options = {
    method: 'POST', timeout: silence, agent: target.protocol === 'https:' ? agents.https : agents.http,
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': head.length + size + tail.length },
  }
  const request = target.protocol === 'https:' ? secure(target, options) : plain(target, options)
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error('no answer within a minute')))
  })
  // Handled below; a connection may break while the bytes are still being written.
  answered.catch(() => undefined)
  try {
    if (Buffer.isBuffer(body)) {
      // One call of the system for all three.
      request.cork()
      request.write(head)
      request.write(body)
    } else {
      request.write(head)
      await pipeline(body, request, { end: false })
    }
    request.end(tail)
    await judge(await answered, target.host)
    // The buffer is used again: an answer that came early must not let the rest become somebody else's bytes. A request closes also where it breaks.
    if (!request.closed) await once(request, 'close')
  } catch (error) {
    request.destroy()
    if (error instanceof Away || error instanceof Refused) throw error
    throw new Away('bucket', `${target.host} cannot be sent to: ${(error as Error).message}`)
  }
}

const part = (boundary: string, name: string, value: string): string => {
  if (/["\r\n]/.test(name)) throw new Refused(200, 'bad_form', 'the form has a field that cannot be sent')
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
}

async function judge(response: IncomingMessage, host: string): Promise<void> {
  let says = ''
  for await (const chunk of response) if (says.length < 4000) says += String(chunk)
  const { statusCode: status = 0 } = response
  if (status >= 200 && status < 300) return
  const short = says.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 200)
  // A form may expire while images before it are sent, and one that was used says that the image is there: a new form tells.
  if (status === 403 || status === 409 || status === 429 || status >= 500) throw new Away('bucket',
    `${host} did not take the image (${status}): ${short}`)
  throw new Refused(status, String(status), `${host} did not take the image: ${short}`)
}
