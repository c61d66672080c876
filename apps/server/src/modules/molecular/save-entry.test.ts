import type { DrugsBody, MolecularEntry } from '@aliquot/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { printReportPdf } from '../reports/index.ts'
import { aBench, rejectSpecimens, signReport } from '../reports/testing.ts'
import { readPdf } from '../../platform/typeset/testing/read-pdf.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { isolatesOfReport } from './isolates-of-report.ts'
import { copyMaster } from './copy-master.ts'
import { getEntry } from './get-entry.ts'
import { getPanel, savePanel } from './panels.ts'
import { checkSummary, repairSummary } from './repair-summary.ts'
import { defaultDrugs, organismAntibioticResults, rerunTargets, updateDrugs } from './save-entry.ts'
import { aPanel, aPanelBody, aPanelReport, ct, load, mastersByName } from './testing/entry.ts'

let database: TestDatabase
let admin: Actor
let stranger: Actor
let id: Record<string, number>
let pcr: number
let culture: number

const of = (name: string): number => id[name] ?? expect.fail(`no default is called ${name}`)

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  stranger = (await aBench()).admin
  id = await mastersByName(database)
  pcr = await aPanel(admin, aPanelBody({
    organisms: [{ id: of('Escherichia coli'), judged_by: ct() }, { id: of('Klebsiella pneumoniae'), judged_by: load() },
      { id: of('Staphylococcus aureus'), judged_by: ct(), parts: ['nuc', 'spa'] }],
    genes: [{ id: of('blaKPC'), judged_by: ct() }, { id: of('mecA'), judged_by: ct(), organism_ids: [of('Staphylococcus aureus')] }],
    antibiotics: [of('MEM'), of('AMX'), of('OXA')],
    controls: [{ name: 'Internal control', role: 'internal', cut_off: 35 }, { name: 'No template', role: 'negative', cut_off: null }],
  }))
  culture = await aPanel(admin, aPanelBody({ kind: 'culture', controls: [], bins: [], load_unit: 'CFU/mL', antibiotics: [of('AMX'), of('CIP'), of('MEM')] }))
})

const good = [{ name: 'Internal control', result: '27.5' }, { name: 'No template', result: 'No Ct' }]
const update = (reportId: number, body: DrugsBody, actor = admin) => change(actor, (tx) => updateDrugs(tx, reportId, body))
const code = (promise: Promise<unknown>) => promise.then(() => 'done', (error: { code?: string }) => error.code)
const paths = (promise: Promise<unknown>) => promise.then(() => [], ({ errors }: { errors?: { path: string; code: string }[] }) => errors?.map((each) => `${each.path} ${each.code}`))
const result = ({ results }: MolecularEntry, target: string) => results.find((each) => each.target === target)
const o = (name: string) => `o${of(name)}`
const g = (name: string) => `g${of(name)}`

