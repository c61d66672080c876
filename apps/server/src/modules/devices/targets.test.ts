import type { DrugsBody } from '@aliquot/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { getEntry, updateDrugs } from '../molecular/index.ts'
import { aPanel, aPanelBody, ct, load, mapTargets, mastersByName } from '../molecular/testing.ts'
import { aBench, aReceivedOrder, signReport } from '../reports/testing.ts'
import type { Actor } from '#platform/auth'
import { registerModules } from '#platform/module'
import { testDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { getMessage } from './messages.ts'
import { processMessage } from './process-messages.ts'
import { releaseParameters } from './release.ts'
import { listDeviceResults, listUnmappedCodes } from './results.ts'
import { anInstrument, hl7Profile, oru, store, type Line } from './testing.ts'

let admin: Actor
let stranger: Actor
let pcr: number
let id: Record<string, number>
const of = (name: string): number => id[name] ?? expect.fail(`no default is called ${name}`)

beforeAll(async () => {
  const database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  stranger = (await aBench()).admin
  id = await mastersByName(database)
  pcr = await aPanel(admin, aPanelBody({
    organisms: [{ id: of('Escherichia coli'), judged_by: ct() }, { id: of('Klebsiella pneumoniae'), judged_by: load() },
      { id: of('Staphylococcus aureus'), judged_by: ct(), parts: ['nuc', 'spa'] }],
    genes: [{ id: of('blaKPC'), judged_by: ct() }], antibiotics: [of('MEM')], controls: [{ name: 'SPC', role: 'internal', cut_off: 35 }],
  }))
})

async function aCycler(more = {}) {
  const cycler = await anInstrument(admin, hl7Profile([{ code: 'HIST', parameter: null }]), more)
  const organisms = { ECO: 'Escherichia coli', KPN: 'Klebsiella pneumoniae', NUC: 'Staphylococcus aureus', SPA: 'Staphylococcus aureus', SAU: 'Staphylococcus aureus' }
  await change(admin, (tx) => mapTargets(tx, 'organism', cycler.id, Object.entries(organisms).map(([code, name]) => ({ code, organism_id: of(name) }))))
  await change(admin, (tx) => mapTargets(tx, 'gene', cycler.id, [{ code: 'KPC', gene_id: of('blaKPC') }, { code: 'VANA', gene_id: of('vanA') }]))
  return cycler
}
type Cycler = Awaited<ReturnType<typeof aCycler>>

async function aSample() {
  const { reports: [report], specimens: [specimen] } = await aReceivedOrder(admin, [pcr])
  return { report: report?.id ?? 0, sample: specimen?.number ?? '' }
}
async function send(cycler: Cycler, sample: string, lines: readonly Line[]) {
  const message = await store(admin, cycler, oru(sample, lines))
  await processMessage(admin, message)
  return message
}
const resultsOf = async (message: number) => (await read(admin, (db) => getMessage(db, message))).entries
const entryOf = async (report: number) => (await read(admin, (db) => getEntry(db, admin, report))).entry
const readingsOf = async (report: number) => Object.fromEntries((await entryOf(report)).results.map(({ target, readings, result }) => [target, [...readings, result]]))
const update = (report: number, body: DrugsBody) => change(admin, (tx) => updateDrugs(tx, report, body))
const o = (name: string) => `o${of(name)}`
const g = (name: string) => `g${of(name)}`

const whole: Line[] = [
  ['ECO', '24.10', 'Ct'], ['KPN', '>1E6', 'copies/ml'], ['NUC', '30'], ['SPA', 'No Ct'], ['KPC', 'Undetermined'], ['spc', '28.4'], ['HIST', '1^2'],
]

describe('a reading of a cycler', () => {
  it('flows into the entry as sent, controls too, and completes what is decided', async () => {
    const { report, sample } = await aSample()
    const message = await send(await aCycler(), sample, whole)
    expect((await resultsOf(message)).map(({ testCode, state, parameter, result, resultUnit }) => [testCode, state, parameter?.name, result, resultUnit])).toEqual([
      ['ECO', 'released', 'Escherichia coli', '24.10', 'Ct'], ['KPN', 'released', 'Klebsiella pneumoniae', '>1E6', 'copies/mL'],
      ['NUC', 'released', 'Staphylococcus aureus', '30', 'Ct'], ['SPA', 'released', 'Staphylococcus aureus', 'No Ct', ''],
      ['KPC', 'released', 'blaKPC', 'Undetermined', ''], ['spc', 'released', 'SPC', '28.4', 'Ct'], ['HIST', 'dismissed', undefined, null, null],
    ])
    expect(await readingsOf(report)).toEqual({
      [o('Escherichia coli')]: ['24.10', 'DETECTED'], [o('Klebsiella pneumoniae')]: ['>1E6', 'DETECTED'],
      [o('Staphylococcus aureus')]: ['30', 'No Ct', 'INDETERMINATE'], [g('blaKPC')]: ['Undetermined', 'NOT_DETECTED'],
    })
    expect(await entryOf(report)).toMatchObject({ status: 'completed', controls: [{ reading: '28.4', state: 'valid' }] })
    const { version } = await entryOf(report)
    await processMessage(admin, message, { again: true })
    expect((await entryOf(report)).version).toBe(version)
  })

  it('comes in by ASTM as well', async () => {
    const profile = hl7Profile([], {
      protocol: 'astm', sample: { from: ['O-3'] }, testCode: { from: ['R-3.4'] }, value: { from: ['R-4'] }, unit: { from: ['R-5'] }, flags: { from: ['R-7'] },
      status: { from: ['R-9'] }, measuredAt: { from: ['R-13'] }, qc: { when: [], control: null, level: null, lot: null }, query: null, wantedStatuses: ['', 'F'],
    })
    const cycler = await anInstrument(admin, profile)
    await change(admin, (tx) => mapTargets(tx, 'gene', cycler.id, [{ code: 'KPC', gene_id: of('blaKPC') }]))
    const { report, sample } = await aSample()
    const message = await store(admin, cycler, ['H|\\^&|||CYCLER', 'P|1', `O|1|${sample}||^^^PCR|R`, 'R|1|^^^KPC|21.7|||||F', 'L|1|N', ''].join('\r'))
    await processMessage(admin, message)
    expect((await resultsOf(message)).map(({ state, result, reason }) => [state, result, reason])).toEqual([['released', '21.7', null]])
    expect((await readingsOf(report))[g('blaKPC')]).toEqual(['21.7', 'DETECTED'])
    expect((await entryOf(report)).status).toBe('in_progress')
  })

  it('waits for somebody where the instrument releases nothing by itself; both targets of an organism stay apart', async () => {
    const cycler = await aCycler({ autoRelease: false })
    const { report, sample } = await aSample()
    const waiting = await resultsOf(await send(cycler, sample, [['SPA', '31'], ['ECO', '22']]))
    expect(waiting.map(({ state, reason }) => [state, reason])).toEqual([['waiting', null], ['waiting', null]])
    expect((await entryOf(report)).status).toBe('received')
    const released = await releaseParameters(admin, waiting.map((each) => ({ id: each.id, version: each.version })))
    expect(released.every(({ ok }) => ok)).toBe(true)
    expect((await readingsOf(report))[o('Staphylococcus aureus')]).toEqual([null, '31', null])
    expect((await read(admin, (db) => listDeviceResults(db, stranger.labId, {}))).items).toEqual([])
  })

  it.each<[string, Line, string, string]>([
    ['of a code that nobody mapped', ['XYZ', '24'], 'held', 'unmapped_test'],
    ['of a gene that the panel does not have', ['VANA', '24'], 'held', 'no_open_report'],
    ['of an organism with two targets, without saying which', ['SAU', '24'], 'held', 'several_reports'],
    ['that is no Ct', ['ECO', 'POS'], 'held', 'not_a_number'],
    ['above any Ct', ['ECO', '2500'], 'held', 'implausible'],
    ['of a load where a Ct is expected', ['ECO', '40', 'copies/mL'], 'held', 'unit_differs'],
    ['of a load in another unit', ['KPN', '5000', 'IU/mL'], 'held', 'unit_differs'],
    ['of a load without its unit', ['KPN', '24'], 'waiting', 'unit_differs'],
    ['that the instrument did not give', ['ECO', '****'], 'held', 'no_value'],
    ['with a flag that asks for an eye', ['ECO', '24', '', 'CLOT'], 'waiting', 'flagged'],
  ])('%s is kept for a person', async (_, line, state, reason) => {
    const cycler = await aCycler()
    const { report, sample } = await aSample()
    const message = await send(cycler, sample, [line])
    expect((await resultsOf(message)).map((each) => [each.state, each.reason])).toEqual([[state, reason]])
    expect((await entryOf(report)).status).toBe('received')
    const { items } = await read(admin, (db) => listUnmappedCodes(db, admin.labId, { instrumentId: cycler.id }))
    expect(items.map(({ testCode }) => testCode)).toEqual(reason === 'unmapped_test' ? ['XYZ'] : [])
  })

  it('never replaces what a person entered or decided, and never opens a closed report', async () => {
    const cycler = await aCycler()
    const { report, sample } = await aSample()
    await update(report, {
      controls: [{ name: 'SPC', result: 'valid' }], genes: [{ id: of('blaKPC'), result: '36', override: 'NOT_DETECTED', reason: 'odd curve' }],
      organisms: [{ id: of('Escherichia coli'), result: '21' }],
    })
    const sent = await resultsOf(await send(cycler, sample, [['KPC', '35'], ['ECO', '22'], ['ECO', '22'], ['SPC', 'valid']]))
    expect(sent.map(({ state, reason, detail }) => [state, reason, detail])).toEqual([
      ['waiting', 'value_exists', 'a person decided: not detected'], ['waiting', 'value_exists', 'the report has 21'],
      ['dismissed', 'value_exists', 'said twice in the message'], ['dismissed', 'value_exists', 'the report has this reading already'],
    ])
    expect((await readingsOf(report))[g('blaKPC')]).toEqual(['36', 'NOT_DETECTED'])
    const [, ecoli] = sent
    expect(await releaseParameters(admin, [{ id: ecoli!.id, version: ecoli!.version }])).toMatchObject([{ ok: true }])
    expect((await readingsOf(report))[o('Escherichia coli')]).toEqual(['22', 'DETECTED'])

    const closed = await aSample()
    await send(cycler, closed.sample, whole)
    await change(admin, async (tx) => signReport(tx, closed.report, { version: (await entryOf(closed.report)).version }))
    expect((await resultsOf(await send(cycler, closed.sample, [['ECO', '30']])))[0]).toMatchObject({ state: 'held', reason: 'report_closed' })
    expect((await entryOf(closed.report)).status).toBe('signed')
  })

  it('is not let in over what somebody entered after it came', async () => {
    const cycler = await aCycler({ autoRelease: false })
    const { report, sample } = await aSample()
    const [waiting] = await resultsOf(await send(cycler, sample, [['ECO', '22']]))
    await update(report, { organisms: [{ id: of('Escherichia coli'), result: '39', override: 'DETECTED', reason: 'seen twice' }] })
    const release = (version: number, confirmed: boolean) => releaseParameters(admin, [{ id: waiting!.id, version, confirmed }])
    expect(await release(waiting!.version, false)).toMatchObject([{ ok: false, code: 'platform.invalid_input' }])
    expect((await readingsOf(report))[o('Escherichia coli')]).toEqual(['39', 'DETECTED'])
    const { items: [again] } = await read(admin, (db) => listDeviceResults(db, admin.labId, { instrumentId: cycler.id }))
    expect(again).toMatchObject({ state: 'waiting', detail: 'Escherichia coli was decided by a person' })
    expect(await release(again!.version, true)).toMatchObject([{ ok: true }])
    expect((await readingsOf(report))[o('Escherichia coli')]).toEqual(['22', 'DETECTED'])
  })
})
