import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aLab } from '../labs/testing.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { modules } from '../../modules.ts'
import { startListening, stopPublishing } from '#platform/realtime'
import { anActor, testDatabase, type TestDatabase } from '#platform/testing'
import { at, change, read } from '#platform/unit-of-work'
import { copyMaster } from './copy-master.ts'
import { forgetMasters, listMasters, mastersOf, oneMaster, type Kind } from './masters.ts'
import { restoreMappings } from './restore-mappings.ts'
import { disableMaster, enableMaster } from './switch-master.ts'
import { aGene, anAntibiotic, anOrganism } from './testing.ts'
import { updateMaster } from './update-master.ts'

let database: TestDatabase
let home: Actor
let away: Actor

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  home = anActor((await aLab()).labId)
  away = anActor((await aLab()).labId)
})

const one = <K extends Kind>(kind: K, id: number, actor = home) => read(actor, (db) => oneMaster(db, kind, id))
const update = <K extends Kind>(kind: K, id: number, body: Parameters<typeof updateMaster<K>>[3], actor = home) =>
  change(actor, (tx) => updateMaster(tx, kind, id, body))
const disable = (kind: Kind, id: number, actor = home) => change(actor, (tx) => disableMaster(tx, kind, id))
const enable = (kind: Kind, id: number, actor = home) => change(actor, (tx) => enableMaster(tx, kind, id))
const ids = (list: readonly { id: number }[]) => list.map(({ id }) => id)
const named = async (kind: Kind, name: string, actor = home) => {
  const { id } = (await mastersOf(actor.labId, kind)).find((master) => master.name === name && master.is_default) ?? { id: 0 }
  return id
}
const logged = (action: string, id: number) =>
  database.rows<{ category: number; message: string }>(
    'select category, message from platform.activity where action = $1 and subject_id = $2 order by id',
    [action, id])

