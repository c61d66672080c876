import type { MessageTrigger, TriggerRecipient } from '@aliquot/contracts'

export interface TriggerValues extends Omit<MessageTrigger, 'id' | 'version' | 'templates' | 'recipients'> {
  kinds: TriggerRecipient['kind'][]
  fixed: { name: string; email: string; phone: string }
}

export const valuesOf = (row: MessageTrigger | null): TriggerValues => {
  const fixed = row?.recipients.find(({ kind }) => kind === 'fixed')
  return {
    name: row?.name ?? '', event: row?.event ?? 'report_signed', kinds: row?.recipients.map(({ kind }) => kind) ?? ['patient'],
    fixed: { name: fixed?.name ?? '', email: fixed?.email ?? '', phone: fixed?.phone ?? '' }, templateIds: row?.templateIds ?? [],
    attachReport: row?.attachReport ?? false, delayMinutes: row?.delayMinutes ?? 0, breaksQuietHours: row?.breaksQuietHours ?? false, disabled: row?.disabled ?? false,
  }
}

export const bodyOf = ({ kinds, fixed, ...rest }: TriggerValues) => ({
  ...rest,
  recipients: kinds.map((kind): TriggerRecipient => (kind === 'fixed'
    ? { kind, ...(fixed.name && { name: fixed.name }), ...(fixed.email && { email: fixed.email }), ...(fixed.phone && { phone: fixed.phone }) } : { kind })),
})
