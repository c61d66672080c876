import type { BodyOf, ResponseOf, sendOrders as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { platformErrors } from '#platform/errors'
import { deviceErrors } from './errors.ts'
import { ordersFor } from './answer-for.ts'
import { setups } from './setup.ts'

/** Queues orders for an instrument; the process that talks with it sends them when it is connected. */
export async function sendOrders(tx: Tx, instrumentId: number, { specimenNumbers }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const setup = (await setups(tx.reader, [instrumentId])).get(instrumentId)
  if (!setup) throw platformErrors.not_found({ thing: 'instrument' })
  if (!setup.definition.query) throw deviceErrors.not_possible({ because: 'the profile of this instrument takes no orders' })
  const orders = await ordersFor(tx.reader, tx.actor.labId, setup, specimenNumbers)
  const wanted = orders.filter(({ codes }) => codes.length > 0).map(({ sampleId }) => sampleId)
  if (wanted.length > 0) {
    await sql`insert into devices.order_out (lab_id, instrument_id, specimen_numbers, state, created_at)
      values (${tx.actor.labId}, ${instrumentId}, ${wanted}::text[], 'queued', ${tx.now})`.execute(tx.db)
    tx.record('devices.orders_queued', { id: instrumentId, name: setup.name }, { count: wanted.length })
  }
  return { queued: wanted.length, unknown: specimenNumbers.filter((number) => !wanted.includes(number)) }
}
