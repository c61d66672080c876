import { verifySignature } from '#platform/outbound'
import type { Account, Driver, Outgoing } from './driver.ts'
import { jsonOf, post, sameSecret, textAt } from './http-outcome.ts'

type Escape = (text: string) => string

const plain: Escape = (text) => text
const inUrl: Escape = encodeURIComponent
const inJson: Escape = (text) => JSON.stringify(text).slice(1, -1)
const inXml: Escape = (text) => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`)
/** A line break in a header would be a header of its own. */
const inHeader: Escape = (text) => text.replace(/[\r\n]+/g, ' ')

const escapeFor = (contentType: string): Escape =>
  (/json/i.test(contentType) ? inJson : /xml/i.test(contentType) ? inXml : /urlencoded/i.test(contentType) ? inUrl : plain)

/** Puts `{to}`, `{number}`, `{body}`, `{from}`, `{key}`, `{secret}` and `{callback}` in their places, written as the place needs. */
function filled(text: string, { to, body, key }: Outgoing, { config, secrets, callbackUrl }: Account, escape: Escape): string {
  const values: Record<string, string> = {
    to, number: to.replace(/^\+/, ''), body, key, from: config.from ?? '', secret: secrets.apiKey ?? '', callback: `${callbackUrl}?delivery=${key}`,
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? escape(values[name] ?? '') : whole))
}

/** SMS by any gateway that takes an HTTP request, which the lab describes. `{key}` is the idempotency key; it is also sent as a header. */
export const http: Driver = {
  send: async (message, account) => {
    const { config: { method = 'POST', url = '', contentType = 'application/json', body, headers = [], successText, idPath } } = account
    const outcome = await post(account, {
      method, url: filled(url, message, account, inUrl),
      headers: {
        'idempotency-key': message.key, ...(method === 'GET' ? {} : { 'content-type': contentType }),
        ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), filled(value, message, account, inHeader)])),
      },
      ...(method === 'GET' || !body ? {} : { body: filled(body, message, account, escapeFor(contentType)) }),
    }, (json) => (idPath ? textAt(json, idPath) : null))
    return outcome.outcome === 'accepted' && successText && !outcome.answer.includes(successText)
      ? { outcome: 'refused', retry: false, answer: outcome.answer }
      : outcome
  },

  /** JSON or a form with `delivery` (our key) or `id`, and `status`. Proven by X-Aliquot-Signature, or by the agreed token. */
  receipts: ({ url, headers, body, now }, { secrets: { webhookKey } }) => {
    const { searchParams } = new URL(url)
    const signature = headers['x-aliquot-signature']
    const proven = typeof signature === 'string'
      ? webhookKey !== undefined && verifySignature(signature, body, webhookKey, now)
      : sameSecret(headers['x-webhook-token'] ?? searchParams.get('token'), webhookKey)
    if (!proven) return null
    const json = jsonOf(body.toString()) ?? Object.fromEntries(new URLSearchParams(body.toString()))
    const status = (textAt(json, 'status') ?? '').toLowerCase()
    const state = /^(delivrd|delivered|success)$/.test(status) ? 'delivered' : /^(failed|undeliv|undelivered|rejected|rejectd|expired)$/.test(status) ? 'failed' : null
    return state ? [{ key: textAt(json, 'delivery') ?? searchParams.get('delivery'), messageId: textAt(json, 'id'), state, words: status }] : []
  },
}
