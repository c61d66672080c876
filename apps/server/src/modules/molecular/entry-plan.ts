import type { EntryPlan, LoadBin, PanelControl, PlanAntibiotic, PlanTarget } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Reader } from '#platform/unit-of-work'

interface PanelItem {
  kind: 'organism' | 'gene' | 'antibiotic' | 'control'
  organismId: number | null
  geneId: number | null
  antibioticId: number | null
  name: string
  role: PanelControl['role'] | null
  cutOff: number | null
  cutOffKind: PlanTarget['cut_off_kind'] | null
  unit: string | null
  greyLow: number | null
  greyHigh: number | null
  parts: string[]
  organismIds: number[]
}

interface PanelRow {
  id: number
  version: number
  kind: EntryPlan['kind']
  method: string
  limitations: string
  loadUnit: string
  bins: LoadBin[]
  items: PanelItem[]
}

type Master = Omit<PlanTarget, 'key' | 'kind' | 'number' | 'parts' | 'on_panel' | 'organism_ids'>

interface Masters {
  organisms: Master[]
  genes: Master[]
  antibiotics: PlanAntibiotic[]
}

const panelOf = async (db: Reader, testId: number): Promise<PanelRow | undefined> => {
  const { rows } = await sql<PanelRow>`
    select p.id, p.version, p.kind, p.method, p.limitations, p.load_unit as "loadUnit", p.bins,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'organismId', i.organism_id, 'geneId', i.gene_id, 'antibioticId', i.antibiotic_id,
        'name', i.name, 'role', i.role, 'cutOff', i.cut_off, 'cutOffKind', i.cut_off_kind, 'unit', i.unit, 'greyLow', i.grey_low, 'greyHigh', i.grey_high,
        'parts', i.parts, 'organismIds', i.organism_ids) order by i.sequence), '[]') from molecular.panel_item i where i.panel_id = p.id) as items
    from molecular.panel p where p.test_id = ${testId}`.execute(db as never)
  return rows[0]
}

/** What judging takes of the masters that the lab has in use, in one statement; the antibiotics are all that any of them names, and `extra`. */
async function mastersOf(db: Reader, kind: EntryPlan['kind'], asked: { organisms: number[]; genes: number[]; antibiotics: number[] }): Promise<Masters> {
  const table = kind === 'pcr' ? sql`select m.organism_id, m.antibiotic_id, m.sequence as place from molecular.molecular_organism_antibiotic m where m.is_active`
    : sql`select m.organism_id, m.antibiotic_id, a.sort as place from molecular.organism_antibiotic m join molecular.antibiotic a on a.id = m.antibiotic_id
      where m.cleared_at is null`
  const cutOff = sql`m.id, m.name, m.code, m.cut_off, m.cut_off_kind, m.cut_off_unit as unit, m.grey_low, m.grey_high`
  const { rows: [found] } = await sql<Masters>`
    with used as materialized (select * from molecular.lab_antibiotic where not is_disabled),
    organism as (
      select ${cutOff},
        (select coalesce(jsonb_agg(t.antibiotic_id order by t.place, t.antibiotic_id), '[]') from (${table}) t join used u on u.id = t.antibiotic_id
          where t.organism_id = m.id) as antibiotic_ids,
        (select coalesce(jsonb_agg(r.antibiotic_id order by r.antibiotic_id), '[]') from molecular.lab_intrinsic_resistance r
          where r.organism_id = m.id) as intrinsic_ids
      from molecular.lab_organism m where m.id = any (${asked.organisms}::bigint[]) and not m.is_disabled
    ), gene as (
      select ${cutOff},
        (select coalesce(jsonb_agg(r.antibiotic_id order by r.antibiotic_id), '[]') from molecular.lab_resistance r join used u on u.id = r.antibiotic_id
          where r.gene_id = m.id) as antibiotic_ids, '[]'::jsonb as intrinsic_ids
      from molecular.lab_gene m where m.id = any (${asked.genes}::bigint[]) and not m.is_disabled
    ), named as (
      select id::bigint from (select jsonb_array_elements_text(antibiotic_ids) from organism union select jsonb_array_elements_text(antibiotic_ids) from gene) n(id)
      union select unnest(${asked.antibiotics}::bigint[])
    )
    select (select coalesce(jsonb_agg(organism), '[]') from organism) as organisms, (select coalesce(jsonb_agg(gene), '[]') from gene) as genes,
      (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'code', u.code, 'category', u.category, 'method', u.method, 'unit', u.unit,
        'dosage', u.dosage, 'device_name', u.device_name, 'description', u.description) order by u.sort, u.name), '[]')
        from used u join named on named.id = u.id) as antibiotics`.execute(db as never)
  if (!found) throw new Error('a select without from answered nothing')
  return found
}

