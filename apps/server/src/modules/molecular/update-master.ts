import type { BodyOf, updateAntibiotic, updateGene, updateOrganism } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { molecularErrors } from './errors.ts'
import { lockMasters } from './lock-masters.ts'
import { links, refuseUnknown } from './mappings.ts'
import { cutOffErrors, fieldsOf, type CutOff } from './master-fields.ts'
import { oneMaster, type Kind, type MasterOf } from './masters.ts'
import { standInForDefault } from './stand-in.ts'

type Bodies = { gene: BodyOf<typeof updateGene>; antibiotic: BodyOf<typeof updateAntibiotic>; organism: BodyOf<typeof updateOrganism> }

interface Given extends CutOff {
  version?: number
  name?: string
  [field: string]: unknown
}

/**
 * Changes what the body names. Of a system default only the mappings change, for this lab; fields that say what it says already do no harm,
 * since older clients send all of them. A body that changes nothing is answered with the master as it is.
 */
export async function updateMaster<K extends Kind>(tx: Tx, kind: K, id: number, body: Bodies[K]): Promise<MasterOf<K>> {
  const { version, ...given }: Given = body
  await lockMasters(tx)
  const before = await oneMaster(tx.reader, kind, id)
  if (version !== undefined && version !== before.version) throw platformErrors.stale_version({ thing: kind })
  const was: Given = before
  const fields = fieldsOf[kind].filter((field) => given[field] !== undefined && given[field] !== was[field])
  if (before.is_default && fields.length > 0) throw molecularErrors.system_default({}, { detail: { fields } })
  refuseIf(cutOffErrors({ ...was, ...given }))

  const lists = Object.entries(links[kind]).flatMap(([field, link]) => {
    const ids = given[field] as number[] | undefined
    return ids && !sameIds(idsOf(was[field]), ids, field === 'molecular_antibiotics') ? [{ field, link, ids, from: idsOf(was[field]) }] : []
  })
  await refuseUnknown(tx, lists.map(({ field, link, ids }) => ({ path: `/${field}`, to: link.to, ids })))
  if (fields.length === 0 && lists.length === 0) return before

  if (!before.is_default) {
    const sets = fields.map((field) => sql`${sql.ref(field)} = ${given[field]}`)
    await sql`
      update ${sql.table(`molecular.${kind}`)} set ${sql.join([...sets, sql`version = version + 1`, sql`updated_at = ${tx.now}`])}
      where id = ${id}`.execute(tx.db)
    if (given.name !== undefined && fields.includes('name')) await standInForDefault(tx, kind, given.name)
  }
  for (const { link, ids } of lists) await link.save(tx, id, ids)

  const after = await oneMaster(tx.reader, kind, id)
  const changes = [
    ...fields.map((field) => [field, { from: was[field], to: given[field] }] as const),
    ...lists.map(({ field, ids, from }) => [field, { from, to: ids }] as const),
  ]
  tx.record(`molecular.${kind}_updated`, { id, name: after.name },
    { fields: changes.map(([field]) => field.replaceAll('_', ' ')).join(', '), changes: Object.fromEntries(changes) })
  return after
}

const idsOf = (list: unknown): number[] => (list as { id: number; antibiotic_id?: number }[]).map((each) => each.antibiotic_id ?? each.id)

const sameIds = (some: readonly number[], others: readonly number[], inOrder: boolean): boolean => {
  const list = (ids: readonly number[]) => (inOrder ? ids : ids.toSorted((a, b) => a - b)).join()
  return list(some) === list(others)
}
