import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import type { Job } from '#platform/module'
import { change, read } from '#platform/unit-of-work'
import { holdDeliveries, type Held } from './hold-deliveries.ts'
import { recipientOf, sendEvent, type Recipient } from './send-event.ts'
import { planNext, settle } from './settle.ts'
import { subjectData } from './subject-data.ts'

/** Events keep their id whenever they are sent: `evt_` and the row of the activity log. */
export const eventId = (activityId: number): string => `evt_${activityId}`

/**
 * Sends what waits for a partner. An event is held, sent, and settled, each in a transaction of its own: a process that dies in between leaves it held, and
 * after a minute it is sent again with the same id.
 */
export const deliver: Job = async (payload, { actor }) => {
  const partnerId = Number(payload.partnerId)
  const to = await read(actor, (db) => recipientOf(db, actor.labId, partnerId))
  for (;;) {
    const held = await change(actor, (tx) => holdDeliveries(tx, partnerId))
    if (held.length === 0) break
    await Promise.all(held.map((event) => deliverOne(actor, to, event)))
  }
  await change(actor, (tx) => planNext(tx, to))
}

async function deliverOne(actor: Actor, to: Recipient, held: Held): Promise<void> {
  const id = eventId(held.activityId)
  const said = await sendEvent(to, { id, action: held.action }, await bodyOf(actor, held))
  await change(actor, (tx) => settle(tx, to, held, said))
}

/** The envelope around the record as it is when the event is sent. */
async function bodyOf(actor: Actor, { activityId, action, subjectType, subjectId, happenedAt, message }: Held): Promise<string> {
  const [lab, data] = await Promise.all([labProfile(actor.labId), read(actor, (db) => subjectData(db, actor, subjectType, subjectId))])
  return JSON.stringify({
    id: eventId(activityId), action, at: happenedAt, message, lab: { id: lab.id, code: lab.code, name: lab.name }, subject: { type: subjectType, id: subjectId }, data,
  })
}
