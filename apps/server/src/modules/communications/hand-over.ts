import { printReportPdf } from '#modules/reports'
import { systemActor } from '#platform/auth'
import { Problem } from '#platform/errors'
import { OutboundError } from '#platform/outbound'
import type { Account, Outcome, Outgoing } from './drivers/driver.ts'
import { drivers } from './drivers/index.ts'
import { linkUrl } from './link-token.ts'
import { linkPlace } from './message-facts.ts'
import type { Claimed } from './due-delivery.ts'

export type Handed = Outcome | { outcome: 'no_answer'; answer: string }

/** Prints what is attached and gives the message to its driver. Never throws: what went wrong is the answer. */
export async function handOver(labId: number, { delivery, driver, account }: Claimed): Promise<Handed> {
  const withLink = (text: string) => text.replaceAll(linkPlace, () => linkUrl(delivery.id))
  try {
    const attachments = delivery.attachReport ? [await attachment(labId, delivery.reportIds)] : []
    const { whatsapp } = delivery
    const message: Outgoing = {
      channel: delivery.channel, key: delivery.key, to: delivery.address, subject: delivery.subject, body: withLink(delivery.body), attachments,
      whatsapp: whatsapp && { ...whatsapp, parameters: whatsapp.parameters.map(withLink) },
    }
    const handed = await drivers[driver].send(message, account ?? noAccount)
    return { ...handed, answer: withoutSecrets(handed.answer, account, delivery.address) }
  } catch (error) {
    return { ...asOutcome(error), answer: withoutSecrets((error as Error).message, account, delivery.address) }
  }
}

const noAccount: Account = { id: 0, version: 0, config: {}, secrets: {}, callbackUrl: '', allowedHosts: [] }

function asOutcome(error: unknown): Handed {
  if (error instanceof OutboundError && !error.temporary) return { outcome: 'refused', retry: true, answer: '' }
  if (error instanceof Problem) return { outcome: 'refused', retry: error.status >= 500 || error.status === 409, answer: '' }
  return { outcome: 'no_answer', answer: '' }
}

/** The reports of a message as one PDF. Only signed ones: whoever prints for a message holds no other right. */
async function attachment(labId: number, reportIds: number[]): Promise<Outgoing['attachments'][number]> {
  const printer = { ...systemActor(labId, 'Messages'), permissions: new Set(['reports.print']) }
  const { bytes, printed } = await printReportPdf(printer, reportIds)
  return { fileName: attachmentName(printed.map(({ number }) => number)), contentType: 'application/pdf', bytes }
}

export const attachmentName = (numbers: readonly string[]): string => `report-${numbers.join('-')}.pdf`.slice(0, 120)

const most = 500

/** A provider's words as they may be kept: no credentials, no address, no control characters, not endless. */
export function withoutSecrets(words: string, account: Pick<Account, 'secrets'> | null, address: string): string {
  const hidden = [...Object.values(account?.secrets ?? {}), address, address.replace(/^\+/, '')].filter((text): text is string => Boolean(text) && String(text).length > 3)
  return hidden.reduce((text, secret) => text.replaceAll(secret, '•••'), words).replace(/\p{Cc}+/gu, ' ').trim().slice(0, most)
}
