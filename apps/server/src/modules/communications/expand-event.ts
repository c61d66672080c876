import type { MessageChannel, MessageEvent, MessageSettings, MessageTrigger } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile, type LabProfile } from '#modules/labs'
import { activitiesAfter, type Activity } from '#platform/activity'
import type { Job } from '#platform/module'
import { change, type Heard, type Tx } from '#platform/unit-of-work'
import { addMessages, enqueueSend } from './add-messages.ts'
import { compose, type Draft } from './compose.ts'
import { consentOf, type ConsentRow } from './consent.ts'
import { eventsOf, eventSpecs, subjectOf } from './events.ts'
import { messageFacts, type About, type MessageFacts } from './message-facts.ts'
import { outsideQuietHours } from './quiet-hours.ts'
import { messageSettings } from './settings.ts'
import { triggersOn, type TriggerTexts } from './triggers.ts'

interface Occasion {
  activity: Activity
  event: MessageEvent
  lab: LabProfile
  settings: MessageSettings
  facts: MessageFacts
  consent: ConsentRow | null
}

/** Something was recorded that triggers of this lab wait for: each recipient and channel becomes a message and a job, once however often this runs. */
export const expandEvent: Job = async (payload, { actor }) => {
  const { activityId, action, subjectId, subjectType } = payload as unknown as Heard
  const lab = await labProfile(actor.labId)
  await change(actor, async (tx) => {
    const events = eventsOf(action)
    const triggers = await triggersOn(tx.reader, events)
    if (triggers.length === 0) return
    const [activity] = await activitiesAfter(tx.reader, { type: subjectType, id: subjectId }, activityId - 1, [action])
    const facts = activity?.id === activityId ? await messageFacts(tx.reader, aboutOf(events[0], subjectId)) : null
    if (!activity || !facts) return
    const [settings, consent] = [await messageSettings(tx.reader), await consentOf(tx.reader, facts.patient.id)]
    for (const trigger of triggers) {
      const { event } = trigger
      if (!(eventSpecs[event].is ?? (() => true))({ report: facts.reports[0], bill: facts.bill ?? undefined })) continue
      await follow(tx, trigger, { activity, event, lab, settings, facts, consent })
    }
  })
}

export const aboutOf = (event: MessageEvent | undefined, id: number): About => {
  switch (event && subjectOf(event)) {
    case 'report': return { reportIds: [id] }
    case 'specimen': return { specimenId: id }
    case 'bill': return { billId: id }
    default: return { patientId: id }
  }
}

async function follow(tx: Tx, trigger: TriggerTexts, occasion: Occasion): Promise<void> {
  const { activity, event } = occasion
  const drafts = draftsOf(trigger, occasion)
  const keys = drafts.map(({ channel, recipient }) => `${activity.id}:${event}:${channel}:${recipient.address ?? recipient.kind}`)
  const { rows } = await sql<{ key: string }>`
    insert into communications.delivery_event (lab_id, key) select ${tx.actor.labId}, key from unnest(${keys}::text[]) key
    on conflict do nothing returning key`.execute(tx.db)
  const fresh = new Set(rows.map(({ key }) => key))
  const added: Draft[] = []
  for (const [index, draft] of drafts.entries()) {
    // Taken once: a second template of the channel says nothing new about the same event.
    if (fresh.delete(keys[index] ?? '') && !(await joined(tx, trigger, draft, occasion))) added.push(draft)
  }
  await addMessages(tx, added, {
    ...occasion, triggerId: trigger.id, attachReport: trigger.attachReport, breaksQuietHours: trigger.breaksQuietHours, at: activity.at,
    nextAt: sendTime(trigger, occasion, tx.now),
  })
}

const draftsOf = (trigger: TriggerTexts, { lab, settings, facts, consent, activity }: Omit<Occasion, 'event'>): Draft[] =>
  compose({ lab, settings, facts, consent, recipients: trigger.recipients, templates: trigger.texts, reason: reasonIn(activity.message) })

/** The log's sentence ends in the reason that somebody typed. */
const reasonIn = (message: string): string => message.slice(message.indexOf(': ') + 2)

/** When a message may go out at the earliest. */
export function sendTime(trigger: Pick<MessageTrigger, 'delayMinutes' | 'breaksQuietHours'>, { settings, lab }: Pick<Occasion, 'settings' | 'lab'>,
  now: Date): Date {
  const wanted = new Date(now.getTime() + trigger.delayMinutes * 60_000)
  return trigger.breaksQuietHours ? wanted : outsideQuietHours(wanted, quietOf(settings), lab.timezone)
}

export const quietOf = ({ quietFrom, quietTo }: MessageSettings) => (quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null)

/** Reports of one order that follow each other are one message, as long as it has not gone out: nobody gets five for a panel. */
async function joined(tx: Tx, trigger: TriggerTexts, draft: Draft, occasion: Occasion): Promise<boolean> {
  const [report] = occasion.facts.reports
  if (!report) return false
  await sql`select pg_advisory_xact_lock(hashtextextended('communications order', ${report.accessionId}))`.execute(tx.db)
  const { rows: [open] } = await sql<{ id: number; reportIds: number[]; patientId: number; channel: MessageChannel }>`
    select id, report_ids as "reportIds", patient_id as "patientId", channel from communications.delivery
    where lab_id = ${tx.actor.labId} and trigger_id = ${trigger.id} and accession_id = ${report.accessionId} and state = 'pending' and tries = 0
      and channel = ${draft.channel} and recipient_kind = ${draft.recipient.kind} and address is not distinct from ${draft.recipient.address}
    for update`.execute(tx.db)
  if (!open) return false
  const reportIds = [...new Set([...open.reportIds, ...occasion.facts.reports.map(({ id }) => id)])].sort((a, b) => a - b)
  const facts = await messageFacts(tx.reader, { reportIds })
  const again = facts && draftsOf({ ...trigger, texts: trigger.texts.filter(({ id }) => id === draft.templateId) }, { ...occasion, facts })
    .find(({ recipient }) => recipient.kind === draft.recipient.kind && recipient.address === draft.recipient.address)
  if (!again) return false
  const nextAt = sendTime(trigger, occasion, tx.now)
  await sql`
    update communications.delivery set report_ids = ${reportIds}::bigint[], subject = ${again.subject}, body = ${again.body},
      whatsapp = ${again.whatsapp && JSON.stringify(again.whatsapp)}::jsonb, next_at = ${nextAt} where id = ${open.id}`.execute(tx.db)
  tx.record('communications.joined', open, { recipient: draft.recipient.name, reports: reportIds.length })
  enqueueSend(tx, open.id, open.channel, nextAt)
  return true
}