describe('masters of a lab', () => {
  it('are created and changed with every field, and logged under the categories of the seed', async () => {
    const gene = await aGene(home, { name: 'qnrB19', code: 'QNR', gene_type: 'Quinolone',
    cut_off: 35, grey_high: 38, cpt_code: '87798', description: 'x' })
    expect(gene).toMatchObject({ lab_id: home.labId, is_default: false, is_disabled: false, version: 1, cut_off: 35,
    cut_off_kind: 'CT_MAX', grey_high: 38 })
    expect(await update('gene', gene.id, { version: 1, name: 'qnrB20', cut_off: null, grey_high: null }))
      .toMatchObject({ version: 2, name: 'qnrB20', cut_off: null })
    expect(await logged('molecular.gene_created', gene.id)).toEqual([{ category: 537, message: 'Added the gene qnrB19' }])
    expect(await logged('molecular.gene_updated', gene.id)).toEqual([{ category: 538, message: 'Changed the gene qnrB20: name, cut off, grey high' }])

    const drug = await anAntibiotic(home, { unit: 'mg/L', method: 'MIC', dosage: '1 g',
    device_name: 'XX', category: 'Other', sample_type: 'Urine', sort: 7 })
    expect(drug).toMatchObject({ unit: 'mg/L', method: 'MIC', dosage: '1 g', device_name: 'XX', category: 'Other', sample_type: 'Urine', sort: 7 })
    const bug = await anOrganism(home, { cut_off: 10_000, cut_off_kind: 'LOAD_MIN',
    cut_off_unit: 'copies/mL', grey_low: 1000, gram: 'Gram-negative' })
    expect(bug).toMatchObject({ species: bug.name, cut_off_kind: 'LOAD_MIN', grey_low: 1000, gram: 'Gram-negative' })
    for (const [kind, { id }, first] of [['antibiotic', drug, 432], ['organism', bug, 436], ['gene', gene, 537]] as const) {
      await update(kind, id, { description: 'changed' })
      await disable(kind, id)
      await enable(kind, id)
      const categories = await database.rows<{ category: number }>(
        'select distinct category from platform.activity where subject_type = $1 and subject_id = $2 order by 1', [kind, id])
      const [created, updated, enabled, disabled] = [first, first + 1, first + 2, first + 3]
      expect(categories.map(({ category }) => category)).toEqual([created, updated, enabled, disabled])
    }
  })

  it('are unique by name in a lab, blind to case; another lab and a default have theirs', async () => {
    const { name } = await aGene(home)
    await expect(aGene(home, { name: name.toUpperCase() })).rejects.toMatchObject({ code: 'platform.already_exists', errors: [{ path: '/name' }] })
    expect(await aGene(away, { name })).toMatchObject({ name })
    await expect(database.rows('insert into molecular.gene (lab_id, name) values (null, $1)', ['MECA'])).rejects.toThrow('gene_name')
  })

  it('do not exist for another lab, whatever it tries', async () => {
    const [gene, drug, bug] = [await aGene(home), await anAntibiotic(home), await anOrganism(home)]
    for (const [kind, { id }] of [['gene', gene], ['antibiotic', drug], ['organism', bug]] as const) {
      const rename = () => update(kind, id, { name: 'mine' }, away)
      for (const attempt of [() => one(kind, id, away), rename, () => disable(kind, id, away), () => enable(kind, id, away)]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'platform.not_found' })
      }
    }
    await expect(aGene(away, { antibiotics: [drug.id] })).rejects.toMatchObject({ errors: [{ path: '/antibiotics/0', code: 'platform.not_found' }] })
    await expect(anOrganism(away, { antibiotics: [drug.id], molecular_antibiotics: [drug.id] })).rejects
      .toMatchObject({ errors: [{ path: '/antibiotics/0' }, { path: '/molecular_antibiotics/0' }] })
    await expect(anAntibiotic(away, { organisms: [bug.id], genes: [gene.id] })).rejects
      .toMatchObject({ errors: [{ path: '/organisms/0' }, { path: '/genes/0' }] })
  })

  it('refuse a version that somebody else changed, and a cut-off that makes no sense', async () => {
    const { id } = await aGene(home)
    await expect(update('gene', id, { version: 9, name: 'late' })).rejects.toMatchObject({ code: 'platform.stale_version' })
    const wrong = async (body: object): Promise<string[]> =>
      update('gene', id, body).then(() => [], (problem: { errors: { path: string }[] }) => problem.errors.map(({ path }) => path))
    expect(await wrong({ cut_off: 60 })).toEqual(['/cut_off'])
    expect(await wrong({ cut_off: 35, grey_high: 35 })).toEqual(['/grey_high'])
    expect(await wrong({ grey_high: 35 })).toEqual(['/grey_high'])
    expect(await wrong({ cut_off: 35, grey_low: 3 })).toEqual(['/grey_low'])
    expect(await wrong({ cut_off_kind: 'LOAD_MIN', cut_off: 1e6, grey_low: 1e6 })).toEqual(['/grey_low'])
    expect(await update('gene', id, { cut_off_kind: 'LOAD_MIN', cut_off: 1e6, grey_low: 1e5 })).toMatchObject({ cut_off: 1e6 })
  })

  it('say nothing in the log where nothing changes', async () => {
    const drug = await anAntibiotic(home)
    const gene = await aGene(home, { antibiotics: [drug.id] })
    expect(await update('gene', gene.id, { name: gene.name, antibiotics: [drug.id] })).toEqual(gene)
    await enable('gene', gene.id)
    expect(await logged('molecular.gene_updated', gene.id)).toEqual([])
    expect(await logged('molecular.gene_enabled', gene.id)).toEqual([])
  })
})