describe('a panel of targets', () => {
  it('calls by cut-off, part by part, waits for the control, and is complete when everything is decided', async () => {
    const { id: report, version } = await aPanelReport(admin, pcr)
    const first = await update(report, { version, organisms: [{ id: of('Escherichia coli'), result: 37 }, { id: of('Klebsiella pneumoniae'), viral_load: '>1E8' }], genes: [{ id: of('blaKPC'), result: 'No Ct' }] })
    expect(first.status).toBe('in_progress')
    expect(result(first, o('Escherichia coli'))).toMatchObject({ auto: 'DETECTED', because: 'at_cut_off', result: 'DETECTED' })
    expect(result(first, o('Klebsiella pneumoniae'))).toMatchObject({ result: 'DETECTED', bin: '≥ 10^5', readings: ['>1E8'] })
    expect(result(first, g('blaKPC'))).toMatchObject({ auto: null, because: 'control_awaited' })
    expect(await paths(update(report, { complete: true }))).toEqual([
      '/controls/Internal control molecular.undecided', '/controls/No template molecular.undecided', `/targets/${o('Staphylococcus aureus')} molecular.undecided`,
      `/targets/${g('blaKPC')} molecular.undecided`, `/targets/${g('mecA')} molecular.undecided`,
    ])
    const second = await update(report, { controls: good, organisms: [{ id: of('Staphylococcus aureus'), readings: ['30', '44'] }] })
    expect(result(second, g('blaKPC'))).toMatchObject({ result: 'NOT_DETECTED' })
    expect(result(second, o('Staphylococcus aureus'))).toMatchObject({ result: 'INDETERMINATE', because: 'some_targets' })
    await change(admin, (tx) => defaultDrugs(tx, report, second.version))
    const done = await update(report, { complete: true })
    expect(done.status).toBe('completed')
    expect(result(done, g('mecA'))).toMatchObject({ readings: ['Undetermined'], result: 'NOT_DETECTED' })
  })

  it('takes back what a failed control does not prove', async () => {
    const { id: report } = await aPanelReport(admin, pcr)
    const failed = await update(report, { controls: [{ name: 'Internal control', result: '39' }, { name: 'No template', result: 'valid' }], organisms: [{ id: of('Escherichia coli'), result: '22' }, { id: of('Klebsiella pneumoniae'), viral_load: 0 }] })
    expect(failed.controls[0]).toMatchObject({ state: 'failed' })
    expect(result(failed, o('Escherichia coli'))?.result).toBe('DETECTED')
    expect(result(failed, o('Klebsiella pneumoniae'))?.result).toBe('INVALID')
    const dirty = await update(report, { controls: [{ name: 'Internal control', result: '30' }, { name: 'No template', result: '33' }] })
    expect(result(dirty, o('Escherichia coli'))).toMatchObject({ result: 'INVALID', because: 'contaminated' })
    expect(result(dirty, o('Klebsiella pneumoniae'))?.result).toBe('NOT_DETECTED')
  })

  it('keeps the automatic result, the person and the reason of an override, until the reading changes', async () => {
    const { id: report } = await aPanelReport(admin, pcr)
    const organism = { id: of('Escherichia coli') }
    expect(await paths(update(report, { controls: good, organisms: [{ ...organism, result: '39', override: 'NOT_DETECTED' }] }))).toEqual(['/organisms/0/reason molecular.reason_missing'])
    const said = await update(report, { controls: good, organisms: [{ ...organism, result: '39', override: 'NOT_DETECTED', reason: 'late rise' }] })
    expect(result(said, o('Escherichia coli'))).toMatchObject({ auto: 'INDETERMINATE', picked: 'NOT_DETECTED', picked_by: admin.name, picked_reason: 'late rise', result: 'NOT_DETECTED' })
    expect(await database.rows(`select detail->>'targets' as targets from platform.activity where action = 'molecular.result_overridden' and subject_id = ${report}`))
      .toEqual([{ targets: expect.stringContaining('late rise') }])
    const again = await update(report, { organisms: [{ ...organism, result: '30' }] })
    expect(result(again, o('Escherichia coli'))).toMatchObject({ picked: null, result: 'DETECTED' })
    const word = await update(report, { organisms: [{ ...organism, result: 'Positive' }] })
    expect(result(word, o('Escherichia coli'))).toMatchObject({ readings: ['30'], picked: null })
  })

  it('refuses what cannot be read, naming every field', async () => {
    const { id: report } = await aPanelReport(admin, pcr)
    expect(await paths(update(report, {
      organisms: [{ id: of('Escherichia coli'), result: '-1', cut_off: 30 }, { id: of('Klebsiella pneumoniae'), viral_load: 'lots' }, { id: 999_999_999 }],
      genes: [{ id: of('blaKPC'), result: 51 }], controls: [{ name: 'Else', result: '1' }, { name: 'No template', result: 'blue' }],
      drugs: [{ component: 'antibiotic', id: of('MEM'), result: 'S' }],
    }))).toEqual([
      '/controls/0/name molecular.unknown_control', '/controls/1/result molecular.not_a_control', '/organisms/0/cut_off molecular.cut_off_differs',
      '/organisms/0/result molecular.ct_not_positive', '/organisms/1/viral_load molecular.not_a_number', '/organisms/2/id molecular.unknown_target',
      '/genes/0/result molecular.ct_above_50', '/drugs/0/organism_id molecular.which_organism',
    ])
    expect(await code(update(report, { organisms: [] }, stranger))).toBe('platform.not_found')
    expect(await code(read(stranger, (db) => getEntry(db, stranger, report)))).toBe('platform.not_found')
  })

  it('is judged by what it began with, whatever the panel says later', async () => {
    const test = await aPanel(admin, aPanelBody({ organisms: [{ id: of('Escherichia coli'), judged_by: ct(30, null) }] }))
    const { id: report } = await aPanelReport(admin, test)
    const control = [{ name: 'Internal control', result: 'valid' }]
    await update(report, { controls: control, organisms: [{ id: of('Escherichia coli'), result: '35' }] })
    await change(admin, (tx) => savePanel(tx, test, aPanelBody({ organisms: [{ id: of('Escherichia coli'), judged_by: ct(38) }, { id: of('Klebsiella pneumoniae'), judged_by: ct() }] })))
    const kept = await update(report, { complete: true })
    expect(kept.plan.targets).toHaveLength(1)
    expect(result(kept, o('Escherichia coli'))?.result).toBe('NOT_DETECTED')
    const fresh = await aPanelReport(admin, test)
    expect((await read(admin, (db) => getEntry(db, admin, fresh.id))).entry.plan).toMatchObject({ panel_version: 2, targets: [{ cut_off: 38 }, {}] })
  })

  it('measures again, and begins anew with a new specimen', async () => {
    const { id: report, specimenId } = await aPanelReport(admin, pcr)
    const saved = await update(report, { controls: good, organisms: [{ id: of('Escherichia coli'), result: '20' }] })
    const again = await change(admin, (tx) => rerunTargets(tx, report, { version: saved.version, targets: [o('Escherichia coli')], reason: 'odd curve' }))
    expect(result(again, o('Escherichia coli'))).toMatchObject({ readings: [null], result: null })
    await change(admin, (tx) => rejectSpecimens(tx, { specimenIds: [specimenId], reason: 'leaked' }))
    expect(result((await read(admin, (db) => getEntry(db, admin, report))).entry, g('blaKPC'))?.readings ?? []).toEqual([])
  })

  it('makes the antimicrobiogram, prints it, and keeps what was issued through an amendment', async () => {
    const { id: report } = await aPanelReport(admin, pcr)
    const organisms = [{ id: of('Escherichia coli'), result: '21' }, { id: of('Staphylococcus aureus'), readings: ['45', '45'] }, { id: of('Klebsiella pneumoniae'), viral_load: 20_000 }]
    const made = await change(admin, (tx) => organismAntibioticResults(tx, {
      report_id: report, controls: good, organisms, genes: [{ id: of('blaKPC'), result: '24' }, { id: of('mecA'), result: '25' }],
      antibiotics: [{ id: of('MEM'), organism_id: of('Escherichia coli'), result: 's', measured: '0.25', method: 'BMD' }],
    }))
    expect(made.genes).toMatchObject([{ name: 'blaKPC', applies: true }, { name: 'mecA', applies: false }])
    const cell = (organism: string, drug: string) => made.cells.find(({ target, antibiotic_id }) => target === o(organism) && antibiotic_id === of(drug))
    expect(cell('Escherichia coli', 'MEM')).toMatchObject({ state: 'PREDICTED_R', genes: ['blaKPC'], value: 'S', conflict: true, display: 'S' })
    expect(cell('Klebsiella pneumoniae', 'MEM')).toMatchObject({ state: 'PREDICTED_R', display: 'R*' })
    expect(cell('Klebsiella pneumoniae', 'AMX')).toMatchObject({ state: 'INTRINSIC_R', display: 'R' })
    expect(made.cells.every(({ value, display }) => value === 'S' || display !== 'S')).toBe(true)

    const done = await update(report, { complete: true })
    const signed = await change(admin, (tx) => signReport(tx, report, { version: done.version }))
    const text = (await readPdf((await printReportPdf(admin, [report])).bytes)).map((page) => page.text).join('\n')
    for (const words of ['DETECTED: Escherichia coli, Klebsiella pneumoniae (10^4–10^5)', 'RESISTANCE MARKERS: blaKPC', 'R* blaKPC', 'R intrinsic', 'S ‡ (0.25) blaKPC',
      'All organisms tested', 'Internal control: valid', 'Limitations']) expect(text).toContain(words)
    expect(text).not.toContain('MARKERS: blaKPC, mecA')
    expect(await code(update(report, { organisms }))).toBe('reports.wrong_status')
    const amended = await update(report, { version: signed.version, reason: 'wrong well', organisms: [{ id: of('Klebsiella pneumoniae'), viral_load: 0 }] })
    expect(amended.status).toBe('completed')
    const [row] = await database.rows<{ changes: { code: string }[] }>(`select changes from reports.amendment where report_id = ${report}`)
    expect(row?.changes.map((change) => change.code)).toContain('Klebsiella pneumoniae')
  })
})

