import { createHmac } from 'node:crypto'
import type { Driver } from './driver.ts'
import { post, sameSecret, textAt } from './http-outcome.ts'

/** SMS and WhatsApp by Twilio. Its API has no idempotency key; ours is in the address that it reports to. */
export const twilio: Driver = {
  send: ({ channel, key, to, body, whatsapp }, account) => {
    const { config: { accountSid = '', from, messagingServiceSid, baseUrl }, secrets, callbackUrl } = account
    const prefix = channel === 'whatsapp' ? 'whatsapp:' : ''
    // A content template of Twilio has a number that begins with HX; any other name is only known to WhatsApp itself.
    const content = whatsapp?.name.startsWith('HX')
      ? { ContentSid: whatsapp.name, ContentVariables: JSON.stringify(Object.fromEntries(whatsapp.parameters.map((value, index) => [index + 1, value]))) }
      : { Body: body }
    return post(account, {
      url: `${baseUrl || 'https://api.twilio.com'}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${secrets.authToken ?? ''}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': key,
      },
      body: new URLSearchParams({
        To: `${prefix}${to}`, ...content, ...(messagingServiceSid ? { MessagingServiceSid: messagingServiceSid } : { From: `${prefix}${from ?? ''}` }),
        StatusCallback: `${callbackUrl}?delivery=${encodeURIComponent(key)}`,
      }).toString(),
    }, (json) => textAt(json, 'sid'))
  },

  /** X-Twilio-Signature: HMAC-SHA1 over the address and the posted fields in the order of their names. */
  receipts: ({ url, headers, body }, { secrets }) => {
    const fields = [...new URLSearchParams(body.toString())].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    const expected = createHmac('sha1', secrets.authToken ?? '').update(url + fields.map(([name, value]) => name + value).join('')).digest('base64')
    if (!secrets.authToken || !sameSecret(headers['x-twilio-signature'], expected)) return null
    const field = (name: string) => fields.find(([each]) => each === name)?.[1] ?? null
    const status = field('MessageStatus') ?? ''
    const state = status === 'delivered' || status === 'read' ? 'delivered' : status === 'failed' || status === 'undelivered' ? 'failed' : null
    if (!state) return []
    return [{ key: new URL(url).searchParams.get('delivery'), messageId: field('MessageSid'), state, words: [status, field('ErrorCode')].filter(Boolean).join(' ') }]
  },
}
