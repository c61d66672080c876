import type { Antibiotic, Gene, Organism } from '@aliquot/contracts'
import type { Actor } from '#platform/auth'
import { change } from '#platform/unit-of-work'
import { createMaster } from './create-master.ts'

/** For tests of modules that send to panels. */
export { aPanel, aPanelBody, ct, load, mastersByName } from './testing/entry.ts'
export { mapTargets } from './device-targets.ts'

let made = 0

/** A gene of the lab's own; nothing is mapped unless named. */
export const aGene = (actor: Actor, more: Partial<Parameters<typeof createMaster<'gene'>>[2]> = {}): Promise<Gene> =>
  change(actor, (tx) => createMaster(tx, 'gene', { name: `gene ${++made}`, ...more }))

export const anAntibiotic = (actor: Actor, more: Partial<Parameters<typeof createMaster<'antibiotic'>>[2]> = {}): Promise<Antibiotic> =>
  change(actor, (tx) => createMaster(tx, 'antibiotic', { name: `antibiotic ${++made}`, ...more }))

export const anOrganism = (actor: Actor, more: Partial<Parameters<typeof createMaster<'organism'>>[2]> = {}): Promise<Organism> =>
  change(actor, (tx) => createMaster(tx, 'organism', { name: `organism ${++made}`, ...more }))