/** The panel of a test as reports that begin now are judged by; null where it has none. What the lab disabled is left out. Two statements. */
export async function planOf(db: Reader, testId: number): Promise<EntryPlan | null> {
  const panel = await panelOf(db, testId)
  if (!panel) return null
  const ids = (pick: (item: PanelItem) => number | null): number[] => panel.items.flatMap((item) => pick(item) ?? [])
  const listed = ids(({ antibioticId }) => antibioticId)
  const masters = await mastersOf(db, panel.kind, { organisms: ids(({ organismId }) => organismId), genes: ids(({ geneId }) => geneId), antibiotics: listed })
  const known = new Set(masters.antibiotics.map(({ id }) => id))
  const organisms = new Map(masters.organisms.map((master) => [master.id, master]))
  const genes = new Map(masters.genes.map((master) => [master.id, master]))
  const targets = panel.items.flatMap((item): PlanTarget[] => {
    const kind = item.organismId === null ? 'gene' : 'organism'
    const master = item.organismId === null ? genes.get(item.geneId ?? 0) : organisms.get(item.organismId)
    // What a culture may grow is named when it has grown.
    if (!master || (panel.kind === 'culture' && kind === 'organism')) return []
    const own = item.cutOff === null ? {} : { cut_off: item.cutOff, cut_off_kind: item.cutOffKind ?? master.cut_off_kind, unit: item.unit ?? '',
      grey_low: item.greyLow, grey_high: item.greyHigh }
    return [{ ...master, ...own, key: `${kind === 'gene' ? 'g' : 'o'}${master.id}`, kind, number: 1, parts: item.parts, on_panel: true,
      organism_ids: item.organismIds, antibiotic_ids: columnsOf(kind, master, listed, known) }]
  })
  const { id, version, kind, method, limitations, loadUnit, bins, items } = panel
  return {
    panel_id: id, panel_version: version, kind, method, limitations, load_unit: loadUnit, bins, targets,
    controls: items.flatMap(({ role, name, cutOff }) => (role ? [{ name, role, cut_off: cutOff }] : [])),
    antibiotics: ordered(masters.antibiotics, listed),
  }
}

/** The antibiotics of an organism's own table, or else those of the panel. */
const columnsOf = (kind: PlanTarget['kind'], { antibiotic_ids }: Master, listed: number[], known: Set<number>): number[] =>
  (kind === 'gene' || antibiotic_ids.length > 0 ? antibiotic_ids : listed.filter((id) => known.has(id)))

/** The panel's antibiotics first, in its order, then the others. */
const ordered = (antibiotics: PlanAntibiotic[], listed: readonly number[]): PlanAntibiotic[] => {
  const place = ({ id }: PlanAntibiotic): number => (listed.includes(id) ? listed.indexOf(id) : listed.length)
  return antibiotics.toSorted((a, b) => place(a) - place(b))
}

/**
 * The plan with what a report names beyond it: isolates, further antibiotics. What the lab does not have or does not use stays out. One statement,
 * none where nothing is new.
 */
export async function extendPlan(db: Reader, plan: EntryPlan, isolates: readonly { id: number; number: number }[], antibioticIds: readonly number[]): Promise<EntryPlan> {
  const keys = new Set(plan.targets.map(({ key }) => key))
  const fresh = isolates.filter(({ id, number }) => !keys.has(isolateKey(id, number)))
  const known = new Set(plan.antibiotics.map(({ id }) => id))
  const beyond = antibioticIds.filter((id) => !known.has(id))
  if (fresh.length === 0 && beyond.length === 0) return plan
  const masters = await mastersOf(db, plan.kind, { organisms: fresh.map(({ id }) => id), genes: [], antibiotics: beyond })
  const antibiotics = [...plan.antibiotics, ...masters.antibiotics.filter(({ id }) => !known.has(id))]
  const listed = plan.antibiotics.map(({ id }) => id)
  const targets = fresh.flatMap(({ id, number }): PlanTarget[] => {
    const master = masters.organisms.find((each) => each.id === id)
    return master ? [{ ...master, key: isolateKey(id, number), kind: 'organism', number, parts: [], on_panel: false, organism_ids: [],
      antibiotic_ids: columnsOf('organism', master, listed, known) }] : []
  })
  return { ...plan, antibiotics, targets: [...plan.targets, ...targets] }
}

export const isolateKey = (organismId: number, number = 1): string => `o${organismId}${number > 1 ? `.${number}` : ''}`
