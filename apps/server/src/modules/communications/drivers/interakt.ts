import { createHmac } from 'node:crypto'
import type { Driver } from './driver.ts'
import { jsonOf, post, sameSecret, textAt } from './http-outcome.ts'

/** WhatsApp by Interakt. Its answer says in `result` whether the message was taken. */
export const interakt: Driver = {
  send: async ({ key, to, body, whatsapp }, account) => {
    const { config: { baseUrl }, secrets } = account
    const content = whatsapp
      ? { type: 'Template', template: { name: whatsapp.name, languageCode: whatsapp.language, bodyValues: whatsapp.parameters } }
      : { type: 'Text', data: { message: body } }
    const outcome = await post(account, {
      url: `${baseUrl || 'https://api.interakt.ai'}/v1/public/message/`,
      headers: { authorization: `Basic ${secrets.apiKey ?? ''}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ fullPhoneNumber: to.slice(1), callbackData: key, ...content }),
    }, (json) => textAt(json, 'id'))
    return outcome.outcome === 'accepted' && /"result"\s*:\s*false/.test(outcome.answer) ? { outcome: 'refused', retry: false, answer: outcome.answer } : outcome
  },

  /** Interakt-Signature: `sha256=` and the HMAC of the body with the secret that was set for the webhook. */
  receipts: ({ headers, body }, { secrets: { webhookKey } }) => {
    if (!webhookKey) return null
    const expected = `sha256=${createHmac('sha256', webhookKey).update(body).digest('hex')}`
    if (!sameSecret(headers['interakt-signature'], expected)) return null
    const json = jsonOf(body.toString())
    const state = ({ message_api_delivered: 'delivered', message_api_read: 'delivered', message_api_failed: 'failed' } as const)[textAt(json, 'type') ?? '']
    if (!state) return []
    return [{
      key: textAt(json, 'data.message.meta_data.source_data.callback_data'), messageId: textAt(json, 'data.message.id'), state,
      words: textAt(json, 'data.message.channel_failure_reason') ?? textAt(json, 'data.message.message_status') ?? '',
    }]
  },
}
