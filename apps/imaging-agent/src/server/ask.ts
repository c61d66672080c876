import { urlOf, type BodyOf, type ResponseOf, type RouteDefinition } from '@aliquot/contracts'
import { Compile } from 'typebox/compile'
import type { Address } from '../config/address.ts'
import type { Part } from '../config/setting-list.ts'
import { Away } from '../run/away.ts'

/** The server understood and says no; `code` is of its problem document. Asking the same again is no use. */
export class Refused extends Error {
  readonly code: string
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
  }
}

const mostBytes = 16 * 1024 * 1024
const patience = 60_000
const checks = new Map<RouteDefinition, { Check(value: unknown): boolean }>()

export const askServer = <R extends RouteDefinition>(part: Part, server: Address, route: R, body: BodyOf<R>): Promise<ResponseOf<R>> =>
  askAddress(part, { url: `${server.url}${urlOf(route)}`, key: server.key }, route, body)

/** Posts to a whole address, and believes only an answer that keeps the contract. Throws `Refused` or `Away`. */
export async function askAddress<R extends RouteDefinition>(part: Part, { url, key }: Address, route: R, body: BodyOf<R>): Promise<ResponseOf<R>> {
  const { host } = new URL(url)
  const response = await fetch(url, {
    method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(patience),
    // A redirect would take the key along to somebody else.
    redirect: 'error',
    headers: { 'authorization': `Bearer ${key}`, 'content-type': 'application/json', 'accept': 'application/json, application/problem+json' },
  }).catch((error: Error) => { throw new Away(part, `${host} cannot be reached: ${because(error)}`) })
  const text = await limited(response).catch((error: Error) => { throw new Away(part, `${host} broke off: ${because(error)}`) })
  const answer = parse(text)
  if (!response.ok) throw failure(part, host, response, answer)
  const check = checks.get(route) ?? Compile(route.response)
  checks.set(route, check)
  if (!check.Check(answer)) throw new Away(part, `${host} answers something else than the contract says. Is the address right?`)
  return answer as ResponseOf<R>
}

function failure(part: Part, host: string, { status, headers }: Response, answer: unknown): Refused | Away {
  const { code, title, detail } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>
  const says = [title, detail].filter((text) => typeof text === 'string').join(' ').slice(0, 300) || `status ${status}`
  if (status === 401 || status === 403) return new Away(part, `${host} refuses the key: ${says}`)
  if (status === 404 && typeof code !== 'string') return new Away(part, `${host} does not know this address. Is it right?`)
  if (status === 408 || status === 429 || status >= 500) return new Away(part, `${host} is not able to answer now: ${says}`, retryAfter(headers))
  return new Refused(status, typeof code === 'string' ? code : String(status), says)
}

const retryAfter = (headers: Headers): number | null => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 && seconds <= 3600 ? seconds * 1000 : null
}

async function limited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > mostBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** fetch hides what happened behind "fetch failed". */
export const because = (error: Error): string => {
  const { cause } = error as { cause?: { code?: string; message?: string } }
  return error.name === 'TimeoutError' ? 'no answer within a minute' : cause?.message || cause?.code || error.message
}
