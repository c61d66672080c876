import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { molecularErrors } from './errors.ts'
import { lockMasters } from './lock-masters.ts'
import { oneMaster, type MasterOf } from './masters.ts'

/** Puts back the mappings that disabling took away, but for those whose other end is disabled. */
export async function restoreMappings<K extends 'antibiotic' | 'organism'>(tx: Tx, kind: K, id: number): Promise<MasterOf<K>> {
  await lockMasters(tx)
  const before = await oneMaster(tx.reader, kind, id)
  if (before.is_disabled) throw molecularErrors.disabled()
  const standard = await sql`
    update molecular.organism_antibiotic p set cleared_at = null, updated_at = ${tx.now}
    from molecular.lab_organism o, molecular.lab_antibiotic a
    where p.lab_id = ${tx.actor.labId} and ${sql.ref(`p.${kind}_id`)} = ${id} and p.cleared_at is not null
      and o.id = p.organism_id and not o.is_disabled and a.id = p.antibiotic_id and not a.is_disabled`.execute(tx.db)
  const molecular = kind === 'antibiotic' ? { numAffectedRows: 0n } : await sql`
    update molecular.molecular_organism_antibiotic
    set is_active = true, cleared_at = null, updated_by = ${tx.actor.accountId}, updated_at = ${tx.now}
    where lab_id = ${tx.actor.labId} and organism_id = ${id} and cleared_at is not null`.execute(tx.db)
  const restored = Number(standard.numAffectedRows ?? 0n) + Number(molecular.numAffectedRows ?? 0n)
  if (restored === 0) return before
  tx.record(`molecular.${kind}_updated`, { id, name: before.name }, { fields: `restored ${restored} mappings` })
  return oneMaster(tx.reader, kind, id)
}
