import type { Section } from '@aliquot/contracts'
import { beforeAll, expect, it } from 'vitest'
import { anActiveTest } from '../catalog/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { readPdf } from '../../platform/typeset/testing/read-pdf.ts'
import { amendReport } from './amend-report.ts'
import { convertReport } from './convert-report.ts'
import { getHistory } from './get-history.ts'
import { printReportPdf } from './print-report.ts'
import { rejectSpecimens } from './reject-specimens.ts'
import { saveSections, sectionsLocked, type SectionsDraft } from './save-sections.ts'
import { saveValues } from './save-values.ts'
import { signReport } from './sign-report.ts'
import { aBench, aReceivedOrder, stateOf } from './testing.ts'
import { unsignReport } from './unsign-report.ts'

let database: TestDatabase
let admin: Actor
let stranger: Actor
let testId: number

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  stranger = (await aBench()).admin
  testId = (await anActiveTest(admin, { formatType: 5, parameters: [], requiredSignRank: 0 })).id
})

const rows = (count: number) => Array.from({ length: count }, (_, at) => ({ cells: [`Target ${at + 1}`, 'Not detected'], strong: false, note: null }))
const sectionsOf = (found: string, targets = 2): Section[] => [
  { kind: 'summary', tone: 'alert', title: 'Result', text: `DETECTED: ${found}`, columns: [], rows: [] },
  { kind: 'table', tone: 'plain', title: 'Targets', text: 'A legend', columns: [{ title: 'Target', width: 2 }, { title: 'Result', width: 1 }], rows: rows(targets) },
]
const draftOf = (found: string, given: Partial<SectionsDraft> = {}): SectionsDraft =>
  ({ sections: sectionsOf(found), facts: { 'E. coli': found }, abnormal: true, complete: true, ...given })
const aReport = async () => {
  const { reports: [report], specimens: [specimen] } = await aReceivedOrder(admin, [testId])
  return { id: report!.id, version: report!.version, specimenId: specimen!.id }
}
const save = (id: number, draft: SectionsDraft, asked: 'save' | 'complete' | 'amend' = 'complete', actor = admin, version?: number) =>
  change(actor, async (tx) => saveSections(tx, await sectionsLocked(tx, id, version, asked), draft))
const code = (promise: Promise<unknown>) => promise.then(() => 'done', (error: { code?: string }) => error.code)

it('takes a report through the steps of values, with what was issued kept', async () => {
  const { id } = await aReport()
  const saved = await save(id, draftOf('Ct 31', { complete: false }), 'save')
  expect(saved).toMatchObject({ status: 'in_progress', entry: 'sections', sections: sectionsOf('Ct 31'), flags: { abnormal: true } })
  const { version } = await save(id, draftOf('Ct 30'))
  const signed = await change(admin, (tx) => signReport(tx, id, { version }))
  expect(signed.status).toBe('signed')
  expect(await code(save(id, draftOf('Ct 30', { reason: 'again' }), 'amend'))).toBe('platform.invalid_input')
  expect(await code(save(id, draftOf('Ct 29'), 'save'))).toBe('reports.wrong_status')
  const amended = await save(id, draftOf('Ct 29', { reason: 'mistyped' }), 'amend')
  expect(amended).toMatchObject({ status: 'completed', amendments: [{ number: 1, reason: 'mistyped', changes: [{ code: 'E. coli', before: 'Ct 30', after: 'Ct 29' }] }] })
  const [kept] = await database.rows<{ before: { sections: Section[] } }>(`select before from reports.amendment where report_id = ${id}`)
  expect(kept?.before.sections).toEqual(sectionsOf('Ct 30'))
  const { items } = await read(admin, (db) => getHistory(db, id, {}))
  expect(items.filter(({ kind }) => kind === 'value').map(({ code: fact, before, after }) => [fact, before, after]))
    .toEqual([['E. coli', 'Ct 30', 'Ct 29'], ['E. coli', 'Ct 31', 'Ct 30'], ['E. coli', null, 'Ct 31']])
})

it('finds what an unsigned and changed report differs in', async () => {
  const { id } = await aReport()
  const { version } = await save(id, draftOf('Ct 30'))
  const signed = await change(admin, (tx) => signReport(tx, id, { version }))
  await change(admin, (tx) => unsignReport(tx, id, { version: signed.version, reason: 'doubt' }))
  const again = await save(id, draftOf('Ct 20'))
  const state = await change(admin, (tx) => signReport(tx, id, { version: again.version }))
  expect(state.amendments).toMatchObject([{ changes: [{ code: 'E. coli', before: 'Ct 30', after: 'Ct 20' }] }])
})

it('goes back with its specimen, and becomes a file report and one of sections again', async () => {
  const rejected = await aReport()
  await save(rejected.id, draftOf('Ct 30'))
  await change(admin, (tx) => rejectSpecimens(tx, { specimenIds: [rejected.specimenId], reason: 'leaked' }))
  expect(await stateOf(admin, rejected.id)).toMatchObject({ status: 'ordered', sections: [] })

  const { id } = await aReport()
  const { version } = await save(id, draftOf('Ct 30'))
  const file = await change(admin, (tx) => convertReport(tx, { labReportId: id, version, fileInputReport: true }))
  expect(file).toMatchObject({ entry: 'file', sections: [] })
  expect(await code(save(id, draftOf('Ct 30')))).toBe('reports.file_report')
  const back = await change(admin, (tx) => convertReport(tx, { labReportId: id, version: file.version, fileInputReport: false }))
  expect(back).toMatchObject({ entry: 'sections', status: 'received' })
  const { items } = await read(admin, (db) => getHistory(db, id, {}))
  expect(items.filter(({ kind }) => kind === 'value')[0]).toMatchObject({ code: 'E. coli', before: 'Ct 30', after: null })
})

it('refuses values, another lab, a stale version and somebody without the right', async () => {
  const { id, version } = await aReport()
  expect(await code(change(admin, (tx) => saveValues(tx, id, { version, values: [], complete: false })))).toBe('reports.sections_report')
  expect(await code(save(id, draftOf('x'), 'complete', stranger))).toBe('platform.not_found')
  expect(await code(save(id, draftOf('x'), 'complete', admin, version + 1))).toBe('platform.stale_version')
  const bystander: Actor = { ...admin, permissions: new Set(['reports.view']) }
  expect(await code(save(id, draftOf('x'), 'complete', bystander))).toBe('platform.forbidden')
  const done = await save(id, draftOf('x'))
  const signed = await change(admin, (tx) => signReport(tx, id, { version: done.version }))
  const values = [{ code: 'GLU', value: '1' }]
  expect(await code(change(admin, (tx) => amendReport(tx, id, { version: signed.version, reason: 'r', values })))).toBe('reports.sections_report')
  const worded = await change(admin, (tx) => amendReport(tx, id, { version: signed.version, reason: 'r', values: [], interpretation: 'New words' }))
  expect(worded).toMatchObject({ status: 'completed', interpretation: 'New words' })
})

it('prints its sections over pages, the heads of tables on each', async () => {
  const { id } = await aReport()
  await save(id, draftOf('E. coli', { sections: sectionsOf('E. coli', 90) }))
  const pages = await readPdf((await printReportPdf(admin, [id])).bytes)
  expect(pages.length).toBeGreaterThan(1)
  expect(pages[0]?.text).toContain('DETECTED: E. coli')
  expect(pages.at(-1)?.text).toContain('Target 90')
  for (const page of pages) expect(page.text).toMatch(/Target\s+Result/)
  expect(pages.at(-1)?.text).toContain('A legend')
})
