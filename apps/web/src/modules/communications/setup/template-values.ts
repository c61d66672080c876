import type { MessageChannel, MessageScope, MessageTemplate, TemplateText } from '@aliquot/contracts'

export interface TemplateValues {
  name: string
  channel: MessageChannel
  scope: MessageScope
  texts: { language: string; subject: string; body: string; whatsapp: { name: string; language: string; parameters: string[] } }[]
  disabled: boolean
}
type TextValues = TemplateValues['texts'][number]

export const blank = (language: string): TextValues => ({ language, subject: '', body: '', whatsapp: { name: '', language: 'en', parameters: [] } })
export const valuesOf = (row: MessageTemplate | null): TemplateValues => ({
  name: row?.name ?? '', channel: row?.channel ?? 'sms', scope: row?.scope ?? 'report', disabled: row?.disabled ?? false,
  texts: row?.texts.map((text) => ({ ...blank(text.language), ...text, subject: text.subject ?? '', whatsapp: text.whatsapp ?? blank('en').whatsapp })) ?? [blank('en')],
})

/** As the server takes it: what the channel has no use for is left out. */
export const textOf = (channel: MessageChannel, { language, subject, body, whatsapp }: TextValues): TemplateText => ({
  language, body, ...(channel === 'email' ? { subject } : {}), ...(channel === 'whatsapp' && whatsapp.name ? { whatsapp } : {}),
})
