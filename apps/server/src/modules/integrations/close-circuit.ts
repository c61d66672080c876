import type { Partner } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { partnerOf } from './partner-row.ts'
import { sendSoon } from './send-soon.ts'

/** Ends the rest of a partner: what waits is due now. One more failure brings the rest back. */
export async function closeCircuit(tx: Tx, id: number): Promise<Partner> {
  const { rows: [partner] } = await sql<{ name: string }>`update integrations.partner set open_until = null where id = ${id} returning name`.execute(tx.db)
  if (!partner) throw platformErrors.not_found({ thing: 'partner' })
  await sql`update integrations.delivery set due_at = ${tx.now} where partner_id = ${id} and state = 'pending'`.execute(tx.db)
  tx.record('integrations.rest_ended', { id, name: partner.name })
  sendSoon(tx, id)
  return partnerOf(tx.reader, tx.actor.labId, id)
}
