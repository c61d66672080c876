import type { Antibiotic, Gene, Organism } from '@aliquot/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const common = sql`m.id, m.version, m.lab_id, m.is_default, m.is_disabled, ${iso('m.created_at')} as created_at, ${iso('m.updated_at')} as updated_at,
  m.name, m.code, m.description, m.cpt_code`
const cutOff = sql`m.cut_off, m.cut_off_kind, m.cut_off_unit, m.grey_low, m.grey_high`
const mapped = (other: string) => {
  const of = (column: string) => sql.ref(`${other}.${column}`)
  return sql`'id', ${of('id')}, 'name', ${of('name')}, 'code', ${of('code')}, 'is_disabled', ${of('is_disabled')}, 'category', `
}
const antibiotic = sql`${mapped('a')} a.category`
const organism = sql`${mapped('o')} o.category`
const gene = sql`${mapped('g')} g.gene_type`
const none = sql`'[]'::jsonb`
const where = (id: number | undefined): RawBuilder<unknown> => (id === undefined ? sql`` : sql`where m.id = ${id}`)

/** Genes as the lab of the transaction has them, by name; or the one with this id. One statement. */
export async function selectGenes(db: Reader, id?: number): Promise<Gene[]> {
  const { rows } = await sql<Gene>`
    select ${common}, ${cutOff}, m.gene_type, coalesce(r.list, ${none}) as antibiotics, coalesce(o.list, ${none}) as organisms,
      jsonb_build_object('instruments', coalesce(d.instruments, 0)) as used_by
    from molecular.lab_gene m
    left join (select r.gene_id, jsonb_agg(jsonb_build_object(${antibiotic}, 'is_default', r.is_default) order by a.sort, a.id) as list
      from molecular.lab_resistance r join molecular.lab_antibiotic a on a.id = r.antibiotic_id group by r.gene_id) r on r.gene_id = m.id
    left join (select gene_id, jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name, id) as list
      from (select distinct r.gene_id, o.id, o.name from molecular.lab_resistance r
        join molecular.molecular_organism_antibiotic t on t.antibiotic_id = r.antibiotic_id and t.is_active
        join molecular.lab_organism o on o.id = t.organism_id and not o.is_disabled) o group by gene_id) o on o.gene_id = m.id
    left join (select gene_id, count(distinct instrument_id) as instruments from molecular.device_gene group by gene_id) d on d.gene_id = m.id
    ${where(id)} order by m.name, m.id`.execute(db as never)
  return rows
}

/** Antibiotics in the order of an antibiogram, then by name; or the one with this id. One statement. */
export async function selectAntibiotics(db: Reader, id?: number): Promise<Antibiotic[]> {
  const { rows } = await sql<Antibiotic>`
    select ${common}, m.category, m.class, m.sort, m.whonet_code, m.method, m.unit, m.device_name, m.dosage, m.sample_type,
      coalesce(o.list, ${none}) as organisms, coalesce(r.list, ${none}) as genes,
      jsonb_build_object('genes', coalesce(r.genes, 0), 'organisms', coalesce(o.organisms, 0), 'molecular_organisms', coalesce(t.organisms, 0)) as used_by
    from molecular.lab_antibiotic m
    left join (select r.antibiotic_id, jsonb_agg(jsonb_build_object(${gene}, 'is_default', r.is_default) order by g.name, g.id) as list,
        count(*) filter (where not g.is_disabled) as genes
      from molecular.lab_resistance r join molecular.lab_gene g on g.id = r.gene_id group by r.antibiotic_id) r on r.antibiotic_id = m.id
    left join (select p.antibiotic_id, jsonb_agg(jsonb_build_object(${organism}) order by o.name, o.id) as list,
        count(*) filter (where not o.is_disabled) as organisms
      from molecular.organism_antibiotic p join molecular.lab_organism o on o.id = p.organism_id
      where p.cleared_at is null group by p.antibiotic_id) o on o.antibiotic_id = m.id
    left join (select t.antibiotic_id, count(*) filter (where not o.is_disabled) as organisms
      from molecular.molecular_organism_antibiotic t join molecular.lab_organism o on o.id = t.organism_id
      where t.is_active group by t.antibiotic_id) t on t.antibiotic_id = m.id
    ${where(id)} order by m.sort, m.name, m.id`.execute(db as never)
  return rows
}

/** Organisms by name, or the one with this id. One statement. */
export async function selectOrganisms(db: Reader, id?: number): Promise<Organism[]> {
  const { rows } = await sql<Organism>`
    select ${common}, ${cutOff}, m.category, m.gram, m.species, m.whonet_code, m.ncbi_taxid, m.sample_type,
      coalesce(p.list, ${none}) as antibiotics, coalesce(t.list, ${none}) as molecular_antibiotics, coalesce(i.list, ${none}) as intrinsic_antibiotics,
      coalesce(g.list, ${none}) as genes, jsonb_build_object('instruments', coalesce(d.instruments, 0)) as used_by
    from molecular.lab_organism m
    left join (select p.organism_id, jsonb_agg(jsonb_build_object(${antibiotic}) order by a.sort, a.id) as list
      from molecular.organism_antibiotic p join molecular.lab_antibiotic a on a.id = p.antibiotic_id
      where p.cleared_at is null group by p.organism_id) p on p.organism_id = m.id
    left join (select t.organism_id, jsonb_agg(jsonb_build_object('id', t.id, 'antibiotic_id', a.id, 'antibiotic', jsonb_build_object(${antibiotic}),
        'sequence', t.sequence, 'is_active', t.is_active, 'created_by', t.created_by, 'updated_by', t.updated_by,
        'created_at', extract(epoch from t.created_at)::bigint, 'updated_at', extract(epoch from t.updated_at)::bigint) order by t.sequence, t.id) as list
      from molecular.molecular_organism_antibiotic t join molecular.lab_antibiotic a on a.id = t.antibiotic_id
      where t.is_active group by t.organism_id) t on t.organism_id = m.id
    left join (select i.organism_id, jsonb_agg(jsonb_build_object(${antibiotic}, 'is_default', i.is_default) order by a.sort, a.id) as list
      from molecular.lab_intrinsic_resistance i join molecular.lab_antibiotic a on a.id = i.antibiotic_id group by i.organism_id) i on i.organism_id = m.id
    left join (select organism_id, jsonb_agg(jsonb_build_object('id', id, 'name', name) order by name, id) as list
      from (select distinct t.organism_id, g.id, g.name from molecular.molecular_organism_antibiotic t
        join molecular.lab_resistance r on r.antibiotic_id = t.antibiotic_id
        join molecular.lab_gene g on g.id = r.gene_id and not g.is_disabled where t.is_active) g group by organism_id) g on g.organism_id = m.id
    left join (select organism_id, count(distinct instrument_id) as instruments from molecular.device_organism group by organism_id) d
      on d.organism_id = m.id
    ${where(id)} order by m.name, m.id`.execute(db as never)
  return rows
}
