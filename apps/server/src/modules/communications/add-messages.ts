import type { MessageChannel, MessageEvent, MessageSettings } from '@aliquot/contracts'
import { sql } from 'kysely'
import { actorRef } from '#platform/auth'
import type { Tx } from '#platform/unit-of-work'
import type { Draft } from './compose.ts'
import type { MessageFacts } from './message-facts.ts'

interface Circumstances {
  facts: MessageFacts
  settings: MessageSettings
  event: MessageEvent | null
  triggerId: number | null
  attachReport: boolean
  breaksQuietHours: boolean
  at: Date
  nextAt: Date
}

/** The job of one channel, run when the message is due. A message has one waiting job at most. */
export function enqueueSend(tx: Tx, deliveryId: number, channel: MessageChannel, runAt: Date): void {
  tx.enqueue(`communications.send_${channel}`, { deliveryId }, { runAt, key: `communications:${deliveryId}` })
}

/** Stores messages and queues a job for each, in two statements; answers their ids. Its link, if it has one, opens what the message is about. */
export async function addMessages(tx: Tx, drafts: readonly Draft[], given: Circumstances): Promise<number[]> {
  if (drafts.length === 0) return []
  const { facts: { patient, reports, bill }, settings, event, triggerId, attachReport, breaksQuietHours, at, nextAt } = given
  const rows = drafts.map(({ templateId, channel, recipient, language, subject, body, whatsapp }) => ({
    template_id: templateId, channel, recipient_kind: recipient.kind, recipient_name: recipient.name, address: recipient.address, language, subject, body,
    whatsapp, attach_report: attachReport && channel === 'email' && reports.length > 0,
  }))
  const { rows: added } = await sql<{ id: number; channel: MessageChannel; recipient: string }>`
    with added as (
      insert into communications.delivery (lab_id, trigger_id, template_id, event, channel, state, recipient_kind, recipient_name, address, patient_id,
        accession_id, bill_id, report_ids, attach_report, breaks_quiet_hours, language, subject, body, whatsapp, at, next_at, by)
      select ${tx.actor.labId}, ${triggerId}::bigint, template_id, ${event}, channel, 'pending', recipient_kind, recipient_name, address, ${patient.id},
        ${reports[0]?.accessionId ?? null}::bigint, ${bill?.id ?? null}::bigint, ${reports.map(({ id }) => id)}::bigint[], attach_report,
        ${breaksQuietHours}, language, subject, body, whatsapp, ${at}, ${nextAt}, ${JSON.stringify(actorRef(tx.actor))}::jsonb
      from jsonb_to_recordset(${JSON.stringify(rows)}) as d(template_id bigint, channel text, recipient_kind text, recipient_name text, address text,
        language text, subject text, body text, whatsapp jsonb, attach_report boolean)
      returning id, channel, recipient_name, body, whatsapp
    ), linked as (
      insert into communications.report_link (delivery_id, lab_id, patient_id, expires_at, ask_birth_date)
      select id, ${tx.actor.labId}, ${patient.id}, ${nextAt}::timestamptz + ${settings.linkDays} * interval '1 day', ${settings.linkAsksBirthDate}
      from added where ${reports.length > 0} and (strpos(body, '{report.link}') > 0 or strpos(whatsapp::text, '{report.link}') > 0)
    )
    select id, channel, recipient_name as recipient from added order by id`.execute(tx.db)
  for (const { id, channel, recipient } of added) {
    tx.record('communications.queued', { id }, { channel: channelWords[channel], recipient, event: event?.replaceAll('_', ' ') ?? 'by hand' })
    enqueueSend(tx, id, channel, nextAt)
  }
  return added.map(({ id }) => id)
}

export const channelWords: Record<MessageChannel, string> = { sms: 'an SMS', whatsapp: 'a WhatsApp message', email: 'an e-mail' }
