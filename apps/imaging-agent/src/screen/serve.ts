import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Logger } from 'pino'
import type { AddressInfo } from 'node:net'
import { SettingsError } from '../config/check-values.ts'
import type { Given } from '../config/read-values.ts'
import type { SettingName } from '../config/setting-list.ts'
import { skippedCsv } from '../state/skipped-csv.ts'
import { connections, tryPart, type Connection } from '../try-out/try-part.ts'
import { Control } from './control.ts'
import { pageFiles } from './page-files.ts'
import { Session } from './session.ts'
import { streamProgress } from './stream-progress.ts'

export interface Screen {
  link: string
  close(): Promise<void>
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const lostLink = 'This page opens with the link that the agent printed, and that link works once. Start "imaging-agent screen" again for a new one.'

type Changed = { values?: Partial<Record<SettingName, string>> }

/** Serves the page on loopback alone. Port 0: any that is free. */
export async function serveScreen(given: Given, port: number, log: Logger): Promise<Screen> {
  const control = new Control(given, log)
  const session = new Session()
  const app = Fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true })
  guard(app, session)
  servePage(app)
  serveSettings(app, control)
  serveRun(app, control)
  await app.listen({ host: '127.0.0.1', port })
  return {
    link: session.link((app.server.address() as AddressInfo).port),
    close: async () => {
      await app.close()
      await control.close()
    },
  }
}

function guard(app: FastifyInstance, session: Session): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
      'cache-control': 'no-store' })
    if (!session.isOurs(request)) return reply.code(403).send('This page is for this machine only.')
    if (request.routeOptions.url !== '/open' && !session.isOpenTo(request)) return reply.code(403).type('text/plain').send(lostLink)
  })
  app.get<{ Querystring: { token?: string } }>('/open', async ({ query }, reply) => {
    const cookie = session.open(query.token)
    return cookie ? reply.header('set-cookie', cookie).redirect('/', 303) : reply.code(403).type('text/plain').send(lostLink)
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof SettingsError) return reply.code(422).send({ says: 'The settings are not complete.', problems: error.problems })
    return reply.code(error.cause === 'locked' ? 409 : error.statusCode ?? 500).send({ says: error.message, problems: [] })
  })
}

function servePage(app: FastifyInstance): void {
  for (const [path, { type, text }] of pageFiles()) app.get(path, (_request, reply) => reply.type(type).send(text))
}

function serveSettings(app: FastifyInstance, control: Control): void {
  const body = { type: 'object', required: ['values'], properties: { values: { type: 'object',
    additionalProperties: { type: 'string', maxLength: 2000 } } } }
  app.get('/api/settings', async () => control.settings())
  app.put<{ Body: Changed }>('/api/settings', { schema: { body } }, ({ body: { values = {} } }) => control.save(values))
  app.post<{ Body: Changed; Params: { part: string } }>('/api/try/:part', { schema: { body } }, async ({ params, body: { values = {} } }, reply) => {
    if (!isConnection(params.part)) return reply.code(404).send({ says: 'There is no such connection.', problems: [] })
    return { ...await tryPart(params.part, control.data, control.merged(values)), problems: [] }
  })
}

function serveRun(app: FastifyInstance, control: Control): void {
  app.post('/api/run', async () => {
    control.run()
    return control.progress()
  })
  app.post('/api/stop', async () => {
    await control.stop()
    return control.progress()
  })
  app.post('/api/again', async () => {
    control.again()
    return control.progress()
  })
  app.get('/api/progress', (_request, reply) => streamProgress(reply, () => control.progress()))
  app.get<{ Querystring: Record<string, string> }>('/api/skipped', async ({ query }) => control.skipped(filterOf(query)))
  app.get<{ Querystring: Record<string, string> }>('/skipped.csv', (request, reply) => sendCsv(reply, control, filterOf(request.query)))
}

function sendCsv(reply: FastifyReply, control: Control, { reason, words }: ReturnType<typeof filterOf>): FastifyReply {
  const { state } = control
  const text = state ? [...skippedCsv(state, reason, words)].join('') : ''
  return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="set-aside.csv"').send(text)
}

const isConnection = (part: string): part is Connection => connections.includes(part as Connection)
const one = (value: unknown): string => (typeof value === 'string' ? value : '')
const filterOf = (query: Record<string, unknown>) => ({ after: one(query.after), reason: one(query.reason), words: one(query.words) })
