import type { Driver } from './driver.ts'
import { jsonOf, listAt, post, sameSecret, textAt } from './http-outcome.ts'

/** WhatsApp by Pinnacle (Pinbot), whose API has the shape of Meta's Cloud API. */
export const pinnacle: Driver = {
  send: ({ key, to, body, whatsapp }, account) => {
    const { config: { phoneNumberId = '', baseUrl }, secrets } = account
    const content = whatsapp
      ? {
        type: 'template', template: {
          name: whatsapp.name, language: { code: whatsapp.language },
          components: whatsapp.parameters.length > 0 ? [{ type: 'body', parameters: whatsapp.parameters.map((text) => ({ type: 'text', text })) }] : [],
        },
      }
      : { type: 'text', text: { body, preview_url: false } }
    return post(account, {
      url: `${baseUrl || 'https://partnersv1.pinbot.ai'}/v3/${encodeURIComponent(phoneNumberId)}/messages`,
      headers: { apikey: secrets.apiKey ?? '', 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', to: to.slice(1), ...content }),
    }, (json) => textAt(json, 'messages.0.id'))
  },

  /** Statuses in Meta's shape; the address carries the token that was agreed. */
  receipts: ({ url, headers, body }, { secrets: { webhookKey } }) => {
    if (!sameSecret(headers['x-webhook-token'] ?? new URL(url).searchParams.get('token'), webhookKey)) return null
    const statuses = listAt(jsonOf(body.toString()), 'entry').flatMap((entry) => listAt(entry, 'changes')).flatMap((each) => listAt(each, 'value.statuses'))
    return statuses.flatMap((status) => {
      const state = ({ delivered: 'delivered', read: 'delivered', failed: 'failed' } as const)[textAt(status, 'status') ?? '']
      return state ? [{ key: null, messageId: textAt(status, 'id'), state, words: textAt(status, 'errors.0.title') ?? textAt(status, 'status') ?? '' }] : []
    })
  },
}
