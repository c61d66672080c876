import type { Static, TSchema } from 'typebox'
import type { Permission } from './permissions.ts'
import type { ProblemCode } from './problems.ts'

export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  /** null: anybody who is signed in; 'public': no session needed; 'lambda': the token of the storage's own functions; a list: any of them opens the door, the command checks which it needs. */
  readonly permission: Permission | readonly Permission[] | 'public' | 'lambda' | null
  readonly summary: string
  readonly tags: readonly string[]
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** The body is handed over as it came, as bytes, whatever its content type: a signature covers each of them. */
  readonly raw?: true
  readonly response: TSchema
  readonly status?: 200 | 201 | 204
  /** Media type of the answer; JSON unless stated. */
  readonly produces?: 'application/pdf' | 'text/event-stream' | 'text/plain' | 'text/csv'
  /** Most bytes of a body, where two megabytes do not do. */
  readonly maxBody?: number
  /** Codes beside the ones that every route can answer (see `problems`). */
  readonly errors?: readonly ProblemCode[]
  /** Most SQL statements that one request may cost, begin and commit included. */
  readonly statements: number
}

/** Declares a route and keeps its literal types, so that `Static<typeof route.body>` and `BodyOf<typeof route>` work. */
export const route = <const R extends RouteDefinition>(definition: R): R => definition

type Part = 'params' | 'query' | 'body'
type PartOf<R extends RouteDefinition, P extends Part> = R extends { readonly [K in P]: infer S extends TSchema } ? Static<S> : undefined
export type ParamsOf<R extends RouteDefinition> = PartOf<R, 'params'>
export type QueryOf<R extends RouteDefinition> = PartOf<R, 'query'>
export type BodyOf<R extends RouteDefinition> = R extends { readonly raw: true } ? Uint8Array : PartOf<R, 'body'>
export type ResponseOf<R extends RouteDefinition> = Static<R['response']>

/** What the caller of a route hands over: exactly the parts that the route has. A filter may be undefined. */
export type InputOf<R extends RouteDefinition> =
  & (R extends { readonly params: TSchema } ? { params: ParamsOf<R> } : { params?: undefined })
  & (R extends { readonly query: TSchema } ? QueryInput<QueryOf<R>> : { query?: undefined })
  & (R extends { readonly body: TSchema } ? { body: BodyOf<R> } : { body?: undefined })

type QueryInput<Q> = object extends Q ? { query?: Undefinable<Q> } : { query: Undefinable<Q> }
type Undefinable<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] }

type Scalar = string | number | boolean
export interface UrlParts {
  params?: object | undefined
  query?: object | undefined
}

/** Path and query string of a route: `/api/patients/7?limit=20`. Undefined filters are left out, lists repeat their name. */
export const urlOf = (route: Pick<RouteDefinition, 'path'>, { params = {}, query = {} }: UrlParts = {}): string => {
  const values = new Map<string, Scalar>(Object.entries(params))
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new TypeError(`${route.path} needs the parameter ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query) as [string, Scalar | readonly Scalar[] | undefined][]) {
    for (const item of [value].flat()) if (item !== undefined) search.append(name, String(item))
  }
  return search.size === 0 ? path : `${path}?${search}`
}
