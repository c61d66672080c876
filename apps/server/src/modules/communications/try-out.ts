import { scopeOfEvent, type BodyOf, type MessageScope, type ResponseOf, type previewTemplate as previewContract, type testProvider as testContract,
  type tryTrigger as tryContract } from '@aliquot/contracts'
import { billFacts } from '#modules/billing'
import { labProfile } from '#modules/labs'
import { newestPatientId } from '#modules/patients'
import { newestReportId } from '#modules/reports'
import type { Actor } from '#platform/auth'
import { change, now, read, type Reader } from '#platform/unit-of-work'
import { addressOn } from './addresses.ts'
import { compose } from './compose.ts'
import { consentOf, withheld } from './consent.ts'
import { drivers } from './drivers/index.ts'
import { due, needsSigned } from './events.ts'
import { sendTime } from './expand-event.ts'
import { faultsOf, fill } from './fill-template.ts'
import { attachmentName, withoutSecrets } from './hand-over.ts'
import { tokenOf } from './link-token.ts'
import { linkPlace, messageFacts, valuesOf, type About, type MessageFacts } from './message-facts.ts'
import { accountById } from './providers.ts'
import { reasonWords } from './reason-words.ts'
import { messageSettings } from './settings.ts'
import { smsSize } from './sms-size.ts'
import { checkTrigger } from './triggers.ts'
import { templatesOf } from './templates.ts'
import { theConfig } from '#platform/config'

/** Of the length that a real link has; it opens nothing. */
const exampleLink = () => `${theConfig().publicUrl}/r/${tokenOf(1_000_000).replace(/-.*/, (signature) => `-${'x'.repeat(signature.length - 1)}`)}`

/** The newest record that a scope is about; null in a new lab. */
async function newest(db: Reader, scope: MessageScope, signed: boolean): Promise<About | null> {
  if (scope === 'bill') {
    const bill = await billFacts(db, null)
    return bill && { billId: bill.id }
  }
  const id = scope === 'patient' ? await newestPatientId(db) : ((signed ? await newestReportId(db, 'signed') : null) ?? await newestReportId(db, null))
  return id === null ? null : scope === 'patient' ? { patientId: id } : { reportIds: [id] }
}

const nameOf = ({ patient, reports, bill }: MessageFacts): string =>
  [reports.map(({ test, number }) => `${test} ${number}`).join(', ') || (bill && `bill ${bill.number}`), patient.fullName].filter(Boolean).join(' · ')

/** How a text reads with the lab's newest data, whatever is wrong with it. */
export async function previewTemplate(db: Reader, labId: number, { channel, scope, text }: BodyOf<typeof previewContract>): Promise<ResponseOf<typeof previewContract>> {
  const lab = await labProfile(labId)
  const about = await newest(db, scope, true)
  const facts = about && await messageFacts(db, about)
  const { linkDays } = await messageSettings(db)
  const reason = 'the specimen was clotted'
  const recipient = facts ? [facts.patient.title, facts.patient.fullName].filter(Boolean).join(' ') : ''
  const values = facts ? { ...valuesOf(lab, facts, { recipient, linkDays, reason }), 'report.link': exampleLink() } : {}
  return { rendered: fill(channel, text, values), faults: faultsOf(scope, text), example: facts && nameOf(facts) }
}

/** What a trigger would have sent, to whom and when. Changes nothing. */
export async function tryTrigger(db: Reader, labId: number, body: BodyOf<typeof tryContract>): Promise<ResponseOf<typeof tryContract>> {
  await checkTrigger(db, body)
  const lab = await labProfile(labId)
  const scope = scopeOfEvent[body.event]
  const named = (id: number): About => (scope === 'patient' ? { patientId: id } : scope === 'bill' ? { billId: id } : { reportIds: [id] })
  const about = body.subjectId ? named(body.subjectId) : await newest(db, scope, needsSigned(body.event))
  const facts = about && await messageFacts(db, about)
  if (!facts) return { about: null, messages: [] }
  const [settings, consent] = [await messageSettings(db), await consentOf(db, facts.patient.id)]
  const templates = await templatesOf(db, body.templateIds)
  const drafts = compose({ lab, settings, facts, consent, recipients: body.recipients, templates, reason: 'the specimen was clotted' })
  const sendsAt = sendTime(body, { settings, lab }, now()).toISOString()
  const unsigned = facts.reports.some(({ status }) => status !== 'signed') && needsSigned(body.event)
  return {
    about: nameOf(facts),
    messages: drafts.map(({ channel, recipient, subject, body: words }) => {
      const text = words.replaceAll(linkPlace, exampleLink)
      const reason = withheld(channel, recipient.kind, consent, settings) ?? (recipient.address === null ? 'no_address' : null)
        ?? (unsigned ? 'report_withdrawn' : null) ?? (body.event === 'bill_due' && facts.bill && due(facts.bill) <= 0 ? 'nothing_due' : null)
      return {
        channel, recipient, subject, body: text, segments: channel === 'sms' ? smsSize(text).segments : null, withheld: reason && reasonWords[reason], sendsAt,
        attachments: body.attachReport && channel === 'email' && facts.reports.length > 0 ? [attachmentName(facts.reports.map(({ number }) => number))] : [],
      }
    }),
  }
}

/** Sends a few words by an account, in use or not, and answers what the provider said. */
export async function testProvider(actor: Actor, id: number, { to }: BodyOf<typeof testContract>): Promise<ResponseOf<typeof testContract>> {
  const { account, settings } = await read(actor, async (db) => ({ account: await accountById(db, actor.labId, id), settings: await messageSettings(db) }))
  const lab = await labProfile(actor.labId)
  const address = addressOn(account.channel, { phone: to, email: /^[^\s@]+@[^\s@]+$/.test(to) ? to : null }, settings.countryCode)
  if (!address) return { ok: false, answer: account.channel === 'email' ? 'That is not an e-mail address.' : 'That is not a telephone number.' }
  const outcome = await drivers[account.driver].send({
    channel: account.channel, key: `test-${crypto.randomUUID()}`, to: address, subject: `Test message of ${lab.name}`,
    body: `This is a test message of ${lab.name}. Messages by "${account.name}" arrive.`, whatsapp: null, attachments: [],
  }, account).catch((error: Error) => ({ outcome: 'refused' as const, answer: error.message }))
  const answer = withoutSecrets(outcome.answer, account, address)
  await change(actor, async (tx) => tx.record('communications.provider_tested', { id, name: account.name }, { outcome: outcome.outcome, answer }))
  return { ok: outcome.outcome === 'accepted', answer }
}
