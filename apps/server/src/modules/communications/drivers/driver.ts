import type { MessageChannel, ProviderConfig, ProviderSecrets } from '@aliquot/contracts'

/** One message, ready to go. */
export interface Outgoing {
  channel: MessageChannel
  /** The same for every try of one message: a provider that honours it sends the message once. */
  key: string
  /** An e-mail address, or a number as +919845055555. */
  to: string
  subject: string | null
  body: string
  /** The template that the provider approved; null: words of one's own. */
  whatsapp: { name: string; language: string; parameters: string[] } | null
  attachments: { fileName: string; contentType: string; bytes: Uint8Array }[]
}

/** An account as a driver is given it: credentials opened. */
export interface Account {
  id: number
  version: number
  config: ProviderConfig
  secrets: ProviderSecrets
  /** Where the provider may report what became of messages. */
  callbackUrl: string
  /** Hosts that may be reached although they are private. */
  allowedHosts: readonly string[]
}

export type Outcome =
  | { outcome: 'accepted'; messageId: string | null; answer: string }
  | { outcome: 'refused'; retry: boolean; answer: string }

/** What a provider posts, as it came. `url` is the whole address that it was posted to. */
export interface Callback {
  url: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  now: Date
}

/** What became of a message, named by our key or the provider's own number. */
export interface Receipt {
  key: string | null
  messageId: string | null
  state: 'delivered' | 'failed'
  words: string
}

/** One way to deliver. `send` throws only where no answer came, which is tried again. */
export interface Driver {
  send(message: Outgoing, account: Account): Promise<Outcome>
  /** The receipts in a callback; null when it is not proven to come from the provider. */
  receipts(callback: Callback, account: Account): Receipt[] | null
}
