import { sql } from 'kysely'
import type { Tx } from '#platform/unit-of-work'
import { molecularErrors } from './errors.ts'
import { lockMasters } from './lock-masters.ts'
import { fieldsOf } from './master-fields.ts'
import { oneMaster, type Kind, type MasterOf } from './masters.ts'
import { standInForDefault } from './stand-in.ts'

/** What the lab linked to the default comes along: its own rows are turned to the copy, pairs that hold by default become its own word. */
const follows: Record<Kind, { owned: readonly string[]; pairs: readonly string[] }> = {
  gene: { owned: ['device_gene', 'panel_item'], pairs: ['resistance'] },
  antibiotic: { owned: ['organism_antibiotic', 'molecular_organism_antibiotic', 'panel_item'], pairs: ['resistance', 'intrinsic_resistance'] },
  organism: { owned: ['organism_antibiotic', 'molecular_organism_antibiotic', 'device_organism', 'panel_item'], pairs: ['intrinsic_resistance'] },
}
const pairs = {
  resistance: { table: 'molecular.antibiotic_resistance', columns: ['gene_id', 'antibiotic_id'] },
  intrinsic_resistance: { table: 'molecular.intrinsic_resistance', columns: ['organism_id', 'antibiotic_id'] },
} as const

/** Makes a system default the lab's own, to change as it likes; the default is off for the lab from now on. */
export async function copyMaster<K extends Kind>(tx: Tx, kind: K, id: number): Promise<MasterOf<K>> {
  await lockMasters(tx)
  const { name, is_default: isDefault } = await oneMaster(tx.reader, kind, id)
  if (!isDefault) throw molecularErrors.own_already()
  const table = sql.table(`molecular.${kind}`)
  const fields = sql.join(fieldsOf[kind].map((field) => sql.ref(field)))
  const { rows: [made] } = await sql<{ id: number }>`
    insert into ${table} (lab_id, created_at, updated_at, ${fields})
    select ${tx.actor.labId}, ${tx.now}, ${tx.now}, ${fields} from ${table} where id = ${id} returning id`.execute(tx.db)
  const copy = made?.id ?? 0
  const own = sql.ref(`${kind}_id`)
  for (const owned of follows[kind].owned) {
    await sql`
      update ${sql.table(`molecular.${owned}`)} set ${own} = ${copy} where lab_id = ${tx.actor.labId} and ${own} = ${id}`.execute(tx.db)
  }
  if (kind === 'organism') {
    await sql`
      update molecular.panel_item set organism_ids = array_replace(organism_ids, ${id}::bigint, ${copy}::bigint)
      where lab_id = ${tx.actor.labId} and ${id} = any (organism_ids)`.execute(tx.db)
  }
  for (const view of follows[kind].pairs as readonly (keyof typeof pairs)[]) {
    const other = sql.ref(pairs[view].columns.find((column) => column !== `${kind}_id`) ?? '')
    await sql`
      insert into ${sql.table(pairs[view].table)} (lab_id, ${own}, ${other}, created_at, updated_at)
      select ${tx.actor.labId}, ${copy}, ${other}, ${tx.now}, ${tx.now}
      from ${sql.table(`molecular.lab_${view}`)} where ${own} = ${id}`.execute(tx.db)
  }
  await standInForDefault(tx, kind, name)
  tx.record(`molecular.${kind}_created`, { id: copy, name }, { copyOf: id })
  tx.record(`molecular.${kind}_disabled`, { id, name }, { copiedAs: copy })
  return oneMaster(tx.reader, kind, copy)
}
