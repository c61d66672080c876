import { antibiogram, selectIsolates, type Cell, type Combination } from '@aliquot/antibiogram'
import type { Antibiogram, AntibiogramColumn, OrganismGroup, QueryOf, getAntibiogram as contract } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'
import { filtered, groupOf, methodOf } from './filter.ts'
import { loadIsolates } from './load-isolates.ts'

type Asked = QueryOf<typeof contract>

/**
 * The cumulative antibiogram, computed from the isolates each time: a stored summary would have to be kept for every method and filter, and a
 * million results take a fraction of a second.
 */
export async function getAntibiogram(db: Reader, labId: number, query: Asked): Promise<Antibiogram> {
  const { isolates, antibioticIds } = await loadIsolates(db, labId, query)
  const combinations = (query.combine ?? []).flatMap((key): Combination[] => {
    const drugs = key.split('+')
    return drugs.every((drug) => isolates.drugs.includes(drug)) ? [{ drugs, counts: query.allTested ? 'all-tested' : 'any' }] : []
  })
  const method = methodOf(query)
  const cells = antibiogram(isolates, { method, susceptible: query.susceptible ?? 'S', minimum: query.minimum ?? 30, combinations })
  const shown = await masters(db, labId, isolates.speciesNames, antibioticIds, query)
  const columns = [...shown.columns, ...combinations.map(({ drugs }) => together(drugs, shown.columns))]
  const counted = new Map(cells.map(({ organism, nTotal }) => [organism, nTotal]))
  const organisms = shown.organisms.map(({ name, group }) => ({ name, group, nTotal: counted.get(name) ?? 0 })).filter(({ nTotal }) => nTotal > 0)
  const place = { organism: placesOf(organisms.map(({ name }) => name)), column: placesOf(columns.map(({ key }) => key)) }
  return {
    organisms, columns,
    cells: cells.map((cell) => cellOf(cell, place)),
    intrinsic: shown.intrinsic.flatMap(({ species, key }) => {
      const [organism, column] = [place.organism.get(species), place.column.get(key)]
      return organism === undefined || column === undefined ? [] : [{ organism, column }]
    }),
    isolates: { found: isolates.count, counted: selectIsolates(isolates, method).reduce((sum, one) => sum + one, 0), surveillance: shown.surveillance },
    period: { from: shown.from, to: shown.to },
  }
}

const placesOf = (names: readonly string[]): Map<string, number> => new Map(names.map((name, n) => [name, n]))

const cellOf = (cell: Cell, place: Record<'organism' | 'column', Map<string, number>>): Antibiogram['cells'][number] => {
  const [, S = 0, I = 0, SDD = 0, R = 0, NS = 0] = cell.counts
  return {
    organism: place.organism.get(cell.organism) ?? 0, column: place.column.get(cell.antibiotic) ?? 0, nTested: cell.nTested, nSusceptible: cell.nSusceptible,
    counts: { S, I, SDD, R, NS }, tooFew: cell.tooFew, selective: cell.selective,
  }
}

function together(drugs: readonly string[], columns: readonly AntibiogramColumn[]): AntibiogramColumn {
  const parts = drugs.map((key) => columns.find((column) => column.key === key))
  const join = (name: 'code' | 'name') => parts.map((part) => part?.[name] ?? '?').join(' + ')
  return { key: drugs.join('+'), code: join('code'), name: join('name'), class: 'Combinations' }
}

interface Masters {
  organisms: { name: string; group: OrganismGroup }[]
  columns: AntibiogramColumn[]
  intrinsic: { species: string; key: string }[]
  surveillance: number
  from: string | null
  to: string | null
}

/** Names, groups and order of what was found, the pairs that never work, and what the filter left out. One statement. */
async function masters(db: Reader, labId: number, species: readonly string[], antibioticIds: readonly number[], query: Asked): Promise<Masters> {
  const { rows: [row] } = await sql<Masters>`
    with species as (select s.name, ${groupOf(sql`s.name`)} as "group" from unnest(${species}::text[]) as s (name)),
      antibiotic as (select id, name, whonet_code, code, class, sort from molecular.lab_antibiotic where id = any (${antibioticIds}::bigint[])),
      found as (select count(*) filter (where i.surveillance)::int as surveillance, min(i.collected_on)::text as "from", max(i.collected_on)::text as "to"
        from molecular.isolate i ${filtered(labId, query)})
    select
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'group', "group")
        order by array_position(array['Gram-negative', 'Gram-positive', 'Yeast', 'Other'], "group"), name), '[]') from species) as organisms,
      (select coalesce(jsonb_agg(jsonb_build_object('key', id::text, 'code', coalesce(nullif(whonet_code, ''), nullif(code, ''), name), 'name', name,
        'class', class) order by sort, name), '[]') from antibiotic) as columns,
      (select coalesce(jsonb_agg(distinct jsonb_build_object('species', o.species, 'key', r.antibiotic_id::text)), '[]')
        from molecular.lab_intrinsic_resistance r join molecular.lab_organism o on o.id = r.organism_id
        where o.species = any (${species}::text[]) and r.antibiotic_id = any (${antibioticIds}::bigint[])) as intrinsic,
      found.* from found`.execute(db as never)
  if (!row) throw new Error('no row')
  return row
}