describe('system defaults', () => {
  it('are shown to every lab and changed by none, but for their mappings', async () => {
    const id = await named('gene', 'blaKPC')
    const before = await one('gene', id)
    expect(before).toMatchObject({ lab_id: null, is_default: true })
    await expect(update('gene', id, { cut_off: 30 })).rejects.toMatchObject({ code: 'molecular.system_default', detail: { fields: ['cut_off'] } })
    await expect(change(home, async (tx) => {
      tx.record('molecular.gene_updated', { id, name: 'x' })
      await tx.db.updateTable('molecular.gene').set({ name: 'stolen' }).where('id', '=', id).executeTakeFirstOrThrow()
    }).then(() => one('gene', id))).resolves.toMatchObject({ name: 'blaKPC' })
    // Older clients send every field back.
    const drugs = ids(before.antibiotics)
    const without = await update('gene', id, { name: before.name, code: before.code, antibiotics: drugs.slice(1) })
    expect(ids(without.antibiotics)).toEqual(drugs.slice(1))
    expect(ids((await one('gene', id, away)).antibiotics)).toEqual(drugs)
    const own = await anAntibiotic(home)
    const other = await update('gene', id, { antibiotics: [...drugs, own.id] })
    expect(new Set(ids(other.antibiotics))).toEqual(new Set([...drugs, own.id]))
    expect(other.antibiotics.filter(({ is_default }) => !is_default).map((each) => each.id)).toEqual([own.id])
    // The lab says only what differs.
    expect(await database.rows(`select antibiotic_id, confers from molecular.antibiotic_resistance
      where lab_id = $1 and gene_id = $2`, [home.labId, id]))
      .toEqual([{ antibiotic_id: own.id, confers: true }])
  })

  it('are disabled for one lab alone', async () => {
    const id = await named('organism', 'Hafnia alvei')
    expect(await disable('organism', id)).toMatchObject({ is_disabled: true, is_default: true })
    expect(await one('organism', id, away)).toMatchObject({ is_disabled: false })
    expect(await enable('organism', id)).toMatchObject({ is_disabled: false })
  })

  it('give way to a row of their name, and come back only after it', async () => {
    const id = await named('antibiotic', 'Netilmicin')
    const own = await anAntibiotic(home, { name: 'NETILMICIN' })
    expect(await one('antibiotic', id)).toMatchObject({ is_disabled: true })
    await expect(enable('antibiotic', id)).rejects.toMatchObject({ code: 'platform.already_exists' })
    await disable('antibiotic', own.id)
    expect(await enable('antibiotic', id)).toMatchObject({ is_disabled: false })
  })

  it('are copied with all that holds for the lab', async () => {
    const id = await named('antibiotic', 'Meropenem')
    const bug = await anOrganism(home, { antibiotics: [id], molecular_antibiotics: [id], intrinsic_antibiotics: [id] })
    const before = await one('antibiotic', id)
    const copy = await change(home, (tx) => copyMaster(tx, 'antibiotic', id))
    expect(copy).toMatchObject({ name: 'Meropenem', code: before.code, lab_id: home.labId, version: 1 })
    expect(ids(copy.genes)).toEqual(ids(before.genes))
    expect(await one('antibiotic', id)).toMatchObject({ is_disabled: true, organisms: [] })
    expect(await one('antibiotic', id, away)).toMatchObject({ is_disabled: false })
    const after = await one('organism', bug.id)
    expect([ids(after.antibiotics), after.molecular_antibiotics.map((each) => each.antibiotic_id)]).toEqual([[copy.id], [copy.id]])
    await expect(change(home, (tx) => copyMaster(tx, 'antibiotic', copy.id))).rejects.toMatchObject({ code: 'molecular.own_already' })
    for (const kind of ['gene', 'organism'] as const) {
      const source = await one(kind, await named(kind, kind === 'gene' ? 'vanA' : 'Morganella morganii'))
      const made = await change(home, (tx) => copyMaster(tx, kind, source.id))
      const field = kind === 'gene' ? 'antibiotics' : 'intrinsic_antibiotics'
      const list = (master: object) => ids((master as Record<string, { id: number }[]>)[field] ?? [])
      expect(list(made).length).toBeGreaterThan(1)
      expect(list(made)).toEqual(list(source))
    }
  })
})

