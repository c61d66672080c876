import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteDefinition } from '@aliquot/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../auth/index.ts'

export interface Served<R extends RouteDefinition> {
  /** Absent (null) only on public routes and those of the storage's functions. */
  actor: R['permission'] extends 'public' | 'lambda' ? null : Actor
  params: ParamsOf<R>
  query: QueryOf<R>
  body: BodyOf<R>
  request: FastifyRequest
  reply: FastifyReply
}

/** An answer that is a file: the contract says `produces`. */
export class FileAnswer {
  readonly bytes: Buffer | NodeJS.ReadableStream
  readonly contentType: string
  readonly fileName: string
  readonly disposition: 'inline' | 'attachment'
  constructor(bytes: Buffer | NodeJS.ReadableStream, contentType: string, fileName: string, disposition: 'inline' | 'attachment' = 'inline') {
    this.bytes = bytes
    this.contentType = contentType
    this.fileName = fileName
    this.disposition = disposition
  }
}

type Answer<R extends RouteDefinition> = R extends { produces: string } ? FileAnswer : R extends { status: 204 } ? void : ResponseOf<R>

/** A contract bound to the code that answers it. */
export interface AnyServed {
  route: RouteDefinition
  handler(served: Served<RouteDefinition>): Promise<unknown>
}

/** `serve(registerPatient, ({ actor, body }) => change(actor, (tx) => …))`: a module's routes read as its table of contents. */
export function serve<const R extends RouteDefinition>(route: R, handler: (served: Served<R>) => Promise<Answer<R>>): AnyServed {
  return { route, handler: handler as unknown as AnyServed['handler'] }
}
