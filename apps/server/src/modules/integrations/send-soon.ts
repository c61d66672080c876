import type { Tx } from '#platform/unit-of-work'

/** Queues the sending of what waits for a partner. One job of a partner runs at a time, so a slow one holds up nobody else. */
export function sendSoon(tx: Tx, partnerId: number, runAt?: Date): void {
  tx.enqueue('integrations.deliver', { partnerId }, {
    key: `integrations.deliver:${partnerId}${runAt ? ':later' : ''}`, queue: `integrations:${partnerId}`, ...(runAt && { runAt }),
  })
}