it('keeps a panel working when the lab makes a default its own', async () => {
  const lab = (await aBench()).admin
  const [bug, gene, drug] = [of('Staphylococcus aureus'), of('mecA'), of('OXA')]
  const body = () => aPanelBody({ organisms: [{ id: bug }], genes: [{ id: gene, organism_ids: [bug, of('Escherichia coli')] }], antibiotics: [drug] })
  const test = await aPanel(lab, body())
  const others = await aPanel(stranger, body())
  const copies = await change(lab, async (tx) => [
    (await copyMaster(tx, 'organism', bug)).id, (await copyMaster(tx, 'gene', gene)).id, (await copyMaster(tx, 'antibiotic', drug)).id,
  ])
  const panel = await read(lab, (db) => getPanel(db, test))
  expect([panel.organisms[0]?.id, panel.genes[0]?.id, panel.antibiotics[0]?.id]).toEqual(copies)
  expect(panel.genes[0]?.organism_ids).toEqual([copies[0], of('Escherichia coli')])
  expect((await read(stranger, (db) => getPanel(db, others))).genes[0]).toMatchObject({ id: gene, organism_ids: [bug, of('Escherichia coli')] })
  const { id: report } = await aPanelReport(lab, test)
  expect((await read(lab, (db) => getEntry(db, lab, report))).entry.plan.targets.map(({ key }) => key)).toEqual([`o${copies[0]}`, `g${copies[1]}`])
})

