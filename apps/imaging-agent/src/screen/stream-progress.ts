import type { FastifyReply } from 'fastify'
import type { ProgressView } from './view.ts'

const every = 400

/** Server-sent events: the progress whenever it is another than it was, and a comment now and then so that a dead page is noticed. */
export function streamProgress(reply: FastifyReply, progress: () => ProgressView): FastifyReply {
  reply.hijack()
  reply.raw.writeHead(200, { ...reply.getHeaders() as Record<string, string>, 'content-type': 'text/event-stream', 'connection': 'keep-alive' })
  let last = ''
  let quiet = 0
  const tell = () => {
    const text = JSON.stringify(progress())
    if (text !== last) reply.raw.write(`data: ${text}\n\n`)
    else if (++quiet % 40 === 0) reply.raw.write(': still here\n\n')
    last = text
  }
  tell()
  const timer = setInterval(tell, every)
  reply.raw.once('close', () => clearInterval(timer))
  return reply
}
