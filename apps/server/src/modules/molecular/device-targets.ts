import type { BodyOf, DeviceGene, DeviceOrganism, mapDeviceGenes, mapDeviceOrganisms } from '@aliquot/contracts'
import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'
import { molecularErrors } from './errors.ts'
import { lockMasters } from './lock-masters.ts'
import { refuseUnknown } from './mappings.ts'

type Target = 'gene' | 'organism'
type MappingOf<T extends Target> = T extends 'gene' ? DeviceGene : DeviceOrganism
type Mappings = BodyOf<typeof mapDeviceGenes>['mappings'] | BodyOf<typeof mapDeviceOrganisms>['mappings']

const categoryOf = { gene: 'gene_type', organism: 'category' }
const otherOf = { gene: 'organism', organism: 'gene' } as const

/** What an instrument's codes mean, by code. */
export async function listTargets<T extends Target>(db: Reader, kind: T, deviceId: number): Promise<{ mappings: MappingOf<T>[] }> {
  const { rows } = await sql<MappingOf<T>>`
    select d.id, d.code, t.id as ${sql.ref(`${kind}_id`)}, to_char(d.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
      jsonb_build_object('id', t.id, 'name', t.name, 'code', t.code, 'category', ${sql.ref(`t.${categoryOf[kind]}`)}, 'is_disabled', t.is_disabled)
        as ${sql.ref(kind)}
    from ${sql.table(`molecular.device_${kind}`)} d join ${sql.table(`molecular.lab_${kind}`)} t on t.id = ${sql.ref(`d.${kind}_id`)}
    where d.instrument_id = ${deviceId} order by d.code, d.id`.execute(db as never)
  return { mappings: rows }
}

/** Says what codes of an instrument mean. A code that it knows gets the new meaning; one code is never a gene and an organism. */
export async function mapTargets<T extends Target>(tx: Tx, kind: T, deviceId: number, given: Mappings): Promise<{ mappings: MappingOf<T>[] }> {
  await lockMasters(tx)
  const mappings = given.map((mapping) => ({ code: mapping.code.trim(), id: 'gene_id' in mapping ? mapping.gene_id : mapping.organism_id }))
  const codes = mappings.map(({ code }) => code)
  refuseIf(codes.flatMap((code, at) => (codes.indexOf(code) === at ? []
    : [{ path: `/mappings/${at}/code`, message: 'is in the list twice', code: 'platform.unique_items' }])))
  await refuseUnknown(tx, mappings.map(({ id }, at) => ({ path: `/mappings/${at}/${kind}_id`, to: kind, ids: id })))
  await refuseOtherKind(tx, otherOf[kind], deviceId, codes)
  await sql`
    insert into ${sql.table(`molecular.device_${kind}`)} (lab_id, instrument_id, code, ${sql.ref(`${kind}_id`)}, created_at, created_by)
    select ${tx.actor.labId}, ${deviceId}, code, target, ${tx.now}, ${tx.actor.accountId}::bigint
    from unnest(${codes}::text[], ${mappings.map(({ id }) => id)}::bigint[]) as given (code, target)
    on conflict (lab_id, instrument_id, code) do update set ${sql.ref(`${kind}_id`)} = excluded.${sql.ref(`${kind}_id`)}`.execute(tx.db)
  tx.record('molecular.targets_mapped', { id: deviceId }, { kind, codes: codes.join(', '), mappings: given })
  return listTargets(tx.reader, kind, deviceId)
}

async function refuseOtherKind(tx: Tx, kind: Target, deviceId: number, codes: readonly string[]): Promise<void> {
  const { rows } = await sql<{ code: string }>`
    select code from ${sql.table(`molecular.device_${kind}`)} where instrument_id = ${deviceId} and code = any (${[...codes]}::text[])`.execute(tx.db)
  if (rows.length === 0) return
  const taken = new Set(rows.map(({ code }) => code))
  throw molecularErrors.code_taken({}, { errors: codes.flatMap((code, at) => (taken.has(code)
    ? [{ path: `/mappings/${at}/code`, message: `means ${kind === 'gene' ? 'a gene' : 'an organism'} already`, code: 'molecular.code_taken' }] : [])) })
}

/** Forgets mappings of an instrument by their ids; ids that it does not have are gone already. */
export async function unmapTargets<T extends Target>(tx: Tx, kind: T, deviceId: number, ids: readonly number[]): Promise<{ mappings: MappingOf<T>[] }> {
  await lockMasters(tx)
  const { rows } = await sql<{ code: string }>`
    delete from ${sql.table(`molecular.device_${kind}`)} where instrument_id = ${deviceId} and id = any (${[...ids]}::bigint[])
    returning code`.execute(tx.db)
  if (rows.length > 0) tx.record('molecular.targets_unmapped', { id: deviceId }, { kind, codes: rows.map(({ code }) => code).sort().join(', ') })
  return listTargets(tx.reader, kind, deviceId)
}
