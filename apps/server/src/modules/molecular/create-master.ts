import type { BodyOf, createAntibiotic, createGene, createOrganism } from '@aliquot/contracts'
import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { lockMasters } from './lock-masters.ts'
import { links, refuseUnknown } from './mappings.ts'
import { cutOffErrors, fieldsOf, type CutOff } from './master-fields.ts'
import { oneMaster, type Kind, type MasterOf } from './masters.ts'
import { standInForDefault } from './stand-in.ts'

type Bodies = { gene: BodyOf<typeof createGene>; antibiotic: BodyOf<typeof createAntibiotic>; organism: BodyOf<typeof createOrganism> }

interface Given extends CutOff {
  name: string
  [field: string]: unknown
}

/** Adds a master with its mappings. One of a default's name stands for that default from now on. */
export async function createMaster<K extends Kind>(tx: Tx, kind: K, body: Bodies[K]): Promise<MasterOf<K>> {
  await lockMasters(tx)
  const given: Given = { ...body }
  if (kind === 'organism') given.species ||= given.name
  refuseIf(cutOffErrors(given))
  const lists = Object.entries(links[kind]).flatMap(([field, link]) => (given[field] ? [{ field, link, ids: given[field] as number[] }] : []))
  await refuseUnknown(tx, lists.map(({ field, link, ids }) => ({ path: `/${field}`, to: link.to, ids })))

  const fields = fieldsOf[kind].filter((field) => given[field] !== undefined)
  const { rows: [made] } = await sql<{ id: number }>`
    insert into ${sql.table(`molecular.${kind}`)} (lab_id, created_at, updated_at, ${sql.join(fields.map((field) => sql.ref(field)))})
    values (${tx.actor.labId}, ${tx.now}, ${tx.now}, ${sql.join(fields.map((field) => given[field]))}) returning id`.execute(tx.db)
  const id = made?.id ?? 0
  await standInForDefault(tx, kind, given.name)
  for (const { link, ids } of lists) if (ids.length > 0) await link.save(tx, id, ids)
  const master = await oneMaster(tx.reader, kind, id)
  tx.record(`molecular.${kind}_created`, { id, name: master.name }, body)
  return master
}
