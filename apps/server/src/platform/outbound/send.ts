import { lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { isPublicAddress } from './address.ts'

export interface OutboundRequest {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Until the whole answer is there; 15 seconds when left out. */
  timeoutMs?: number
  /** Hosts (`host` or `host:port`, lower case) that the administrator allows although they are private. */
  allowedHosts?: readonly string[]
}

export interface OutboundAnswer {
  status: number
  headers: Record<string, string>
  /** The first 64 KiB, as UTF-8. */
  body: string
}

/** Why there is no answer. `message` is one of the seed's phrases where it has one, so that retry rules can name it. */
export class OutboundError extends Error {
  readonly reason: 'bad_address' | 'private_address' | 'no_response' | 'timeout'
  /** Whether another try may help. */
  readonly temporary: boolean
  constructor(reason: OutboundError['reason'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'OutboundError'
    this.reason = reason
    this.temporary = reason === 'no_response' || reason === 'timeout'
  }
}

const longestBody = 64 * 1024

/** Refuses a name as soon as one of its addresses is private; the socket then connects to exactly the addresses that were judged. */
const guardedLookup: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    const inside = addresses.find(({ address }) => !isPublicAddress(address))
    if (inside) return done(new OutboundError('private_address', `${host} is a private address (${inside.address})`), '')
    const [first] = addresses
    if (options.all) return done(null, addresses)
    done(null, first?.address ?? '', first?.family)
  })
}

const guarded = new Agent({ connect: { lookup: guardedLookup } })
const unguarded = new Agent()

/**
 * Sends one HTTP request to an address that somebody typed. Redirects are answers, not followed. Throws {@link OutboundError} when no answer came;
 * any status is an answer.
 */
export async function sendOutbound(asked: OutboundRequest): Promise<OutboundAnswer> {
  const url = addressOf(asked.url)
  const allowed = asked.allowedHosts?.includes(url.host) || asked.allowedHosts?.includes(url.hostname)
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowed && isIP(literal) && !isPublicAddress(literal)) throw new OutboundError('private_address', `${literal} is a private address`)
  const signal = AbortSignal.timeout(asked.timeoutMs ?? 15_000)
  try {
    const answer = await request(url, {
      method: asked.method ?? 'POST', headers: asked.headers ?? {}, body: asked.body ?? null, signal, dispatcher: allowed ? unguarded : guarded,
    })
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]))
    return { status: answer.statusCode, headers, body: await beginningOf(answer.body) }
  } catch (error) {
    throw asOutboundError(error, signal)
  }
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new OutboundError('bad_address', `"${text}" is not a web address`)
  if (url.username || url.password) throw new OutboundError('bad_address', 'A web address may not carry a password; use a header')
  return url
}

async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    parts.push(part)
    length += part.length
    if (length >= longestBody) break
  }
  return Buffer.concat(parts).subarray(0, longestBody).toString('utf8')
}

function asOutboundError(error: unknown, signal: AbortSignal): OutboundError {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof OutboundError) return each
  const { code = '', message } = error as Error & { code?: string }
  if (signal.aborted || /TIMEOUT|ETIMEDOUT/.test(code)) return new OutboundError('timeout', 'Connection Timeout', error)
  return new OutboundError('no_response', `No response (${code || message})`, error)
}
