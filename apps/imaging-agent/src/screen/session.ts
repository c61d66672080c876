import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/**
 * Who holds the printed link may use the page. The link works once; from then on the browser has a cookie that no other site's page can send.
 * The name of the host is checked as well: a site whose name was pointed at this machine sends its own.
 */
export class Session {
  readonly #cookie = `imaging-agent-${randomBytes(4).toString('hex')}`
  readonly #secret = randomBytes(32).toString('base64url')
  #token: string | null = randomBytes(32).toString('base64url')

  link(port: number): string {
    return `http://127.0.0.1:${port}/open?token=${this.#token}`
  }

  /** The cookie for whoever comes with the link; null when it was used or is wrong. */
  open(token: unknown): string | null {
    if (typeof token !== 'string' || this.#token === null || !same(token, this.#token)) return null
    this.#token = null
    return `${this.#cookie}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`
  }

  isOpenTo({ headers }: FastifyRequest): boolean {
    const cookies = (headers.cookie ?? '').split('; ').map((cookie) => cookie.split('='))
    return cookies.some(([name, value]) => name === this.#cookie && same(value ?? '', this.#secret))
  }

  /** Whether a request comes from this page itself, as the browser sees it. */
  isOurs({ headers, method, socket }: FastifyRequest): boolean {
    const hosts = ['127.0.0.1', 'localhost'].map((host) => `${host}:${socket.localPort}`)
    if (!hosts.includes(headers.host ?? '')) return false
    return method === 'GET' || headers['sec-fetch-site'] === 'same-origin' || hosts.some((host) => headers.origin === `http://${host}`)
  }
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
