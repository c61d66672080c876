import { placeholdersOf, type BodyOf, type MessageScope, type ResponseOf, type sendCommunication as contract } from '@aliquot/contracts'
import { labProfile } from '#modules/labs'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { addMessages } from './add-messages.ts'
import { compose, type UsedTemplate } from './compose.ts'
import { consentOf } from './consent.ts'
import { messageErrors } from './errors.ts'
import { faultsOf } from './fill-template.ts'
import { messageFacts, type About, type MessageFacts } from './message-facts.ts'
import { messageSettings } from './settings.ts'
import { templatesOf } from './templates.ts'

type Body = BodyOf<typeof contract>

/** Sends what somebody asked for, at once: quiet hours are for messages that nobody decided on. A patient's refusal holds here too. */
export async function sendByHand(tx: Tx, body: Body): Promise<ResponseOf<typeof contract>> {
  const { about, scope } = aboutOf(body)
  const lab = await labProfile(tx.actor.labId)
  const facts = await messageFacts(tx.reader, about)
  if (!facts) throw platformErrors.not_found({ thing: scope })
  refuseOthers(body, facts)
  const templates = await templatesFor(tx, body, scope)
  const settings = await messageSettings(tx.reader)
  const drafts = compose({
    lab, settings, facts, consent: await consentOf(tx.reader, facts.patient.id), templates, recipients: body.recipients.map((kind) => ({ kind })),
  })
  if (drafts.length === 0) throw messageErrors.nothing_to_send({ because: 'the record names none of these recipients' })
  const jobIds = await addMessages(tx, drafts, {
    facts, settings, event: null, triggerId: null, attachReport: body.attachReport ?? false, breaksQuietHours: true, at: tx.now, nextAt: tx.now,
  })
  return { jobIds }
}

function aboutOf({ reportIds, billId, patientId }: Body): { about: About; scope: MessageScope } {
  if ([reportIds, billId, patientId].filter((each) => each !== undefined).length !== 1) {
    throw messageErrors.nothing_to_send({ because: 'name reports, a bill or a patient, and only one of them' })
  }
  if (reportIds) return { about: { reportIds }, scope: 'report' }
  return billId === undefined ? { about: { patientId: patientId ?? 0 }, scope: 'patient' } : { about: { billId }, scope: 'bill' }
}

/** Reports of one patient, all of this lab and signed: what is not issued is sent to nobody. */
function refuseOthers({ reportIds = [] }: Body, { reports }: MessageFacts): void {
  if (reports.length < reportIds.length) throw platformErrors.not_found({ thing: 'report' })
  if (new Set(reports.map(({ patientId }) => patientId)).size > 1) throw messageErrors.nothing_to_send({ because: 'these reports are of several patients' })
  const open = reports.find(({ status }) => status !== 'signed')
  if (open) throw messageErrors.nothing_to_send({ because: `report ${open.number} is not signed` })
}

async function templatesFor(tx: Tx, { templateIds = [], own }: Body, scope: MessageScope): Promise<UsedTemplate[]> {
  const chosen = templateIds.length > 0 ? await templatesOf(tx.reader, templateIds) : []
  const known = placeholdersOf(scope)
  refuseIf(templateIds.flatMap((id, index) => {
    const template = chosen.find((each) => each.id === id)
    if (!template) return [{ path: `/templateIds/${index}`, message: 'names no template of this lab', code: 'platform.not_found' }]
    return placeholdersOf(template.scope).every((name) => known.includes(name)) ? [] : [{
      path: `/templateIds/${index}`, message: `"${template.name}" needs what this is not about`, code: 'communications.wrong_scope',
    }]
  }))
  const text = own && { language: 'en', body: own.body, ...(own.subject ? { subject: own.subject } : {}) }
  const faults = text ? faultsOf(scope, text) : []
  if (faults.length > 0) {
    throw messageErrors.template_wrong({}, { errors: faults.map(({ field, at, text: words, message }) =>
      ({ path: `/own/${field}`, message: `at character ${at + 1}: ${words} ${message}`, code: 'communications.unknown_placeholder' })) })
  }
  if (own && own.channels.includes('email') && !own.subject) refuseIf([{ path: '/own/subject', message: 'is needed for an e-mail', code: 'platform.required' }])
  const written = text && own ? own.channels.map((channel): UsedTemplate => ({ id: null, channel, texts: [text] })) : []
  const all = [...chosen, ...written]
  if (all.length === 0) throw messageErrors.nothing_to_send({ because: 'choose a template or write something' })
  return all
}
