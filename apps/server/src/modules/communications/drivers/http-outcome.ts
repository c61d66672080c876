import { timingSafeEqual } from 'node:crypto'
import { sendOutbound, type OutboundAnswer, type OutboundRequest } from '#platform/outbound'
import type { Account, Outcome } from './driver.ts'

/** Statuses after which another try may help: the caller is too fast, the provider is down, or somebody will put the credentials right. */
const temporary = new Set([401, 402, 403, 408, 409, 425, 429])
export const mayPass = (status: number): boolean => status >= 500 || temporary.has(status)

/** Posts to a provider. 2xx is accepted with the number that `idOf` finds; anything else is refused. */
export async function post({ allowedHosts }: Account, request: OutboundRequest, idOf: (json: unknown, answer: OutboundAnswer) => string | null): Promise<Outcome> {
  const answer = await sendOutbound({ timeoutMs: 20_000, ...request, allowedHosts })
  const words = `${answer.status} ${answer.body}`.trim()
  if (answer.status < 200 || answer.status > 299) return { outcome: 'refused', retry: mayPass(answer.status), answer: words }
  return { outcome: 'accepted', messageId: idOf(jsonOf(answer.body), answer), answer: words }
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What is at `a.b.0.c` of something parsed. */
export const at = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) =>
    (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined), json)

/** The text or number there; null for anything else. */
export const textAt = (json: unknown, path: string): string | null => {
  const value = at(json, path)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

export const listAt = (json: unknown, path: string): unknown[] => {
  const value = path === '' ? json : at(json, path)
  return Array.isArray(value) ? value : []
}

/** Whether two texts are the same, in constant time for texts of one length. An empty one equals nothing. */
export function sameSecret(given: string | string[] | undefined | null, expected: string | undefined): boolean {
  if (typeof given !== 'string' || !expected) return false
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
