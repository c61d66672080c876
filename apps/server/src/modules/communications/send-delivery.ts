import type { DeliveryReason } from '@aliquot/contracts'
import { sql } from 'kysely'
import { billFacts } from '#modules/billing'
import { labProfile } from '#modules/labs'
import { reportFacts } from '#modules/reports'
import type { Job } from '#platform/module'
import { change, type Tx } from '#platform/unit-of-work'
import { enqueueSend } from './add-messages.ts'
import { consentOf, withheld } from './consent.ts'
import { lockDelivery, type Claimed, type DueDelivery } from './due-delivery.ts'
import { due, needsSigned } from './events.ts'
import { quietOf } from './expand-event.ts'
import { handOver } from './hand-over.ts'
import { outsideQuietHours } from './quiet-hours.ts'
import { accountInUse } from './providers.ts'
import { reasonWords } from './reason-words.ts'
import { settle } from './settle-delivery.ts'
import { messageSettings } from './settings.ts'

/**
 * Sends one message: claims it, hands it to the provider with no transaction open, and records what became of it. Killed at any point, it runs again
 * with the same key: at least once, and once where the provider honours the key.
 */
export const sendDelivery: Job = async ({ deliveryId }, { actor }) => {
  const claimed = await change(actor, (tx) => claim(tx, Number(deliveryId)))
  if (!claimed) return
  const outcome = await handOver(actor.labId, claimed)
  await change(actor, (tx) => settle(tx, claimed, outcome))
}

async function claim(tx: Tx, id: number): Promise<Claimed | null> {
  const delivery = await lockDelivery(tx, id)
  // A job that came early, or late for a message that went out: there is another for what is left, or nothing to do.
  if (!delivery || !['pending', 'sending'].includes(delivery.state) || delivery.nextAt.getTime() > tx.now.getTime() + 1000) return null
  const { address } = delivery
  const reason = await whyNot(tx, delivery)
  if (reason || address === null) {
    await sql`update communications.delivery set state = 'skipped', reason = ${reason ?? 'no_address'} where id = ${id}`.execute(tx.db)
    tx.record('communications.skipped', delivery, { reason: reasonWords[reason ?? 'no_address'] })
    return null
  }
  if (delivery.state === 'pending' && delivery.tries === 0 && await putOff(tx, delivery)) return null
  const account = await accountInUse(tx.reader, tx.actor.labId, delivery.channel)
  const driver = account?.driver ?? 'mailbox'
  const { rows: [attempt] } = await sql<{ id: number }>`
    with claimed as (
      update communications.delivery set state = 'sending', reason = null, tries = tries + 1, provider_id = ${account?.id ?? null}::bigint, driver = ${driver}
      where id = ${id})
    insert into communications.attempt (lab_id, delivery_id, started_at, driver) values (${tx.actor.labId}, ${id}, ${tx.now}, ${driver}) returning id`
    .execute(tx.db)
  // A step, not an outcome: it is not filed under the patient, whose history tells what arrived.
  tx.record('communications.sending', { id, recipient: delivery.recipient }, { driver })
  return { delivery: { ...delivery, address, tries: delivery.tries + 1 }, attemptId: attempt?.id ?? 0, driver, account }
}

/** What speaks against sending it at all, asked anew before every try: the world may have changed since it was queued. */
async function whyNot(tx: Tx, { channel, recipientKind, patientId, event, reportIds, billId, address }: DueDelivery): Promise<DeliveryReason | null> {
  const settings = await messageSettings(tx.reader)
  const consent = recipientKind === 'patient' ? await consentOf(tx.reader, patientId) : null
  const because = withheld(channel, recipientKind, consent, settings)
  if (because) return because
  if (address === null) return 'no_address'
  if (reportIds.length > 0 && needsSigned(event)) {
    const reports = await reportFacts(tx.reader, { reportIds })
    if (reports.some(({ status }) => status !== 'signed')) return 'report_withdrawn'
  }
  if (event === 'bill_due' && billId !== null) {
    const bill = await billFacts(tx.reader, billId)
    if (!bill || due(bill) <= 0) return 'nothing_due'
  }
  return null
}

/** Waits for the end of quiet hours, and for a recipient who was sent enough within the hour. */
async function putOff(tx: Tx, delivery: DueDelivery): Promise<boolean> {
  if (delivery.breaksQuietHours) return false
  const [settings, lab] = [await messageSettings(tx.reader), await labProfile(tx.actor.labId)]
  const awake = outsideQuietHours(tx.now, quietOf(settings), lab.timezone)
  if (awake > tx.now) return postpone(tx, delivery, awake, 'quiet_hours')
  const { rows: [nth] } = await sql<{ at: Date }>`
    select sent_at as at from communications.delivery where lab_id = ${tx.actor.labId} and channel = ${delivery.channel} and address = ${delivery.address}
      and sent_at > ${tx.now}::timestamptz - interval '1 hour' order by sent_at desc offset ${settings.mostPerHour - 1} limit 1`.execute(tx.db)
  return nth ? postpone(tx, delivery, new Date(nth.at.getTime() + 3600_000), 'too_many') : false
}

async function postpone(tx: Tx, delivery: DueDelivery, until: Date, reason: DeliveryReason): Promise<true> {
  await sql`update communications.delivery set next_at = ${until}, reason = ${reason} where id = ${delivery.id}`.execute(tx.db)
  tx.record('communications.postponed', delivery, { reason: reasonWords[reason], until: until.toISOString() })
  enqueueSend(tx, delivery.id, delivery.channel, until)
  return true
}
