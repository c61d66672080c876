import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

/** Ids of what the lab uses: organisms and genes by name, antibiotics by their WHONET code. The lab's own goes before a default of its name. */
export async function mastersNamed(db: Reader): Promise<{ organisms: Record<string, number>; genes: Record<string, number>; antibiotics: Record<string, number> }> {
  const { rows: [found] } = await sql<Awaited<ReturnType<typeof mastersNamed>>>`
    select (select jsonb_object_agg(name, id order by lab_id nulls first) from molecular.lab_organism where not is_disabled) as organisms,
      (select jsonb_object_agg(name, id order by lab_id nulls first) from molecular.lab_gene where not is_disabled) as genes,
      (select jsonb_object_agg(whonet_code, id order by lab_id nulls first) from molecular.lab_antibiotic where not is_disabled and whonet_code <> '')
        as antibiotics`.execute(db as never)
  return { organisms: found?.organisms ?? {}, genes: found?.genes ?? {}, antibiotics: found?.antibiotics ?? {} }
}
