import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TSchema } from 'typebox'
import { authenticate, clientAddressHeader, hasStorageToken, type Actor, type Auth } from '../auth/index.ts'
import { enterCount, thePool } from '../db/index.ts'
import type { Config } from '../config/index.ts'
import { platformErrors } from '../errors/index.ts'
import type { Module } from '../module/index.ts'
import { objects } from '../objects/index.ts'
import { serveEvents } from './events.ts'
import { observeRequests, serveMetrics } from './metrics.ts'
import { objectSources, serveObjects } from './objects.ts'
import { serveOpenApi } from './openapi.ts'
import { answerProblem } from './problems.ts'
import { FileAnswer, type AnyServed } from './serve.ts'
import { serveWeb } from './web.ts'
import { validatorFor } from './validate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
    statements: { statements: number }
  }
}

export interface AppOptions {
  config: Config
  auth: Auth
  modules: readonly Module[]
  /** Refuses an answer that cost more statements than its contract allows: on in tests. */
  enforceBudgets?: boolean
  webFolder?: string
}

/** The HTTP side of the system: every module's routes, the sign-in, the documents about it, and the built web. */
export async function createApp({ config, auth, modules, enforceBudgets = false, webFolder }: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    logger: false,
    trustProxy: config.trustProxy,
    genReqId: () => randomUUID(),
    bodyLimit: 2 * 1024 * 1024,
    requestTimeout: 60_000,
    // Some of the seeds' addresses end in a slash, and their callers write it or not.
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: true },
  })
  app.setValidatorCompiler(({ schema, httpPart }) => validatorFor(schema as TSchema, httpPart === 'querystring' || httpPart === 'params') as never)
  app.setErrorHandler(answerProblem as never)
  app.decorateRequest('actor', null)
  app.decorateRequest('statements')
  app.addHook('onRequest', async (request, reply) => {
    request.statements = enterCount()
    reply.header('x-request-id', request.id)
    reply.header('cache-control', 'no-store')
  })
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'", "'wasm-unsafe-eval'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:', ...objectSources()],
      workerSrc: ["'self'", 'blob:'], connectSrc: ["'self'", ...objectSources(), ...realtimeSources(config)], objectSrc: ["'none'"], frameSrc: ["'self'", 'blob:', ...objectSources()], frameAncestors: ["'self'"], upgradeInsecureRequests: config.publicUrl.startsWith('https:') ? [] : null } },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
  })
  await app.register(rateLimit, { global: false, max: 1200, timeWindow: 60_000 })
  observeRequests(app)

  await serveOpenApi(app, modules)
  serveSignIn(app, auth)
  await serveObjects(app)
  serveEvents(app, (request) => actorOf(request, auth))
  serveMetrics(app, config)
  app.get('/healthz', { schema: { hide: true } as never }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } as never }, async () => {
    await Promise.all([thePool().query('select 1'), objects().ready()]).catch(() => { throw platformErrors.not_ready() })
    return { status: 'ready' }
  })
  const routes = modules.flatMap((module) => module.routes)
  for (const served of routes) if (!served.route.raw) mount(app, served, auth, enforceBudgets)
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const served of routes) if (served.route.raw) mount(scope, served, auth, enforceBudgets)
  })
  await serveWeb(app, webFolder)
  return app
}

/** Where browsers may hold a socket besides this server. */
function realtimeSources({ pusher }: Config): string[] {
  if (!pusher) return []
  const url = pusher.publicUrl ?? pusher.url
  return url ? [url.replace(/^http/, 'ws')] : [`wss://ws-${pusher.cluster}.pusher.com`]
}

async function actorOf(request: FastifyRequest, auth: Auth): Promise<Actor> {
  const actor = request.actor ?? (await authenticate(auth, request.headers, request.id))
  if (!actor) throw platformErrors.unauthenticated()
  request.actor = actor
  return actor
}

const noBody = new Set(['GET', 'DELETE'])

function mount(app: FastifyInstance, { route, handler }: AnyServed, auth: Auth, enforceBudgets: boolean): void {
  const schema = {
    summary: route.summary, tags: [...route.tags],
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    ...(route.produces || route.status === 204 ? {} : { response: { [route.status ?? 200]: route.response } }),
    'x-permission': route.permission, 'x-errors': route.errors ?? [], 'x-statements': route.statements,
  }
  app.route({
    method: route.method,
    url: route.path,
    schema,
    ...(route.maxBody ? { bodyLimit: route.maxBody } : {}),
    ...(route.permission === 'public' ? { config: { rateLimit: { max: 120, timeWindow: 60_000 } } } : {}),
    // Who is asking comes before what is asked: a stranger learns nothing about the shape of a request.
    preValidation: async (request) => {
      if (route.permission === 'public') return
      if (route.permission === 'lambda') {
        if (!hasStorageToken(request.headers)) throw platformErrors.unauthenticated()
        return
      }
      const actor = await actorOf(request, auth)
      const anyOf = route.permission === null ? null : [route.permission].flat()
      if (anyOf && !anyOf.some((permission) => actor.permissions.has(permission))) throw platformErrors.forbidden({ permission: anyOf.join(' or ') })
      if (route.body && !noBody.has(route.method) && request.body === undefined) request.body = {}
    },
    handler: async (request, reply) => {
      const actor = request.actor as never
      const before = request.statements.statements
      const body = route.raw ? (request.body ?? Buffer.alloc(0)) : request.body
      const answer = await handler({ actor, params: request.params as never, query: request.query as never, body: body as never, request, reply })
      const cost = request.statements.statements - before
      reply.header('server-timing', `db;desc="${cost} statements"`)
      if (enforceBudgets && cost > route.statements) throw new Error(`${route.method} ${route.path} cost ${cost} statements; its contract allows ${route.statements}`)
      return send(reply, route.status ?? 200, answer)
    },
  })
}

function send(reply: FastifyReply, status: number, answer: unknown): FastifyReply {
  if (!(answer instanceof FileAnswer)) return reply.code(answer === undefined ? 204 : status).send(answer)
  const name = encodeURIComponent(answer.fileName)
  return reply.type(answer.contentType).header('content-disposition', `${answer.disposition}; filename*=UTF-8''${name}`).send(answer.bytes)
}

/** better-auth answers everything under /api/auth from a web Request. */
function serveSignIn(app: FastifyInstance, { auth }: Auth): void {
  app.route({
    method: ['GET', 'POST'], url: '/api/auth/*', schema: { hide: true } as never,
    handler: async (request, reply) => {
      const headers = new Headers()
      for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value)
      headers.set(clientAddressHeader, request.ip)
      const url = new URL(request.url, `${request.protocol}://${request.host}`)
      const body = request.method === 'POST' ? JSON.stringify(request.body ?? {}) : null
      if (body !== null) headers.set('content-type', 'application/json')
      headers.delete('content-length')
      const answer = await auth.handler(new Request(url, { method: request.method, headers, body }))
      reply.code(answer.status)
      for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.send(answer.body ? Buffer.from(await answer.arrayBuffer()) : null)
    },
  })
}

