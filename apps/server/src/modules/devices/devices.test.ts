import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../modules.ts'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { aBench, anOrder, aReceivedOrder, aSigner, enter, stateOf } from '../reports/testing.ts'
import { receiveSpecimens, collectSpecimens } from '#modules/reports'
import type { Actor } from '#platform/auth'
import { closeDocuments } from '#platform/documents'
import { allJobs, registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { aPdf } from '../storage/testing.ts'
import { answerFor } from './answer-for.ts'
import { saveDeviceResults } from './handed-over-results.ts'
import { updateInstrument } from './instruments.ts'
import { matchResults } from './match-results.ts'
import { getMessage, listMessages } from './messages.ts'
import { processMessage } from './process-messages.ts'
import { createQcLot, qcChart } from './qc.ts'
import { releaseParameters } from './release.ts'
import { replayMessages } from './replay.ts'
import { countResults, dismissResults, listDeviceResults, listUnmappedCodes } from './results.ts'
import { anInstrument, hl7Profile, oru, store, type Line } from './testing.ts'

let database: TestDatabase
let admin: Actor
let stranger: Actor
let panel: number
let scanTest: number

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  ;({ admin } = await aBench())
  ;({ admin: stranger } = await aBench())
  panel = (await anActiveTest(admin, { parameters: [
    aParameter(), aParameter({ code: 'UREA', name: 'Urea', unit: 'mg/dL', displayUnit: 'mg/dL', decimals: 1 }),
    aParameter({ code: 'HBS', name: 'HBsAg', kind: 'coded', unit: '', displayUnit: '', optional: true, choices: [{ value: 'Negative', flag: 'normal' }, { value: 'Positive', flag: 'abnormal' }], ranges: [] }),
  ] })).id
  scanTest = (await anActiveTest(admin, { formatType: 4, parameters: [] })).id
})
afterAll(closeDocuments)

const mappings = [{ code: 'GLUC', parameter: 'GLU', unit: 'mg/dL' }, { code: 'BUN', parameter: 'UREA', unit: 'mmol/L', factor: 6.006 }, { code: 'HBSAG', parameter: 'HBS' }, { code: 'HIST', parameter: null }]
const anAnalyser = (more = {}) => anInstrument(admin, hl7Profile(mappings), more)
const send = async (instrument: Awaited<ReturnType<typeof anAnalyser>>, sampleId: string, lines: readonly Line[], more = {}) => {
  const id = await store(admin, instrument, oru(sampleId, lines, more))
  await processMessage(admin, id)
  return id
}
const anOrdered = async (tests = [panel]) => {
  const order = await aReceivedOrder(admin, tests)
  return { sample: order.specimens[0]?.number ?? '', reportId: order.reports[0]?.id ?? 0, accession: order }
}
const resultsOf = async (messageId: number) => (await read(admin, (db) => getMessage(db, messageId))).entries

