import swagger from '@fastify/swagger'
import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { knownErrors } from '../errors/index.ts'
import type { Module } from '../module/index.ts'

const securityOf = (permission: string | undefined) =>
  (permission === 'public' ? { security: [] } : permission === 'lambda' ? { security: [{ storageToken: [] }] } : {})

/** /openapi.json is the contract; /docs shows it to people. */
export async function serveOpenApi(app: FastifyInstance, modules: readonly Module[]): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Aliquot', version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description: 'An open laboratory information system. Errors are RFC 9457 problem documents; `code` is stable:\n\n'
          + [...knownErrors].sort().map(([code, { status, says }]) => `- \`${code}\` (${status}) ${says}`).join('\n'),
      },
      tags: modules.map(({ name }) => ({ name })),
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'aliquot.session_token' }, apiKey: { type: 'http', scheme: 'bearer' },
        storageToken: { type: 'apiKey', in: 'header', name: 'X-Lambda-Token' } } },
      security: [{ session: [] }, { apiKey: [] }],
    },
    transform: ({ schema, url }) => ({ schema: { ...schema, ...securityOf((schema as { 'x-permission'?: string })?.['x-permission']) }, url }),
  })
  app.get('/openapi.json', { schema: { hide: true } as never }, async () => app.swagger())
  await app.register(apiReference, { routePrefix: '/docs', configuration: { url: '/openapi.json', telemetry: false, withDefaultFonts: false } as never,
    hooks: { onRequest: (_request, reply, done) => {
      // The reader of the API brings inline scripts and styles of its own; nothing else gets this policy.
      reply.header('content-security-policy', "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:")
      done()
    } } })
}
