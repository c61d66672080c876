import type { MessageTrigger, TriggerRecipient } from '@aliquot/contracts'

export interface TriggerValues extends Omit<MessageTrigger, 'id' | 'version' | 'templates' | 'recipients'> {
  kinds: TriggerRecipient['kind'][]
  fixed: { name: string; email: string; phone: string }
}

const blank: TriggerValues = {
  name: '', event: 'report_signed', kinds: ['patient'], fixed: { name: '', email: '', phone: '' }, templateIds: [], attachReport: false, delayMinutes: 0,
  breaksQuietHours: false, disabled: false,
}

export function valuesOf(row: MessageTrigger | null): TriggerValues {
  if (!row) return blank
  const { id: _id, version: _version, templates: _templates, recipients, ...rest } = row
  const { name = '', email = '', phone = '' } = recipients.find(({ kind }) => kind === 'fixed') ?? {}
  return { ...rest, kinds: recipients.map(({ kind }) => kind), fixed: { name, email, phone } }
}

export const bodyOf = ({ kinds, fixed, ...rest }: TriggerValues) => ({
  ...rest,
  recipients: kinds.map((kind): TriggerRecipient => (kind === 'fixed'
    ? { kind, ...(fixed.name && { name: fixed.name }), ...(fixed.email && { email: fixed.email }), ...(fixed.phone && { phone: fixed.phone }) } : { kind })),
})