describe('a culture', () => {
  const isolate = (name: string, number = 1) => ({ id: of(name), number, amount: '> 10^5' })

  it('has isolates, each with its susceptibilities, and hands them to antibiograms once it is signed', async () => {
    const { id: report } = await aPanelReport(admin, culture)
    expect(await code(update(report, { complete: true }))).toBe('molecular.undecided')
    const saved = await update(report, {
      growth: 'growth', surveillance: true, organisms: [isolate('Escherichia coli'), isolate('Escherichia coli', 2)],
      antibiotics: [{ id: of('CIP'), organism_id: of('Escherichia coli'), result: 'R', method: 'Disk', measured: '12 mm' },
        { id: of('CIP'), organism_id: of('Escherichia coli'), number: 2, result: 'I' }],
    })
    expect(saved.plan.targets.map(({ key }) => key)).toEqual([o('Escherichia coli'), `${o('Escherichia coli')}.2`])
    expect(saved.resistance.find(({ target, antibiotic_id }) => target === o('Escherichia coli') && antibiotic_id === of('AMX'))).toMatchObject({ state: 'NOT_TESTED', display: '' })
    const done = await update(report, { complete: true })
    expect(await read(admin, (db) => isolatesOfReport(db, report))).toEqual([])
    await change(admin, (tx) => signReport(tx, report, { version: done.version }))
    expect(await read(admin, (db) => isolatesOfReport(db, report))).toMatchObject([
      { name: 'Escherichia coli', number: 1, surveillance: true, results: [{ antibioticId: of('CIP'), value: 'R', method: 'Disk', text: '12 mm' }] },
      { number: 2, results: [{ value: 'I' }] },
    ])
    expect(await read(stranger, (db) => isolatesOfReport(db, report))).toEqual([])
  })

  it('may have grown nothing, and forgets an isolate with what was measured of it', async () => {
    const { id: report } = await aPanelReport(admin, culture)
    await update(report, { growth: 'growth', organisms: [isolate('Escherichia coli')], antibiotics: [{ id: of('AMX'), result: 'R' }] })
    const gone = await update(report, { growth: 'no_growth', organisms: [{ id: of('Escherichia coli'), remove: true }] })
    expect(gone).toMatchObject({ resistance: [], results: [] })
    expect((await update(report, { complete: true })).status).toBe('completed')
    const text = (await readPdf((await printReportPdf(admin, [report])).bytes)).map((page) => page.text).join('\n')
    expect(text).toContain('NO GROWTH')
  })
})