describe('mappings', () => {
  it('are replaced as a difference: what stays keeps its time, and both sides show the same', async () => {
    const [{ id: a }, { id: b }, { id: c }] = [await anAntibiotic(home), await anAntibiotic(home), await anAntibiotic(home)]
    const gene = await at(new Date('2026-01-01'), () => aGene(home, { antibiotics: [a, b] }))
    const bug = await at(new Date('2026-01-01'), () => anOrganism(home, { antibiotics: [a, b], molecular_antibiotics: [b, a] }))
    await at(new Date('2026-02-01'), async () => {
      await update('gene', gene.id, { antibiotics: [b, c] })
      await update('organism', bug.id, { antibiotics: [b, c], molecular_antibiotics: [c, b] })
    })
    const times = (table: string, column: string, id: number) => database.rows(`
      select antibiotic_id as id, to_char(created_at at time zone 'utc', 'MM') as month from molecular.${table} where ${column} = $1
      order by 1`, [id])
    const kept = [{ id: b, month: '01' }, { id: c, month: '02' }]
    expect(await times('antibiotic_resistance', 'gene_id', gene.id)).toEqual(kept)
    expect(await times('organism_antibiotic', 'organism_id', bug.id)).toEqual(kept)
    expect(await times('molecular_organism_antibiotic', 'organism_id', bug.id)).toEqual([{ id: a, month: '01' }, ...kept])
    const columns = await database.rows(
      'select antibiotic_id as id, is_active, sequence from molecular.molecular_organism_antibiotic where organism_id = $1 order by 1', [bug.id])
    expect(columns).toEqual([{ id: a, is_active: false, sequence: 2 }, { id: b, is_active: true, sequence: 2 },
      { id: c, is_active: true, sequence: 1 }])
    expect((await one('organism', bug.id)).molecular_antibiotics.map(({ antibiotic_id: id, sequence }) => [id, sequence])).toEqual([[c, 1], [b, 2]])

    const seen = await one('antibiotic', c)
    expect([ids(seen.organisms), ids(seen.genes)]).toEqual([[bug.id], [gene.id]])
    expect(seen.used_by).toEqual({ genes: 1, organisms: 1, molecular_organisms: 1 })
    expect((await one('gene', gene.id)).organisms).toEqual([{ id: bug.id, name: bug.name }])
    expect((await one('organism', bug.id)).genes).toEqual([{ id: gene.id, name: gene.name }])
    await update('antibiotic', c, { organisms: [], genes: [] })
    expect(ids((await one('gene', gene.id)).antibiotics)).toEqual([b])
    expect(ids((await one('organism', bug.id)).antibiotics)).toEqual([b])
  })

  it('of an antibiotic or organism that is disabled are cleared, stay so when it is enabled, and can be restored', async () => {
    const drug = await anAntibiotic(home)
    const gene = await aGene(home, { antibiotics: [drug.id] })
    const bug = await anOrganism(home, { antibiotics: [drug.id], molecular_antibiotics: [drug.id] })
    expect(await disable('gene', gene.id)).toMatchObject({ antibiotics: [{ id: drug.id }] })
    await disable('antibiotic', drug.id)
    expect(await one('organism', bug.id)).toMatchObject({ antibiotics: [], molecular_antibiotics: [{ antibiotic_id: drug.id }] })
    await expect(change(home, (tx) => restoreMappings(tx, 'antibiotic', drug.id))).rejects.toMatchObject({ code: 'molecular.disabled' })
    expect(await enable('antibiotic', drug.id)).toMatchObject({ organisms: [], cleared_mappings: 1 })
    expect(await change(home, (tx) => restoreMappings(tx, 'antibiotic', drug.id))).toMatchObject({ organisms: [{ id: bug.id }], cleared_mappings: 0 })
    expect(await disable('organism', bug.id)).toMatchObject({ antibiotics: [], molecular_antibiotics: [] })
    expect(await enable('organism', bug.id)).toMatchObject({ antibiotics: [], molecular_antibiotics: [], cleared_mappings: 2 })
    expect(await change(home, (tx) => restoreMappings(tx, 'organism', bug.id)))
      .toMatchObject({ antibiotics: [{ id: drug.id }], molecular_antibiotics: [{ antibiotic_id: drug.id }] })
  })

  it('of a default gene are what was last said, from whichever side; the other lab sees the default', async () => {
    const gene = await named('gene', 'tet(A)')
    const untouched = await one('gene', gene, away)
    const others = ids(await mastersOf(home.labId, 'antibiotic')).filter((id) => !ids(untouched.antibiotics).includes(id))
    const drugs = [...ids(untouched.antibiotics), ...others.slice(0, 3)]
    const said = new Set(ids((await one('gene', gene)).antibiotics))
    const fromGene = fc.record({ drugs: fc.subarray(drugs) })
    const fromDrug = fc.record({ drug: fc.constantFrom(...drugs), fails: fc.boolean() })
    await fc.assert(fc.asyncProperty(fc.oneof(fromGene, fromDrug), async (step) => {
      if ('drugs' in step) {
        said.clear()
        for (const id of step.drugs) said.add(id)
        await update('gene', gene, { antibiotics: step.drugs })
      } else {
        const genes = new Set(ids((await one('antibiotic', step.drug)).genes))
        for (const [set, id] of [[genes, gene], [said, step.drug]] as const) {
          if (step.fails) set.add(id)
          else set.delete(id)
        }
        await update('antibiotic', step.drug, { genes: [...genes] })
      }
      expect(new Set(ids((await one('gene', gene)).antibiotics))).toEqual(said)
    }), { numRuns: 25, endOnFailure: true })
    expect(await one('gene', gene, away)).toEqual(untouched)
  })

  it('cost the same number of statements for one and for forty', async () => {
    const drugs = ids(await mastersOf(home.labId, 'antibiotic'))
    const cost = async (antibiotics: number[]) => {
      const bug = await anOrganism(home)
      const body = { antibiotics, molecular_antibiotics: antibiotics, intrinsic_antibiotics: antibiotics }
      return (await countStatements(() => update('organism', bug.id, body))).statements
    }
    expect(await cost(drugs.slice(0, 1))).toBe(await cost(drugs.slice(0, 40)))
  })
})

