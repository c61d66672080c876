import type { Tx } from '#platform/unit-of-work'

/** Lists the bucket now; the listing that waits for its hour is the one that runs. */
export function lookForImages(tx: Tx): void {
  tx.record('imaging.look_asked', { id: tx.actor.labId })
  tx.enqueue('imaging.list', {}, { key: `imaging.list:${tx.actor.labId}` })
}
