import type { DeliveryReason } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { enqueueSend } from './add-messages.ts'
import { mostTries, waitAfter } from './back-off.ts'
import type { Handed } from './hand-over.ts'
import { lockDelivery, type Claimed } from './due-delivery.ts'

/** Records what a try led to: sent, another try, or the end of them. A receipt that was faster stays. */
export async function settle(tx: Tx, { delivery: { id, tries }, attemptId }: Claimed, handed: Handed): Promise<void> {
  const delivery = await lockDelivery(tx, id)
  await sql`
    update communications.attempt set ended_at = ${tx.now}, outcome = ${handed.outcome}, answer = ${handed.answer} where id = ${attemptId}`.execute(tx.db)
  if (!delivery) return
  if (handed.outcome === 'accepted') {
    await sql`
      update communications.delivery set state = case when state = 'sending' then 'sent' else state end, reason = null,
        provider_message_id = ${handed.messageId}, sent_at = coalesce(sent_at, ${tx.now}) where id = ${id}`.execute(tx.db)
    tx.record('communications.sent', delivery)
    return
  }
  // Somebody sent it again in the meantime, or a receipt says more than this answer.
  if (delivery.state !== 'sending') return tx.record('communications.attempt_failed', delivery, { answer: handed.answer })
  const again = handed.outcome === 'no_answer' || handed.retry
  const reason: DeliveryReason = handed.outcome === 'no_answer' ? 'no_answer' : 'refused'
  if (again && tries < mostTries) {
    const nextAt = new Date(tx.now.getTime() + waitAfter(tries))
    await sql`update communications.delivery set state = 'pending', reason = ${reason}, next_at = ${nextAt} where id = ${id}`.execute(tx.db)
    tx.record('communications.attempt_failed', { id, recipient: delivery.recipient }, { answer: handed.answer })
    enqueueSend(tx, id, delivery.channel, nextAt)
    return
  }
  await sql`update communications.delivery set state = ${again ? 'dead' : 'failed'}, reason = ${reason} where id = ${id}`.execute(tx.db)
  tx.record('communications.given_up', delivery, { answer: handed.answer })
}
