import type { MissingEntity } from '@aliquot/contracts'
import { sql } from 'kysely'
import { createDoctor, createInsuranceGroup, createOrganisation } from '#modules/labs'
import type { FieldError } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import type { Wanted } from './check-configuration.ts'

/** A directory entry that was made at once, or has to be asked for in another system. */
export interface Placed {
  entity: MissingEntity
  name: string
  /** Null: it lives elsewhere. */
  id: number | null
}

interface Found {
  entity: MissingEntity
  name: string
  id: number | null
  /** Whether another system makes entries of this kind. */
  elsewhere: boolean
  codeTaken: boolean
}

const codeOf = (name: string): string => name.normalize('NFKD').toUpperCase().replace(/[^A-Z0-9]+/g, '').slice(0, 16) || 'PLACEHOLDER'

/**
 * Finds the directory entries that these placeholders name, and makes those that do not exist, each once. One statement, and those of every entry
 * that is made. Fills in `entityId`; answers what was made or must be asked for.
 */
export async function placeEntities(tx: Tx, wanted: Wanted[]): Promise<{ placed: Placed[]; errors: FieldError[] }> {
  const asked = wanted.filter(({ entity, entityId, disabled }) => entity !== null && entityId === null && !disabled)
  if (asked.length === 0) return { placed: [], errors: [] }
  const found = await findEntities(tx, asked)
  const errors: FieldError[] = []
  const placed: Placed[] = []
  for (const each of asked) {
    const entry = found.find(({ entity, name }) => entity === each.entity && name === each.value)
    if (!entry) continue
    each.entityId = entry.id
    if (entry.id !== null || errors.length > 0) continue
    const twin = placed.find(({ entity, name }) => entity === each.entity && name.toLowerCase() === each.value.toLowerCase())
    if (twin) each.entityId = twin.id
    else if (!entry.elsewhere && !tx.actor.permissions.has('labs.manage_directory')) {
      errors.push({ path: `/configs/${each.place}/fieldValue`, message: 'is not in the directory, and adding it needs labs.manage_directory',
        code: 'platform.forbidden' })
    } else {
      const id = entry.elsewhere ? null : await createEntity(tx, entry)
      placed.push({ entity: entry.entity, name: each.value, id })
      each.entityId = id
    }
  }
  return { placed, errors }
}

async function findEntities(tx: Tx, asked: Wanted[]): Promise<Found[]> {
  const names = asked.map(({ entity, value }) => ({ entity, name: value, code: codeOf(value) }))
  const { rows } = await sql<Found>`
    select a.entity, a.name, case a.entity
        when 'organisation' then (select o.id from labs.pub_organisation o where trim(platform.fold(o.name)) = trim(platform.fold(a.name))
          order by o.disabled, o.id limit 1)
        when 'doctor' then (select d.id from labs.pub_doctor d where trim(platform.fold(d.name)) = trim(platform.fold(a.name))
          order by d.disabled, d.id limit 1)
        when 'insurance_group' then (select g.id from labs.pub_insurance_group g where trim(platform.fold(g.name)) = trim(platform.fold(a.name))
          order by g.disabled, g.id limit 1) end as id,
      exists (select from missing_details.entity_target t where t.entity = a.entity and not t.disabled) as elsewhere,
      exists (select from labs.pub_organisation o where lower(o.code) = lower(a.code)) as "codeTaken"
    from jsonb_to_recordset(${JSON.stringify(names)}) as a(entity text, name text, code text)`.execute(tx.db)
  return rows
}

async function createEntity(tx: Tx, { entity, name, codeTaken }: Found): Promise<number> {
  if (entity === 'doctor') return (await createDoctor(tx, { name })).id
  if (entity === 'insurance_group') return (await createInsuranceGroup(tx, { name })).id
  const code = codeTaken ? `${codeOf(name)}-${tx.now.getTime().toString(36).toUpperCase()}` : codeOf(name)
  return (await createOrganisation(tx, { name, code, kind: 'other' })).id
}
