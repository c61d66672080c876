import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { lockMasters } from './lock-masters.ts'
import { oneMaster, type Kind, type MasterOf } from './masters.ts'
import { refuseBesideOwn } from './stand-in.ts'

/**
 * Offers a master no longer, for this lab. An antibiotic leaves the standard antibiograms, an organism loses its antibiograms; a gene keeps
 * its mapping. Nothing happens to what is disabled already.
 */
export async function disableMaster<K extends Kind>(tx: Tx, kind: K, id: number): Promise<MasterOf<K>> {
  await lockMasters(tx)
  const before = await oneMaster(tx.reader, kind, id)
  if (before.is_disabled) return before
  if (before.is_default) {
    await sql`insert into molecular.default_off (lab_id, kind, master_id, at) values (${tx.actor.labId}, ${kind}, ${id}, ${tx.now})`.execute(tx.db)
  } else await setDisabled(tx, kind, id, true)
  if (kind !== 'gene') await clear(tx, kind, id)
  tx.record(`molecular.${kind}_disabled`, { id, name: before.name })
  return oneMaster(tx.reader, kind, id)
}

/** Offers a master again. Mappings that disabling took away stay away until {@link restoreMappings}. */
export async function enableMaster<K extends Kind>(tx: Tx, kind: K, id: number): Promise<MasterOf<K>> {
  await lockMasters(tx)
  const before = await oneMaster(tx.reader, kind, id)
  if (!before.is_disabled) return before
  if (before.is_default) {
    await refuseBesideOwn(tx, kind, before.name)
    await sql`delete from molecular.default_off where lab_id = ${tx.actor.labId} and kind = ${kind} and master_id = ${id}`.execute(tx.db)
  } else await setDisabled(tx, kind, id, false)
  tx.record(`molecular.${kind}_enabled`, { id, name: before.name })
  return oneMaster(tx.reader, kind, id)
}

async function setDisabled(tx: Tx, kind: Kind, id: number, disabled: boolean): Promise<void> {
  await sql`
    update ${sql.table(`molecular.${kind}`)} set is_disabled = ${disabled}, version = version + 1, updated_at = ${tx.now}
    where id = ${id}`.execute(tx.db)
}

async function clear(tx: Tx, kind: 'antibiotic' | 'organism', id: number): Promise<void> {
  await sql`
    update molecular.organism_antibiotic set cleared_at = ${tx.now}, updated_at = ${tx.now}
    where lab_id = ${tx.actor.labId} and ${sql.ref(`${kind}_id`)} = ${id} and cleared_at is null`.execute(tx.db)
  if (kind === 'antibiotic') return
  await sql`
    update molecular.molecular_organism_antibiotic
    set is_active = false, cleared_at = ${tx.now}, updated_by = ${tx.actor.accountId}, updated_at = ${tx.now}
    where lab_id = ${tx.actor.labId} and organism_id = ${id} and is_active`.execute(tx.db)
}