describe('a result', () => {
  it('goes into its report: converted, as sent on record, the report complete', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const id = await send(analyser, sample, [['GLUC', ' 12.50', 'mg/dl'], ['BUN', '5.0', 'mmol/L'], ['HIST', '1^2^3']])
    const state = await stateOf(admin, reportId)
    expect(state).toMatchObject({ status: 'completed' })
    expect(state.values.map(({ code, value, source }) => [code, value, source])).toEqual(expect.arrayContaining([['GLU', '12.50', 'instrument'], ['UREA', '30', 'instrument']]))
    expect((await resultsOf(id)).map(({ testCode, value, state: is, reason }) => [testCode, value, is, reason])).toEqual([
      ['GLUC', '12.50', 'released', null], ['BUN', '5.0', 'released', null], ['HIST', '1^2^3', 'dismissed', 'unwanted_test'],
    ])
    expect(await read(admin, (db) => getMessage(db, id))).toMatchObject({ state: 'processed', kind: 'results', sampleIds: [sample] })
  })

  it('is read once, however often the job runs, and its repetition changes nothing', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const text = oru(sample, [['GLUC', '12', 'mg/dL']])
    const id = await store(admin, analyser, text)
    await Promise.all([1, 2, 3].map(() => allJobs().get('devices.process')?.({ labId: admin.labId }, { actor: admin, attempt: 1, lastAttempt: false })))
    const before = await stateOf(admin, reportId)
    expect(await store(admin, analyser, text)).toBe(id)
    await allJobs().get('devices.process')?.({ labId: admin.labId }, { actor: admin, attempt: 1, lastAttempt: false })
    expect(await stateOf(admin, reportId)).toEqual(before)
    expect((await resultsOf(id)).length).toBe(1)
    const again = await send(analyser, sample, [['GLUC', '12', 'mg/dL']])
    expect((await resultsOf(again)).map(({ state, reason }) => [state, reason])).toEqual([['dismissed', 'value_exists']])
    expect((await stateOf(admin, reportId)).version).toBe(before.version)
  })

  it.each<[string, (sample: string) => [string, Line], string, string]>([
    ['of no known sample', () => ['NOBODY', ['GLUC', '12', 'mg/dL']], 'held', 'unknown_sample'],
    ['without a sample id', () => ['', ['GLUC', '12', 'mg/dL']], 'held', 'no_sample_id'],
    ['of a test that nobody mapped', (sample) => [sample, ['XYZ', '12', 'mg/dL']], 'held', 'unmapped_test'],
    ['in another unit', (sample) => [sample, ['GLUC', '0.7', 'mmol/L']], 'held', 'unit_differs'],
    ['that is no number', (sample) => [sample, ['GLUC', '12,5', 'mg/dL']], 'held', 'not_a_number'],
    ['that the instrument did not give', (sample) => [sample, ['GLUC', '****', 'mg/dL']], 'held', 'no_value'],
    ['of a word that is no choice', (sample) => [sample, ['HBSAG', 'GRAYZONE']], 'held', 'not_a_choice'],
    ['with a flag that asks for an eye', (sample) => [sample, ['GLUC', '12', 'mg/dL', 'CLOT']], 'waiting', 'flagged'],
  ])('%s is kept for a person', async (_, make, state, reason) => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const [sampleId, line] = make(sample)
    const id = await send(analyser, sampleId, [line])
    expect((await resultsOf(id)).map((one) => [one.state, one.reason])).toEqual([[state, reason]])
    expect((await stateOf(admin, reportId)).values).toEqual([])
    expect((await read(admin, (db) => listMessages(db, admin.labId, {}))).items[0]?.state).toBe(state === 'held' ? 'held' : 'processed')
  })

  it('of a closed report, of one not here yet, and of two that could take it is held', async () => {
    const analyser = await anAnalyser()
    const twice = await aReceivedOrder(admin, [panel, panel])
    const two = await send(analyser, twice.specimens[0]?.number ?? '', [['GLUC', '12', 'mg/dL']])
    expect((await resultsOf(two))[0]).toMatchObject({ state: 'held', reason: 'several_reports' })
    const early = await anOrder(admin, [panel])
    const waiting = await send(analyser, early.specimens[0]?.number ?? '', [['GLUC', '12', 'mg/dL'], ['BUN', '5', 'mmol/L']])
    expect((await resultsOf(waiting))[0]).toMatchObject({ state: 'held', reason: 'not_received' })
    const specimenIds = early.specimens.map(({ id }) => id)
    await change(admin, (tx) => collectSpecimens(tx, { specimenIds }))
    await change(admin, (tx) => receiveSpecimens(tx, { specimenIds }))
    await allJobs().get('devices.retry_specimen')?.({ labId: admin.labId, subjectId: specimenIds[0] }, { actor: admin, attempt: 1, lastAttempt: false })
    expect((await resultsOf(waiting)).map(({ state }) => state)).toEqual(['released', 'released'])
    expect(await stateOf(admin, early.reports[0]?.id ?? 0)).toMatchObject({ status: 'completed' })
  })

  it('never replaces another by itself', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    await enter(admin, reportId, { GLU: '15' }, false)
    const id = await send(analyser, sample, [['GLUC', '12', 'mg/dL']])
    const [waiting] = await resultsOf(id)
    expect(waiting).toMatchObject({ state: 'waiting', reason: 'value_exists' })
    expect((await stateOf(admin, reportId)).values[0]).toMatchObject({ value: '15', source: 'manual' })
    expect(await releaseParameters(admin, [{ id: waiting!.id, version: waiting!.version }])).toEqual([{ id: waiting!.id, ok: true, code: null, detail: null }])
    expect((await stateOf(admin, reportId)).values.find(({ code }) => code === 'GLU')).toMatchObject({ value: '12', source: 'instrument' })
    expect(await releaseParameters(admin, [{ id: waiting!.id, version: waiting!.version }])).toMatchObject([{ ok: false }])
  })

  it('of a code that means another parameter in each test goes where it was ordered; what is calculated here is left alone', async () => {
    const fasting = await anActiveTest(admin, { parameters: [aParameter({ code: 'GLUF', name: 'Glucose, fasting' }), aParameter({ code: 'DOUBLE', name: 'Twice', kind: 'calculated', formula: 'GLUF * 2', formulaSource: 'arithmetic', plausible: null })] })
    const other = await anActiveTest(admin, { parameters: [aParameter({ code: 'GLUR', name: 'Glucose, random' })] })
    const analyser = await anInstrument(admin, hl7Profile([
      { code: '717', parameter: 'GLUF', test: fasting.code }, { code: '717', parameter: 'GLUR', test: other.code }, { code: '718', parameter: 'DOUBLE' },
    ]))
    const { sample, reportId } = await anOrdered([other.id])
    await send(analyser, sample, [['717', '12', 'mg/dL']])
    expect((await stateOf(admin, reportId)).values).toMatchObject([{ code: 'GLUR', value: '12' }])
    const second = await anOrdered([fasting.id])
    const id = await send(analyser, second.sample, [['717', '13', 'mg/dL'], ['718', '99', 'mg/dL']])
    expect((await resultsOf(id)).map(({ state, reason }) => [state, reason])).toEqual([['released', null], ['dismissed', 'unwanted_test']])
    expect((await stateOf(admin, second.reportId)).values.map(({ code, value }) => [code, value])).toEqual(expect.arrayContaining([['GLUF', '13'], ['DOUBLE', '26']]))
  })

  it('waits for somebody where the instrument releases nothing by itself', async () => {
    const analyser = await anAnalyser({ autoRelease: false })
    const { sample, reportId } = await anOrdered()
    const id = await send(analyser, sample, [['GLUC', '12', 'mg/dL'], ['BUN', '5', 'mmol/L']])
    const waiting = await resultsOf(id)
    expect(waiting.map(({ state, reason }) => [state, reason])).toEqual([['waiting', null], ['waiting', null]])
    expect((await read(admin, (db) => listDeviceResults(db, admin.labId, { state: ['waiting'], instrumentId: analyser.id }))).items).toHaveLength(2)
    await releaseParameters(admin, waiting.map((one) => ({ id: one.id, version: one.version })))
    expect(await stateOf(admin, reportId)).toMatchObject({ status: 'completed' })
    expect((await read(admin, (db) => listDeviceResults(db, stranger.labId, {}))).items).toEqual([])
  })
})

