import { createPublicKey, verify } from 'node:crypto'
import type { Driver } from './driver.ts'
import { jsonOf, listAt, post, textAt } from './http-outcome.ts'

/** Seconds between SendGrid's clock and ours, and its own time on the way. */
const tolerance = 600

/** E-mail by SendGrid's v3 API. It has no idempotency key; ours travels along and comes back with its events. */
export const sendgrid: Driver = {
  send: ({ key, to, subject, body, attachments }, account) => {
    const { config: { from = '', fromName, replyTo, baseUrl }, secrets } = account
    return post(account, {
      url: `${baseUrl || 'https://api.sendgrid.com'}/v3/mail/send`,
      headers: { authorization: `Bearer ${secrets.apiKey ?? ''}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        personalizations: [{ to: [{ email: to }], custom_args: { delivery: key } }],
        from: { email: from, ...(fromName ? { name: fromName } : {}) }, ...(replyTo ? { reply_to: { email: replyTo } } : {}),
        subject: subject ?? '', content: [{ type: 'text/plain', value: body }],
        ...(attachments.length > 0 ? {
          attachments: attachments.map(({ fileName, contentType, bytes }) =>
            ({ filename: fileName, type: contentType, disposition: 'attachment', content: Buffer.from(bytes).toString('base64') })),
        } : {}),
        tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
      }),
    }, (_, { headers }) => headers['x-message-id'] ?? null)
  },

  /** The signed event webhook: ECDSA with SHA-256 over timestamp and body. */
  receipts: ({ headers, body, now }, { secrets: { webhookKey } }) => {
    const stamp = String(headers['x-twilio-email-event-webhook-timestamp'] ?? '')
    const signature = String(headers['x-twilio-email-event-webhook-signature'] ?? '')
    if (!webhookKey || !(Math.abs(now.getTime() / 1000 - Number(stamp)) <= tolerance) || !isSigned(webhookKey, stamp, body, signature)) return null
    return listAt(jsonOf(body.toString()), '').flatMap((event) => {
      const state = ({ delivered: 'delivered', bounce: 'failed', dropped: 'failed' } as const)[textAt(event, 'event') ?? '']
      return state ? [{ key: textAt(event, 'delivery'), messageId: null, state, words: textAt(event, 'reason') ?? textAt(event, 'event') ?? '' }] : []
    })
  },
}

function isSigned(publicKey: string, stamp: string, body: Buffer, signature: string): boolean {
  try {
    const der = Buffer.from(publicKey.replace(/-----[A-Z ]+-----/g, ''), 'base64')
    return verify('sha256', Buffer.concat([Buffer.from(stamp), body]), createPublicKey({ key: der, format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
