import fc from 'fast-check'
import { reportTransitions, type ReportAction, type ReportStatus } from '@aliquot/contracts'
import { beforeAll, expect, it } from 'vitest'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, type Tx } from '#platform/unit-of-work'
import { acknowledgeCritical } from './acknowledge-critical.ts'
import { amendReport } from './amend-report.ts'
import { attachObject } from '#modules/storage'
import { aCheckedRow } from '../storage/testing.ts'
import { attachFile, lockForFile } from './attach-file.ts'
import { convertReport } from './convert-report.ts'
import { markReportsDone } from './mark-done.ts'
import { cancelReport } from './cancel-report.ts'
import { collectSpecimens } from './collect-specimens.ts'
import { receiveSpecimens } from './receive-specimens.ts'
import { redrawSpecimens } from './redraw-specimens.ts'
import { rejectSpecimens } from './reject-specimens.ts'
import { rerunReport } from './rerun-report.ts'
import { saveValues } from './save-values.ts'
import { signReport } from './sign-report.ts'
import { unsignReport } from './unsign-report.ts'
import { verifyReport } from './verify-report.ts'
import { aBench, anOrder, aSigner } from './testing.ts'

interface Row {
  id: number
  version: number
  status: ReportStatus
  specimenId: number
  specimen: string
  isFile: boolean
  doneWith: number | null
}

let database: TestDatabase
const labs: { admin: Actor; junior: Actor; testIds: number[]; patientId: number }[] = []

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  for (const receiveOnCollect of [true, false]) {
    const { admin } = await aBench({ receiveOnCollect })
    const test = () => anActiveTest(admin, { parameters: [aParameter()], requiredSignRank: 5 })
    labs.push({ admin, junior: await aSigner(admin, 2), testIds: [(await test()).id, (await test()).id], patientId: (await aPatient(admin)).id })
  }
})

const told = { parameterCodes: ['GLU'], toldWhom: 'Dr Rao', readBack: true }
let counter = 0
/** A value is never entered twice, so that an amendment always differs; every third is critical. */
const nextValue = () => [{ code: 'GLU', value: String(++counter % 3 === 0 ? counter + 100 : 10 + (counter % 97) / 10), confirmed: true }]

const commands: Record<ReportAction, (tx: Tx, row: Row) => Promise<unknown>> = {
  collect: (tx, { specimenId }) => collectSpecimens(tx, { specimenIds: [specimenId] }),
  receive: (tx, { specimenId }) => receiveSpecimens(tx, { specimenIds: [specimenId] }),
  reject: (tx, { specimenId }) => rejectSpecimens(tx, { specimenIds: [specimenId], reason: 'clotted' }),
  redraw: (tx, { specimenId }) => redrawSpecimens(tx, { specimenIds: [specimenId] }),
  save: (tx, { id, version }) => saveValues(tx, id, { version, values: nextValue(), complete: false }),
  complete: (tx, { id, version }) => saveValues(tx, id, { version, values: nextValue(), complete: true }),
  acknowledge: (tx, { id, version }) => acknowledgeCritical(tx, id, { version, toldAt: tx.now.toISOString(), ...told }),
  verify: (tx, { id, version }) => verifyReport(tx, id, { version }),
  sign: (tx, { id, version }) => signReport(tx, id, { version }),
  unsign: (tx, { id, version }) => unsignReport(tx, id, { version, reason: 'wrong' }),
  amend: (tx, { id, version }) => amendReport(tx, id, { version, reason: 'wrong', values: nextValue() }),
  rerun: (tx, { id, version }) => rerunReport(tx, id, { version, codes: ['GLU'], reason: 'doubt' }),
  cancel: (tx, { id, version }) => cancelReport(tx, id, { version, reason: 'not wanted' }),
  attach_file: async (tx, { id }) => {
    const report = await lockForFile(tx, { labReportId: id })
    const object = await attachObject(tx, { objectId: await aCheckedRow(tx, report.patientId), category: 'FileTypeReport', patientId: report.patientId })
    await attachFile(tx, report, { object, letterhead: 'add' })
  },
  convert: (tx, { id, version, isFile }) => convertReport(tx, { labReportId: id, version, fileInputReport: !isFile, reason: 'wrong kind' }),
  mark_done: (tx, { id }) => markReportsDone(tx, { labReportId: id }),
}
const way: ReportAction[] = ['collect', 'receive', 'sign', 'unsign', 'complete']
const actions = Object.keys(commands) as ReportAction[]
/** Walks that together take every action once, whatever chance offers; only every third value is critical and can be acknowledged. */
const straight: ReportAction[][] = [
  ['collect', 'receive', 'save', 'complete', 'complete', 'acknowledge', 'verify', 'sign', 'amend', 'rerun', 'complete', 'verify', 'sign', 'unsign'],
  ['collect', 'receive', 'reject', 'redraw', 'convert', 'mark_done', 'attach_file', 'cancel'],
]
const expected = new Set(['reports.wrong_status', 'reports.specimen_wrong_status', 'platform.invalid_input', 'reports.critical_unacknowledged',
  'reports.already_signed_by_you', 'reports.values_missing', 'reports.file_report', 'reports.not_a_file_report', 'reports.file_missing',
  'reports.file_unchecked', 'reports.none_left_open'])

