import type { testPartner as contract, ResponseOf } from '@aliquot/contracts'
import { randomUUID } from 'node:crypto'
import { labProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { change, now, read } from '#platform/unit-of-work'
import { recipientOf, sendEvent } from './send-event.ts'
import { logExchange } from './settle.ts'

/** Sends a ping, whatever the state of the circuit; what was said is in the log. */
export async function testPartner(actor: Actor, partnerId: number): Promise<ResponseOf<typeof contract>> {
  const to = await read(actor, (db) => recipientOf(db, actor.labId, partnerId))
  const lab = await labProfile(actor.labId)
  const id = `ping_${randomUUID()}`
  const body = { id, action: 'ping', at: now(), message: 'A test', lab: { id: lab.id, code: lab.code, name: lab.name }, subject: null, data: null }
  const said = await sendEvent(to, { id, action: 'ping' }, JSON.stringify(body))
  const exchangeId = await change(actor, async (tx) => {
    tx.record('integrations.tested', { id: to.id, name: to.name }, { outcome: said.trouble ?? 'answered' })
    return logExchange(tx, to.id, null, said)
  })
  return { exchangeId, status: said.status, trouble: said.trouble, milliseconds: said.milliseconds }
}
