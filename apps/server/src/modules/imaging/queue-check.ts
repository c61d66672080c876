import type { Tx } from '#platform/unit-of-work'

/** One check at a time for each lab, and one waiting for each image. */
export const queueCheck = (tx: Tx, imageId: number): void =>
  tx.enqueue('imaging.check', { imageId }, { key: `imaging.check:${imageId}`, queue: `imaging:${tx.actor.labId}` })
