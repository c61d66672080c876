import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Heard {
  headers: IncomingHttpHeaders
  body: string
  event: { id: string; action: string; subject: { type: string; id: number } | null; data: Record<string, unknown> | null }
}

/** A partner's server on this machine: remembers what it heard, answers as `answers` says for the nth request (200 unless told). */
export async function aPartnerServer() {
  const heard: Heard[] = []
  let answer: (request: Heard, index: number) => number | 'silence' | Promise<number | 'silence'> = () => 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => { body += part })
    request.on('end', async () => {
      const each = { headers: request.headers, body, event: JSON.parse(body) }
      const status = await answer(each, heard.push(each) - 1)
      if (status === 'silence') return void request.socket.destroy()
      response.writeHead(status, { 'content-type': 'text/plain', 'set-cookie': 'session=hush' }).end(`said ${status}`)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {
    heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    answers(how: typeof answer) { answer = how },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
