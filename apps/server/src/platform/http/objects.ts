import type { IncomingMessage } from 'node:http'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { defineErrors, Problem } from '../errors/index.ts'
import { DiskStore, dispositionHeader, objects, parseRange, UploadRefused } from '../objects/index.ts'

const errors = defineErrors('objects', {
  form_refused: { status: 403, says: 'This upload form is not valid or has expired. Ask for a new one.' },
  form_used: { status: 409, says: 'This upload form has been used already.' },
  type_refused: { status: 415, says: 'The file is not of the type that the form allows.' },
  too_large: { status: 413, says: 'The file is larger than the form allows.' },
  too_small: { status: 400, says: 'The file is smaller than the form says.' },
  no_file: { status: 400, says: 'The form has no file.' },
  link_refused: { status: 403, says: 'This link is not valid or has expired.' },
  gone: { status: 404, says: 'The file is not there any more.' },
})

const kilobyte = 1024
/** What a form weighs besides its file, generously. */
const mostOfForm = 64 * kilobyte
const limits = { fileSize: Infinity, files: 2, fields: 8, fieldSize: 8 * kilobyte, fieldNameSize: 100, headerPairs: 20 }
const longestUpload = 3600_000
const longestSilence = 60_000

/** The disk driver's bucket: takes the posted forms that it signed and serves the links that it signed. Absent with any other driver. */
export async function serveObjects(app: FastifyInstance): Promise<void> {
  const store = objects()
  if (!(store instanceof DiskStore)) return
  await app.register(multipart, { limits, throwFileSizeLimit: false })
  // Node counts this over a whole request: a minute is too short for a large file on a clinic's line.
  app.server.requestTimeout = Math.max(app.server.requestTimeout, longestUpload)

  app.post('/objects', { schema: { hide: true } as never, onRequest: async (request) => onlyForms(request) }, async (request, reply) => {
    // A request that app.inject() made up has no socket.
    request.raw.socket?.setTimeout?.(longestSilence, () => request.raw.destroy())
    try {
      await takeUpload(store, request)
      return await reply.code(204).send()
    } catch (error) {
      reply.header('connection', 'close')
      await readAway(request.raw)
      throw asProblem(error)
    }
  })

  app.get<{ Params: { '*': string } }>('/objects/*', { schema: { hide: true } as never },
    (request, reply) => sendObject(store, request.params['*'], request.headers, reply))
}

/** What is not a form is refused before anything reads, or even keeps, its body. */
function onlyForms(request: FastifyRequest): void {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw errors.form_refused()
}

/** As in S3 the fields come first and one file last, under that name. Nothing is an object before all has been read and found right. */
async function takeUpload(store: DiskStore, request: FastifyRequest): Promise<void> {
  const fields = new Map<string, string>()
  let arrived: { grant: Awaited<ReturnType<DiskStore['readUpload']>>; bytes: Awaited<ReturnType<DiskStore['receive']>> } | null = null
  try {
    for await (const part of request.parts()) {
      if (arrived) throw new UploadRefused('form_refused')
      if (part.type === 'field') {
        if (fields.has(part.fieldname) || part.valueTruncated || typeof part.value !== 'string') throw new UploadRefused('form_refused')
        fields.set(part.fieldname, part.value)
        continue
      }
      if (part.fieldname !== 'file') throw new UploadRefused('form_refused')
      const grant = await store.readUpload(fields)
      if (Number(request.headers['content-length'] ?? 0) > grant.size + mostOfForm) throw new UploadRefused('too_large')
      arrived = { grant, bytes: await store.receive(grant, part.file) }
    }
    if (!arrived) throw new UploadRefused('no_file')
  } catch (error) {
    if (arrived) await store.discard(arrived.bytes)
    throw error
  }
  await store.finishUpload(arrived.grant, arrived.bytes)
}

/** Errors of the disk stay what they are; all others say that the form cannot be read. */
function asProblem(error: unknown): unknown {
  if (error instanceof UploadRefused) return errors[error.reason]()
  if (error instanceof Problem || (error as NodeJS.ErrnoException).syscall !== undefined) return error
  return Object.assign(errors.form_refused(), { cause: error })
}

/**
 * Before a refusal is sent, reads a little more of what is still coming: a connection that is closed with unread bytes in it is reset,
 * and the sender may never see why.
 */
function readAway(raw: IncomingMessage): Promise<void> {
  if (raw.readableEnded || raw.destroyed) return Promise.resolve()
  raw.unpipe()
  return new Promise((resolve) => {
    let left = mostOfForm
    const done = () => {
      clearTimeout(patience)
      raw.off('data', count).off('end', done).off('close', done).pause()
      resolve()
    }
    const count = (chunk: Buffer) => {
      left -= chunk.length
      if (left <= 0) done()
    }
    const patience = setTimeout(done, 1000)
    raw.on('data', count).once('end', done).once('close', done).resume()
  })
}

async function sendObject(store: DiskStore, signed: string, headers: FastifyRequest['headers'], reply: FastifyReply): Promise<FastifyReply> {
  const grant = store.readLink(signed)
  if (!grant) throw errors.link_refused()
  const object = await store.open(grant.key)
  if (!object) throw errors.gone()
  const { size, etag } = object
  const quoted = `"${etag}"`
  const asked = headers['if-range'] === undefined || headers['if-range'] === quoted ? headers.range : undefined
  const range = parseRange(asked, size)
  // Stored files are other people's bytes: they are shown in no context of ours, whatever they claim to be.
  reply.header('content-security-policy', "default-src 'none'; sandbox").header('x-content-type-options', 'nosniff')
    .header('accept-ranges', 'bytes').header('etag', quoted)
  if (range === 'unsatisfiable') {
    await object.close()
    return reply.code(416).header('content-range', `bytes */${size}`).send()
  }
  reply.type(grant.contentType).header('content-disposition', dispositionHeader(grant.disposition ?? 'inline', grant.fileName))
  if (!range) return reply.header('content-length', size).send(object.stream())
  const { start, end } = range
  return reply.code(206).header('content-length', end - start + 1).header('content-range', `bytes ${start}-${end}/${size}`).send(object.stream(range))
}

/** Where pages may send and fetch bytes besides this server: sources for the content security policy. */
export function objectSources(): string[] {
  const { origin } = objects()
  return origin === null ? [] : [origin]
}
