import { createHash } from 'node:crypto'
import type { BodyOf, ResponseOf, saveDeviceResults as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import { change, read } from '#platform/unit-of-work'
import { processMessage } from './process-messages.ts'
import { deviceResults } from './results.ts'

/** What an integration hands over is stored like any message, then read at once. The same body again is the same message. */
export async function saveDeviceResults(actor: Actor, body: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const bytes = Buffer.from(JSON.stringify(body))
  const id = await change(actor, async (tx) => {
    const { rows: [known] } = await sql<{ id: number }>`select id from devices.instrument where id = ${body.device_id}`.execute(tx.db)
    if (!known) throw platformErrors.not_found({ thing: 'instrument' })
    const { rows: [stored] } = await sql<{ id: number }>`
      insert into devices.message (lab_id, port, peer, protocol, received_at, bytes, sha256, instrument_id, state)
      values (${tx.actor.labId}, 0, ${tx.actor.name}, 'json', ${tx.now}, ${bytes}, ${createHash('sha256').update(bytes).digest('hex')}, ${body.device_id}, 'stored')
      on conflict on constraint message_once do update set copies = devices.message.copies + 1 returning id`.execute(tx.db)
    tx.record('devices.received', { id: stored?.id ?? 0 }, { count: 1, peer: tx.actor.name })
    return stored?.id ?? 0
  })
  await processMessage(actor, id)
  return { messageId: id, results: (await read(actor, (db) => deviceResults(db, sql`r.message_id = ${id}`, 500))).reverse() }
}