describe('the repair', () => {
  it('shows what differs, puts it right, and finds nothing the second time; other labs stay as they are', async () => {
    const { id: report } = await aPanelReport(admin, pcr)
    await update(report, { controls: good, organisms: [{ id: of('Escherichia coli'), result: '21' }], genes: [{ id: of('blaKPC'), result: '24' }], antibiotics: [{ id: of('MEM'), result: 'R' }] })
    const rows = () => database.rows(`select * from molecular.resistance_result where report_id = ${report} order by target, antibiotic_id`)
    const whole = await rows()
    await database.rows(`update molecular.resistance_result set state = 'NO_MARKER', genes = '{}' where report_id = ${report} and antibiotic_id = ${of('MEM')}`)
    await database.rows(`delete from molecular.resistance_result where report_id = ${report} and antibiotic_id = ${of('AMX')}`)
    const check = (actor = admin) => read(actor, (db) => checkSummary(db, {}))
    const found = await check()
    expect(found.differences.map(({ antibiotic, stored, expected }) => [antibiotic, stored === null, expected === null]).sort()).toEqual([['Amoxicillin', true, false], ['Meropenem', false, false]])
    expect(await change(stranger, (tx) => repairSummary(tx, {}))).toMatchObject({ checked: 0, repaired: 0 })
    expect(await rows()).not.toEqual(whole)
    expect(await change(admin, (tx) => repairSummary(tx, { report_id: report }))).toMatchObject({ repaired: 2 })
    expect(await rows()).toEqual(whole)
    expect(await check()).toMatchObject({ differences: [] })
    expect(await change(admin, (tx) => repairSummary(tx, {}))).toMatchObject({ repaired: 0 })
  })
})

it('costs the same number of statements for 1 organism and for 20 with 15 genes', async () => {
  const names = await database.rows<{ kind: string; id: number }>(`(select 'o' as kind, id::int from molecular.organism where lab_id is null order by id limit 20)
    union all (select 'g', id::int from molecular.gene where lab_id is null order by id limit 15)`)
  const organisms = names.filter(({ kind }) => kind === 'o').map((each) => ({ id: each.id, judged_by: ct() }))
  const genes = names.filter(({ kind }) => kind === 'g').map((each) => ({ id: each.id, judged_by: ct() }))
  const cost = async (some: number) => {
    const test = await aPanel(admin, aPanelBody({ organisms: organisms.slice(0, some), genes: genes.slice(0, some), antibiotics: [of('MEM'), of('AMX'), of('CIP')] }))
    const { id: report } = await aPanelReport(admin, test)
    const result20 = (list: { id: number }[]) => list.slice(0, some).map((each) => ({ id: each.id, result: '20' }))
    const body = { controls: [{ name: 'Internal control', result: 'valid' }], organisms: result20(organisms), genes: result20(genes), complete: true }
    const first = await countStatements(() => update(report, body))
    const again = await countStatements(() => update(report, { organisms: result20(organisms) }))
    return [first.statements, again.statements]
  }
  const few = await cost(1)
  expect(await cost(20)).toEqual(few)
  expect(few).toEqual([15, 10])
})