describe('a person', () => {
  it('maps a code, sees what would differ, and reads what was held again', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const id = await send(analyser, sample, [['GLU-NEW', '12', 'mg/dL'], ['BUN', '5', 'mmol/L']])
    expect((await read(admin, (db) => listUnmappedCodes(db, admin.labId, { instrumentId: analyser.id }))).items).toMatchObject([{ testCode: 'GLU-NEW', count: 1, examples: ['12'] }])
    await change(admin, (tx) => updateInstrument(tx, analyser.id, { version: analyser.version, mappings: [{ code: 'GLU-NEW', parameter: 'GLU' }] }))
    const tried = await replayMessages(admin, { instrumentId: analyser.id, dryRun: true })
    expect(tried).toMatchObject({ done: false, messages: 1 })
    expect(tried.before.find(({ testCode }) => testCode === 'GLU-NEW')).toMatchObject({ state: 'held', reason: 'unmapped_test' })
    expect(tried.after.find(({ testCode }) => testCode === 'GLU-NEW')).toMatchObject({ state: 'waiting', parameter: 'GLU' })
    expect((await resultsOf(id)).find(({ testCode }) => testCode === 'GLU-NEW')).toMatchObject({ state: 'held' })
    expect((await replayMessages(admin, { instrumentId: analyser.id, dryRun: false })).after.map(({ state }) => state)).toEqual(['released', 'released'])
    expect(await stateOf(admin, reportId)).toMatchObject({ status: 'completed' })
    expect(await read(admin, (db) => getMessage(db, id))).toMatchObject({ state: 'processed', held: 0 })
  })

  it('says to which specimen a result belongs, or that it is not wanted', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const id = await send(analyser, 'SMUDGED', [['GLUC', '12', 'mg/dL'], ['BUN', '5', 'mmol/L']])
    const [glucose, urea] = await resultsOf(id)
    await expect(matchResults(admin, { resultIds: [glucose!.id], specimenNumber: 'NOBODY', reason: 'label' })).rejects.toMatchObject({ code: 'devices.not_possible' })
    await expect(matchResults(stranger, { resultIds: [glucose!.id], specimenNumber: sample, reason: 'label' })).rejects.toMatchObject({ code: 'devices.not_possible' })
    const { results } = await matchResults(admin, { resultIds: [glucose!.id], specimenNumber: sample.toLowerCase(), reason: 'the label was smudged' })
    expect(results).toMatchObject([{ state: 'released' }])
    expect((await stateOf(admin, reportId)).values.find(({ code }) => code === 'GLU')).toMatchObject({ value: '12' })
    const still = (await resultsOf(id)).find(({ testCode }) => testCode === 'BUN')
    expect(still).toMatchObject({ state: 'held', reason: 'unknown_sample' })
    expect(await change(admin, (tx) => dismissResults(tx, { resultIds: [still!.id, urea!.id], reason: 'a repeat' }))).toEqual({ dismissed: 1 })
    expect(await read(admin, (db) => getMessage(db, id))).toMatchObject({ state: 'processed' })
    expect((await read(admin, (db) => countResults(db, admin.labId))).held).toBeGreaterThan(0)
  })
})