describe('lists', () => {
  it('come from the cache until the lab changes any kind, here or in another process', async () => {
    await stopPublishing()
    const stop = await startListening(database.url)
    try {
      const drug = await anAntibiotic(home, { name: 'cached drug' })
      const bug = await anOrganism(home, { molecular_antibiotics: [drug.id] })
      const gene = await aGene(home, { antibiotics: [drug.id] })
      const cachedGene = async () => (await mastersOf(home.labId, 'gene')).find(({ id }) => id === gene.id)
      const cachedBug = async () => (await mastersOf(home.labId, 'organism')).find(({ id }) => id === bug.id)
      await expect.poll(cachedGene).toMatchObject({ organisms: [{ id: bug.id, name: bug.name }] })
      await expect.poll(cachedBug).toMatchObject({ genes: [{ id: gene.id }] })
      // Hints of what was made above may still come; then nothing is asked of the database.
      await expect.poll(async () => (await countStatements(async () => [await cachedGene(), await cachedBug()])).statements).toBe(0)
      // No forgetting by hand here: as another process would, this one hears of it by the hint.
      await update('organism', bug.id, { name: 'renamed bug' })
      await expect.poll(async () => (await cachedGene())?.organisms[0]?.name).toBe('renamed bug')
      await disable('gene', gene.id)
      await expect.poll(async () => (await cachedBug())?.genes).toEqual([])
    } finally {
      await stopPublishing()
      await stop()
    }
  })

  it('show what is in use or what is disabled, found by any word, page by page', async () => {
    const lab = anActor((await aLab()).labId)
    const gone = await named('gene', 'catA1', lab)
    await disable('gene', gone, lab)
    await aGene(lab, { name: 'Ågren 7', code: 'AG7', gene_type: 'Beta-lactam' })
    await forgetMasters(lab.labId)
    const list = async (query: Parameters<typeof listMasters>[2]) => (await listMasters(lab.labId, 'gene', query)).items.map(({ name }) => name)
    expect(await list({ is_disabled: 1 })).toEqual(['catA1'])
    const all = await list({})
    expect(all).toHaveLength(49)
    expect(all).not.toContain('catA1')
    expect(await list({ q: 'agren LACTAM' })).toEqual(['Ågren 7'])
    expect(await list({ q: 'colistin' })).toEqual(['mcr-1'])
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listMasters<'gene'>>> = await listMasters(lab.labId, 'gene', { limit: 20, ...(cursor ? { cursor } : {}) })
      paged.push(...page.items.map(({ name }) => name))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(all)
    await expect(listMasters(lab.labId, 'gene', { cursor: 'bm8' })).rejects.toMatchObject({ code: 'platform.bad_cursor' })
  })
})