const specimensOf: Record<ReportStatus, string[]> = {
  ordered: ['pending', 'rejected'], collected: ['collected'], received: ['received'], in_progress: ['received'], completed: ['received'],
  verified: ['received'], partially_signed: ['received'], signed: ['received'],
  cancelled: ['pending', 'collected', 'received', 'rejected', 'replaced', 'cancelled'],
}

const rowsOf = (accessionId: number) => database.rows<Row>(`
  select r.id::int, r.version, r.status, r.specimen_id::int as "specimenId", s.status as specimen, r.is_file as "isFile", r.done_with_id as "doneWith"
  from reports.report r join reports.specimen s on s.id = r.specimen_id where r.accession_id = ${accessionId} order by r.id`)

function checkConsistent(rows: Row[]): void {
  // A file may be the result before its specimen came, or without one.
  for (const { status, specimen, isFile, doneWith } of rows) if (!isFile && doneWith === null) expect(specimensOf[status], `${status} report, ${specimen} specimen`).toContain(specimen)
  for (const bySpecimen of Map.groupBy(rows, ({ specimenId }) => specimenId).values()) {
    const idle = bySpecimen.every(({ status }) => status === 'cancelled')
    if (idle) expect(['pending']).not.toContain(bySpecimen[0]?.specimen)
    else expect(bySpecimen[0]?.specimen).not.toBe('cancelled')
  }
}

/** A report that moved did so by the action on it, or, for what happens to a specimen, by that action on its neighbour. */
function checkMoves(action: ReportAction, before: Row[], after: Row[], acted: number): void {
  for (const [index, row] of after.entries()) {
    const was = before[index]!
    const allowed: readonly ReportStatus[] = (reportTransitions[was.status] as Partial<Record<ReportAction, readonly ReportStatus[]>>)[action] ?? []
    if (row.id === acted && row.version !== was.version) expect(allowed, `${action} from ${was.status}`).toContain(row.status)
    else if (row.status !== was.status) expect(allowed, `${action} beside ${was.status}`).toContain(row.status)
    expect(row.version).toBeGreaterThanOrEqual(was.version)
  }
}

it('never leads outside the table of transitions, and never parts a report from its specimen', async () => {
  const step = fc.record({ action: fc.constantFrom(...actions), which: fc.constantFrom(0, 1), senior: fc.boolean() })
  // Random walks rarely get far: most steps take what the table offers, and many of those the way to a signed report.
  const offer = fc.record({ offered: fc.nat(12), which: fc.constantFrom(0, 1), senior: fc.boolean() })
  const ahead = fc.record({ ahead: fc.constant(true), which: fc.constantFrom(0, 1), senior: fc.boolean() })
  const walk = fc.array(fc.oneof({ arbitrary: step, weight: 1 }, { arbitrary: offer, weight: 2 }, { arbitrary: ahead, weight: 2 }),
    { minLength: 8, maxLength: 25 })
  const reached = new Set<string>()
  const examples = straight.map((each): [0 | 1, { action: ReportAction; which: 0 | 1; senior: boolean }[]] =>
    [1, each.map((action) => ({ action, which: 0, senior: true }))])
  await fc.assert(fc.asyncProperty(fc.constantFrom(0, 1), walk, async (which, steps) => {
    const { admin, junior, testIds, patientId } = labs[which]!
    const order = await anOrder(admin, testIds, { patientId })
    let rows = await rowsOf(order.id)
    for (const each of steps) {
      const row = rows[each.which]!
      const offered = Object.keys(reportTransitions[row.status]) as ReportAction[]
      const action = 'action' in each ? each.action : 'ahead' in each
        ? way.find((one) => offered.includes(one)) : offered[each.offered % offered.length]
      if (!action) continue
      try {
        await change(each.senior ? admin : junior, (tx) => commands[action](tx, row))
        reached.add(action)
      } catch (error) {
        expect(expected, `${action} from ${row.status}: ${String(error)}`).toContain((error as { code?: string }).code)
        expect(await rowsOf(order.id)).toEqual(rows)
        continue
      }
      const after = await rowsOf(order.id)
      checkMoves(action, rows, after, row.id)
      checkConsistent(after)
      rows = after
    }
  }), { numRuns: 3, examples })
  expect([...reached].sort()).toEqual([...actions].sort())
})
