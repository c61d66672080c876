import type { MolecularPanel, PanelBody, PanelCutOff, ResponseOf, listMolecularPanels as listContract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { resultErrors } from '#modules/reports'
import { platformErrors, refuseIf, type FieldError } from '#platform/errors'
import type { Reader, Tx } from '#platform/unit-of-work'

const counted = (kind: string) => sql`(select count(*) from molecular.panel_item i where i.panel_id = p.id and i.kind = ${kind})`

/** The tests of the catalogue whose results are organisms and genes. */
export async function listPanels(db: Reader): Promise<ResponseOf<typeof listContract>> {
  const { rows } = await sql<ResponseOf<typeof listContract>['panels'][number]>`
    select jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) as test, p.version, p.kind, ${counted('organism')} as organisms,
      ${counted('gene')} as genes, ${counted('antibiotic')} as antibiotics
    from catalog.pub_test t left join molecular.panel p on p.test_id = t.id
    where t.format_type = 5 and t.status <> 'retired' order by t.name limit 1000`.execute(db as never)
  return { panels: rows }
}

type Row = Omit<MolecularPanel, 'load_unit'> & { load_unit: string; formatType: number }

const judgedBy = sql`case when i.cut_off is not null and i.role is null then jsonb_build_object('cut_off', i.cut_off, 'kind', i.cut_off_kind,
  'unit', coalesce(i.unit, ''), 'grey', coalesce(i.grey_low, i.grey_high)) end`
const items = (kind: string, json: ReturnType<typeof sql>) => sql`(select coalesce(jsonb_agg(${json} order by i.sequence), '[]') from molecular.panel_item i
  left join molecular.organism o on o.id = i.organism_id left join molecular.gene g on g.id = i.gene_id left join molecular.antibiotic a on a.id = i.antibiotic_id
  where i.panel_id = p.id and i.kind = ${kind})`

/** What a test examines; blank where nobody said yet. */
export async function getPanel(db: Reader, testId: number): Promise<MolecularPanel> {
  const { rows: [row] } = await sql<Row>`
    select jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) as test, t.format_type as "formatType", p.version, coalesce(p.kind, 'pcr') as kind,
      coalesce(p.method, '') as method, coalesce(p.limitations, '') as limitations, coalesce(p.load_unit, '') as load_unit, coalesce(p.bins, '[]') as bins,
      ${items('organism', sql`jsonb_build_object('id', i.organism_id, 'name', o.name, 'parts', i.parts, 'judged_by', ${judgedBy})`)} as organisms,
      ${items('gene', sql`jsonb_build_object('id', i.gene_id, 'name', g.name, 'organism_ids', i.organism_ids, 'judged_by', ${judgedBy})`)} as genes,
      ${items('antibiotic', sql`jsonb_build_object('id', i.antibiotic_id, 'name', a.name)`)} as antibiotics,
      ${items('control', sql`jsonb_build_object('name', i.name, 'role', i.role, 'cut_off', i.cut_off)`)} as controls
    from catalog.pub_test t left join molecular.panel p on p.test_id = t.id where t.id = ${testId}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'test' })
  const { formatType, ...panel } = row
  if (formatType !== 5) throw resultErrors.not_a_sections_report()
  return panel
}

/** Says what a test examines. Reports that have begun keep the panel that they began with. */
export async function savePanel(tx: Tx, testId: number, body: PanelBody): Promise<MolecularPanel> {
  const { version: _seen, ...found } = await getPanel(tx.reader, testId)
  refuseIf(await problemsOf(tx, body))
  const { kind, method, limitations, load_unit: unit, bins } = body
  const { rows: [panel] } = await sql<{ id: number }>`
    insert into molecular.panel as p (lab_id, test_id, kind, method, limitations, load_unit, bins, updated_at, updated_by)
    values (${tx.actor.labId}, ${testId}, ${kind}, ${method.trim()}, ${limitations.trim()}, ${unit.trim()}, ${JSON.stringify(bins)}::jsonb, ${tx.now},
      ${tx.actor.accountId}::bigint)
    on conflict (lab_id, test_id) do update set kind = excluded.kind, method = excluded.method, limitations = excluded.limitations,
      load_unit = excluded.load_unit, bins = excluded.bins, version = p.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
      where p.version = coalesce(${body.version ?? null}::integer, p.version)
    returning id`.execute(tx.db)
  if (!panel) throw platformErrors.stale_version({ thing: 'panel' })
  await sql`delete from molecular.panel_item where panel_id = ${panel.id}`.execute(tx.db)
  await sql`
    insert into molecular.panel_item (lab_id, panel_id, kind, sequence, organism_id, gene_id, antibiotic_id, name, role, cut_off, cut_off_kind, unit, grey_low,
      grey_high, parts, organism_ids)
    select ${tx.actor.labId}, ${panel.id}, kind, sequence, organism_id, gene_id, antibiotic_id, coalesce(name, ''), role, cut_off, cut_off_kind, unit, grey_low,
      grey_high, coalesce(parts, '{}'), coalesce(organism_ids, '{}')
    from jsonb_to_recordset(${JSON.stringify(itemRows(body))}) as i(kind text, sequence smallint, organism_id bigint, gene_id bigint, antibiotic_id bigint,
      name text, role text, cut_off double precision, cut_off_kind text, unit text, grey_low double precision, grey_high double precision, parts text[],
      organism_ids bigint[])`.execute(tx.db)
  tx.record('molecular.panel_saved', { id: testId, name: found.test.name }, { organisms: body.organisms.length, genes: body.genes.length })
  return getPanel(tx.reader, testId)
}

const itemRows = ({ organisms, genes, antibiotics, controls }: PanelBody): object[] => [
  ...organisms.map(({ id, parts, judged_by }) => ({ kind: 'organism', organism_id: id, parts, ...cutOffOf(judged_by) })),
  ...genes.map(({ id, organism_ids, judged_by }) => ({ kind: 'gene', gene_id: id, organism_ids, ...cutOffOf(judged_by) })),
  ...antibiotics.map((id) => ({ kind: 'antibiotic', antibiotic_id: id })),
  ...controls.map((control) => ({ kind: 'control', ...control, name: control.name.trim() })),
].map((item, sequence) => ({ ...item, sequence }))

const cutOffOf = (by: PanelCutOff | null | undefined): object => (by ? {
  cut_off: by.cut_off, cut_off_kind: by.kind, unit: by.unit.trim(), ...(by.kind === 'CT_MAX' ? { grey_high: by.grey } : { grey_low: by.grey }),
} : {})

/** What is not the lab's to use, named twice, or cannot be judged by. */
async function problemsOf(tx: Tx, { organisms, genes, antibiotics, controls, bins }: PanelBody): Promise<FieldError[]> {
  const { rows: [known] } = await sql<{ organisms: number[]; genes: number[]; antibiotics: number[] }>`
    select (select coalesce(jsonb_agg(id), '[]') from molecular.lab_organism where id = any (${organisms.map(({ id }) => id)}::bigint[])) as organisms,
      (select coalesce(jsonb_agg(id), '[]') from molecular.lab_gene where id = any (${genes.map(({ id }) => id)}::bigint[])) as genes,
      (select coalesce(jsonb_agg(id), '[]') from molecular.lab_antibiotic where id = any (${antibiotics}::bigint[])) as antibiotics`.execute(tx.db)
  const errors: FieldError[] = []
  const say = (path: string, code: string, message: string) => void errors.push({ path, code, message })
  const look = (list: readonly number[], mine: readonly number[] | undefined, path: (at: number) => string) => {
    for (const [at, id] of list.entries()) {
      if (!mine?.includes(id)) say(path(at), 'molecular.unknown_target', 'is not known to this lab')
      else if (list.indexOf(id) < at) say(path(at), 'molecular.named_twice', 'is on the panel already')
    }
  }
  look(organisms.map(({ id }) => id), known?.organisms, (at) => `/organisms/${at}/id`)
  look(genes.map(({ id }) => id), known?.genes, (at) => `/genes/${at}/id`)
  look(antibiotics, known?.antibiotics, (at) => `/antibiotics/${at}`)
  for (const [at, { name }] of controls.entries()) {
    if (controls.findIndex((each) => each.name.trim() === name.trim()) < at) say(`/controls/${at}/name`, 'molecular.named_twice', 'is the name of another control')
  }
  for (const [at, { from }] of bins.entries()) {
    if (at > 0 && from <= (bins[at - 1]?.from ?? 0)) say(`/bins/${at}/from`, 'molecular.bins_descend', 'is not above the one before')
  }
  for (const [list, path] of [[organisms, 'organisms'], [genes, 'genes']] as const) {
    for (const [at, { judged_by: by }] of list.entries()) {
      if (!by) continue
      if (by.kind === 'CT_MAX' && by.cut_off > 50) say(`/${path}/${at}/judged_by/cut_off`, 'molecular.ct_above_50', 'a Ct is at most 50')
      const wrong = by.grey !== null && (by.kind === 'CT_MAX' ? by.grey <= by.cut_off : by.grey >= by.cut_off)
      if (wrong) say(`/${path}/${at}/judged_by/grey`, 'molecular.grey_reversed', by.kind === 'CT_MAX' ? 'is above the cut-off' : 'is below the cut-off')
    }
  }
  return errors
}