describe('what follows by itself', () => {
  it('is verified and signed in the name of the person it is set up with, when nothing asks for an eye', async () => {
    const signer = await aSigner(admin, 5)
    const [role] = await database.rows<{ role_id: number }>('select role_id from labs.account where id = $1', [admin.accountId])
    await database.rows('update labs.account set role_id = $1 where id = $2', [role?.role_id, signer.accountId])
    const analyser = await anAnalyser({ autoVerify: true, autoSignBy: signer.accountId })
    const { sample, reportId } = await anOrdered()
    await send(analyser, sample, [['GLUC', '15', 'mg/dL'], ['BUN', '2.5', 'mmol/L']])
    expect(await stateOf(admin, reportId)).toMatchObject({ status: 'signed', signatures: [{ accountId: signer.accountId }] })
    expect(await database.rows(`select actor_kind, actor_name from platform.activity where action = 'reports.verified' and subject_id = $1`, [reportId]))
      .toMatchObject([{ actor_kind: 'system', actor_name: expect.stringContaining('Auto-verification') }])
    const abnormal = await anOrdered()
    await send(analyser, abnormal.sample, [['GLUC', '35', 'mg/dL'], ['BUN', '2.5', 'mmol/L']])
    expect(await stateOf(admin, abnormal.reportId)).toMatchObject({ status: 'completed' })
  })
})

describe('controls', () => {
  it('are kept apart from patients, judged, and hold what follows when they are out', async () => {
    const analyser = await anAnalyser()
    const lot = await change(admin, (tx) => createQcLot(tx, { instrumentId: analyser.id, parameter: 'GLU', control: 'PRECINORM', level: '1', lot: 'L77', unit: 'mg/dL', mean: 100, sd: 2, validFrom: '2026-01-01' }))
    const { sample, reportId } = await anOrdered()
    const qc = (value: string) => send(analyser, 'PRECINORM^1^L77', [['GLUC', value, 'mg/dL']], { processing: 'Q' })
    for (const value of ['100', '101', '99', '105', '107']) await qc(value)
    const { points, lot: now } = await read(admin, (db) => qcChart(db, admin.labId, lot.id, {}))
    expect(points.map(({ value, verdict, rules }) => [value, verdict, rules])).toEqual([
      [100, 'ok', []], [101, 'ok', []], [99, 'ok', []], [105, 'warning', ['1-2s']], [107, 'reject', ['1-2s', '1-3s', '2-2s']],
    ])
    expect(now.state).toBe('out_of_control')
    const id = await send(analyser, sample, [['GLUC', '12', 'mg/dL']])
    expect((await resultsOf(id))[0]).toMatchObject({ state: 'waiting', reason: 'qc_out_of_control' })
    expect((await stateOf(admin, reportId)).values).toEqual([])
    await qc('100')
    await replayMessages(admin, { messageIds: [id], dryRun: false })
    expect((await resultsOf(id))[0]).toMatchObject({ state: 'released' })
    const unknown = await send(analyser, 'STRANGE^1^L1', [['GLUC', '50', 'mg/dL']], { processing: 'Q' })
    expect((await resultsOf(unknown))[0]).toMatchObject({ state: 'held', reason: 'control_unknown' })
  })
})

