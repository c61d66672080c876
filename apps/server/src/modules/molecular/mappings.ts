import { sql } from 'kysely'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import type { Kind } from './masters.ts'

/** The lists of a body that link a master to others, each by its name on the wire. */
interface Link {
  /** Kind of what it links to. */
  to: Kind
  save(tx: Tx, id: number, others: readonly number[]): Promise<void>
}

export const links: Record<Kind, Record<string, Link>> = {
  gene: { antibiotics: { to: 'antibiotic', save: (tx, id, others) => setPairs(tx, resistance, 'gene_id', id, others) } },
  antibiotic: {
    organisms: { to: 'organism', save: (tx, id, others) => setStandard(tx, 'antibiotic_id', id, others) },
    genes: { to: 'gene', save: (tx, id, others) => setPairs(tx, resistance, 'antibiotic_id', id, others) },
  },
  organism: {
    antibiotics: { to: 'antibiotic', save: (tx, id, others) => setStandard(tx, 'organism_id', id, others) },
    molecular_antibiotics: { to: 'antibiotic', save: setMolecular },
    intrinsic_antibiotics: { to: 'antibiotic', save: (tx, id, others) => setPairs(tx, intrinsic, 'organism_id', id, others) },
  },
}

/** Refuses every id that is no master of the lab's, at its place in the body: one id there, or a list. One statement per kind. */
export async function refuseUnknown(tx: Tx, named: readonly { path: string; to: Kind; ids: number | readonly number[] }[]): Promise<void> {
  const places = named.flatMap(({ path, to, ids }) => (typeof ids === 'number' ? [{ path, to, id: ids }]
    : ids.map((id, at) => ({ path: `${path}/${at}`, to, id }))))
  const known = new Map<Kind, Set<number>>()
  for (const kind of new Set(places.map(({ to }) => to))) {
    const wanted = places.flatMap(({ to, id }) => (to === kind ? [id] : []))
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(`molecular.${kind}`)} where id = any (${wanted}::bigint[])`.execute(tx.db)
    known.set(kind, new Set(rows.map(({ id }) => id)))
  }
  refuseIf(places.flatMap(({ path, to, id }) =>
    (known.get(to)?.has(id) ? [] : [{ path, message: `There is no such ${to}`, code: 'platform.not_found' }])))
}

interface Pairs {
  table: string
  columns: readonly [string, string]
}
const resistance: Pairs = { table: 'molecular.antibiotic_resistance', columns: ['gene_id', 'antibiotic_id'] }
const intrinsic: Pairs = { table: 'molecular.intrinsic_resistance', columns: ['organism_id', 'antibiotic_id'] }

/**
 * Makes exactly these pairs hold for the lab, in one statement. Where a default pair exists, the lab says only what differs from it; pairs
 * that stay are not touched.
 */
async function setPairs(tx: Tx, { table, columns }: Pairs, fixed: string, id: number, others: readonly number[]): Promise<void> {
  const [own, all] = [sql.ref(fixed), sql.table(table)]
  const other = sql.ref(columns.find((column) => column !== fixed) ?? '')
  const lab = tx.actor.labId
  await sql`
    with wanted as (select unnest(${[...others]}::bigint[]) as other),
      by_default as (select ${other} as other from ${all} where lab_id is null and confers and ${own} = ${id}),
      said as (select other, true as confers from wanted where other not in (select other from by_default)
        union all select other, false from by_default where other not in (select other from wanted)),
      unsaid as (delete from ${all} where lab_id = ${lab} and ${own} = ${id} and ${other} not in (select other from said))
    insert into ${all} as kept (lab_id, ${own}, ${other}, confers, created_at, updated_at)
    select ${lab}, ${id}, other, confers, ${tx.now}, ${tx.now} from said
    on conflict (lab_id, ${sql.join(columns.map((column) => sql.ref(column)))})
      do update set confers = excluded.confers, updated_at = excluded.updated_at where kept.confers <> excluded.confers`.execute(tx.db)
}

/** Makes exactly these the standard antibiogram, seen from either side. What was cleared by disabling stays for a restore. */
async function setStandard(tx: Tx, fixed: 'organism_id' | 'antibiotic_id', id: number, others: readonly number[]): Promise<void> {
  const [own, other] = [sql.ref(fixed), sql.ref(fixed === 'organism_id' ? 'antibiotic_id' : 'organism_id')]
  const ids = [...others]
  await sql`
    with gone as (delete from molecular.organism_antibiotic
      where lab_id = ${tx.actor.labId} and ${own} = ${id} and cleared_at is null and ${other} <> all (${ids}::bigint[]))
    insert into molecular.organism_antibiotic as kept (lab_id, ${own}, ${other}, created_at, updated_at)
    select ${tx.actor.labId}, ${id}, other, ${tx.now}, ${tx.now} from unnest(${ids}::bigint[]) as other
    on conflict (lab_id, organism_id, antibiotic_id)
      do update set cleared_at = null, updated_at = excluded.updated_at where kept.cleared_at is not null`.execute(tx.db)
}

/** Makes these the columns of the organism's molecular antibiogram, in this order. Rows are switched off, never deleted. */
async function setMolecular(tx: Tx, organismId: number, antibioticIds: readonly number[]): Promise<void> {
  const { labId, accountId } = tx.actor
  const ids = [...antibioticIds]
  await sql`
    with off as (update molecular.molecular_organism_antibiotic
      set is_active = false, cleared_at = null, updated_by = ${accountId}, updated_at = ${tx.now}
      where lab_id = ${labId} and organism_id = ${organismId} and is_active and antibiotic_id <> all (${ids}::bigint[]))
    insert into molecular.molecular_organism_antibiotic as kept
      (lab_id, organism_id, antibiotic_id, sequence, created_by, updated_by, created_at, updated_at)
    select ${labId}, ${organismId}, antibiotic_id, sequence, ${accountId}::bigint, ${accountId}::bigint, ${tx.now}, ${tx.now}
    from unnest(${ids}::bigint[]) with ordinality as wanted (antibiotic_id, sequence)
    on conflict (lab_id, organism_id, antibiotic_id) do update
      set is_active = true, cleared_at = null, sequence = excluded.sequence, updated_by = excluded.updated_by, updated_at = excluded.updated_at
      where not kept.is_active or kept.sequence <> excluded.sequence`.execute(tx.db)
}
