import type { MessageChannel, MessageSettings, MessageTemplate, RecipientKind, TriggerRecipient } from '@aliquot/contracts'
import type { LabProfile } from '#modules/labs'
import { addressOn } from './addresses.ts'
import type { ConsentRow } from './consent.ts'
import { fill, textIn } from './fill-template.ts'
import { valuesOf, type MessageFacts } from './message-facts.ts'

export interface Draft {
  templateId: number | null
  channel: MessageChannel
  recipient: { kind: RecipientKind; name: string; address: string | null }
  language: string
  subject: string | null
  /** `{report.link}` is still in it. */
  body: string
  whatsapp: { name: string; language: string; parameters: string[] } | null
}

export type UsedTemplate = Pick<MessageTemplate, 'channel' | 'texts'> & { id: number | null }

interface Asked {
  lab: LabProfile
  settings: MessageSettings
  facts: MessageFacts
  consent: ConsentRow | null
  recipients: readonly TriggerRecipient[]
  templates: readonly UsedTemplate[]
  reason?: string | undefined
}

/** A message for each recipient and template. Who is not named on the record gets none; who is but cannot be reached gets one without an address. */
export function compose({ lab, settings, facts, consent, recipients, templates, reason }: Asked): Draft[] {
  return recipients.flatMap((recipient) => {
    const person = personOf(recipient, facts)
    if (!person) return []
    return templates.map(({ id, channel, texts }): Draft => {
      const text = textIn(texts, recipient.kind === 'patient' ? (consent?.language ?? null) : null)
      const values = valuesOf(lab, facts, { recipient: person.name, linkDays: settings.linkDays, reason })
      const { subject, body, parameters } = fill(channel, text, values)
      return {
        templateId: id, channel, language: text.language, subject, body,
        recipient: { kind: recipient.kind, name: person.name, address: addressOn(channel, person, settings.countryCode) },
        whatsapp: channel === 'whatsapp' && text.whatsapp && parameters ? { name: text.whatsapp.name, language: text.whatsapp.language, parameters } : null,
      }
    })
  })
}

function personOf(recipient: TriggerRecipient, { patient, doctor, organisation }: MessageFacts) {
  switch (recipient.kind) {
    case 'patient': return { name: [patient.title, patient.fullName].filter(Boolean).join(' '), phone: patient.phone, email: patient.email }
    case 'doctor': return doctor
    case 'organisation': return organisation
    case 'fixed': return { name: recipient.name ?? recipient.email ?? recipient.phone ?? '', phone: recipient.phone, email: recipient.email }
  }
}