describe('besides results', () => {
  it('an instrument is told what to measure, in its own codes', async () => {
    const analyser = await anAnalyser()
    const { sample } = await anOrdered()
    const question = (id: string) => Buffer.from(`MSH|^~\\&|ANALYSER|LAB|LIS|LAB|20261121100000||QRY^R02|Q1|P|2.3.1\rQRD|20261121|R|I|Q1|||1^RD|${id}|RES\r`)
    const text = (await answerFor(admin.labId, analyser.id, question(sample))).map((bytes) => Buffer.from(bytes).toString()).join('\n')
    for (const words of [sample, 'GLUC', 'BUN', 'HBSAG']) expect(text).toContain(words)
    expect(text).not.toContain('HIST')
    const none = (await answerFor(admin.labId, analyser.id, question('NOBODY'))).map((bytes) => Buffer.from(bytes).toString()).join('\n')
    expect(none).not.toContain('GLUC')
  })

  it('a file in a message becomes the result of its file report', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered([scanTest])
    const id = await store(admin, analyser, oru(sample, [], { more: [`OBX|1|ED|PRINTOUT||^AP^PDF^Base64^${aPdf('Printout of the instrument').toString('base64')}||||||F`] }))
    await processMessage(admin, id)
    expect((await resultsOf(id))[0]).toMatchObject({ state: 'released', report: { id: reportId } })
    expect(await stateOf(admin, reportId)).toMatchObject({ status: 'completed', file: { check: 'passed' } })
  })

  it('files of several samples in one message reach each its own report', async () => {
    const analyser = await anAnalyser()
    const both = [await anOrdered([scanTest]), await anOrdered([scanTest])]
    const [first, second] = both.map(({ sample }) => oru(sample, [], { more: [`OBX|1|ED|PRINTOUT||^AP^PDF^Base64^${aPdf(`Printout of ${sample}`).toString('base64')}||||||F`] }))
    const id = await store(admin, analyser, `${first}${second?.split('\r').slice(2).join('\r')}`)
    await processMessage(admin, id)
    expect((await resultsOf(id)).map(({ state, report }) => [state, report?.id])).toEqual(both.map(({ reportId }) => ['released', reportId]))
    for (const { reportId } of both) expect(await stateOf(admin, reportId)).toMatchObject({ status: 'completed', file: { check: 'passed' } })
  })

  it('an integration hands results over by the same rules', async () => {
    const analyser = await anAnalyser()
    const { sample, reportId } = await anOrdered()
    const body = { device_id: analyser.id, results: [{ sample_id: sample, code: 'GLUC', value: '12', unit: 'mg/dL' }, { sample_id: sample, code: 'BUN', value: '5', unit: 'mmol/L' }, { sample_id: 'NOBODY', code: 'GLUC', value: '1' }] }
    const { results, messageId } = await saveDeviceResults(admin, body)
    expect(results.map(({ state, reason }) => [state, reason])).toEqual([['released', null], ['released', null], ['held', 'unknown_sample']])
    expect(await stateOf(admin, reportId)).toMatchObject({ status: 'completed' })
    expect((await saveDeviceResults(admin, body)).messageId).toBe(messageId)
    await expect(saveDeviceResults(stranger, body)).rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('what nobody can read, or nobody sent, is held in plain sight', async () => {
    const analyser = await anAnalyser()
    for (const text of ['nothing of the kind', '\u0001\u0002']) {
      const id = await store(admin, analyser, `${text}\r`)
      await processMessage(admin, id)
      expect(await read(admin, (db) => getMessage(db, id)), text).toMatchObject({ state: 'held' })
    }
    const id = await store(admin, null, oru('1', [['GLUC', '12']]))
    await processMessage(admin, id)
    expect(await read(admin, (db) => getMessage(db, id))).toMatchObject({ state: 'held', reason: 'unknown_instrument' })
    await expect(read(stranger, (db) => getMessage(db, id))).rejects.toMatchObject({ code: 'platform.not_found' })
  })
})
