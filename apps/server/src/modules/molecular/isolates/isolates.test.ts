import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../../modules.ts'
import { registerPatient } from '../../patients/index.ts'
import { aPerson } from '../../patients/testing.ts'
import { labProfile } from '../../labs/index.ts'
import { aBench, aReceivedOrder, cancelReport, signReport, unsignReport } from '../../reports/testing.ts'
import { getAntibiogram } from '../antibiogram/get-antibiogram.ts'
import { updateDrugs } from '../save-entry.ts'
import { aPanel, aPanelBody, mastersByName } from '../testing/entry.ts'
import type { Actor } from '#platform/auth'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { previewRepair, repairIsolates } from './repair-isolates.ts'
import { followReport, moveIsolates } from './refresh-isolates.ts'

let database: TestDatabase
let admin: Actor
let stranger: Actor
let culture: number
let id: Record<string, number>
const of = (name: string): number => id[name] ?? expect.fail(`no default is called ${name}`)

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  admin = (await aBench()).admin
  stranger = (await aBench()).admin
  id = await mastersByName(database)
  culture = await aPanel(admin, aPanelBody({ kind: 'culture', controls: [], bins: [], antibiotics: [of('AMX'), of('CIP'), of('MEM')] }))
})

const organisms = ['Escherichia coli', 'Klebsiella pneumoniae'] as const
interface Grown {
  organism: number
  number: number
  cip: string | null
  amx: string | null
}
const newPatient = async () => (await registerPatient_()).id
const registerPatient_ = async () => {
  const lab = await labProfile(admin.labId)
  return (await change(admin, (tx) => registerPatient(tx, aPerson({ acknowledgeDuplicates: true }), lab))).patient
}

const bodyOf = (grown: Grown[]) => ({
  growth: 'growth' as const, complete: true,
  organisms: grown.map(({ organism, number }) => ({ id: of(organisms[organism] ?? ''), number })),
  antibiotics: grown.flatMap(({ organism, number, cip, amx }) => [['CIP', cip], ['AMX', amx]].map(([drug, value]) =>
    ({ id: of(drug ?? ''), organism_id: of(organisms[organism] ?? ''), number, result: value ?? null, measured: value === null || value === undefined ? '' : '12 mm' }))),
})

async function signedReport(patientId: number, grown: Grown[]): Promise<number> {
  const { reports: [report] } = await aReceivedOrder(admin, [culture], { patientId })
  const reportId = report?.id ?? 0
  const { version } = await change(admin, (tx) => updateDrugs(tx, reportId, bodyOf(grown)))
  await change(admin, (tx) => signReport(tx, reportId, { version }))
  return reportId
}

/** One that would change nothing is refused. */
const amend = (reportId: number, version: number, grown: Grown[]) =>
  change(admin, (tx) => updateDrugs(tx, reportId, { ...bodyOf(grown), version, reason: 'corrected' })).catch((error: unknown) => {
    expect(error).toMatchObject({ errors: [{ code: 'reports.nothing_amended' }] })
  })

const follow = (reportId: number) => followReport({ labId: admin.labId, subjectId: reportId }, { actor: admin, attempt: 1, lastAttempt: false })
const versionOf = async (reportId: number) => (await database.rows<{ version: number; status: string }>('select version, status from reports.report where id = $1', [reportId]))[0]
const isolates = () => database.rows(`select report_id, organism_id, number, patient_id, organism, species, collected_on::text, specimen, surveillance, results, measured
  from molecular.isolate where lab_id = ${admin.labId} order by report_id, organism_id, number`)

describe('isolates of reports', () => {
  it('appear when the report is signed and go when it is unsigned; the job may come twice', async () => {
    const report = await signedReport(await newPatient(), [{ organism: 0, number: 1, cip: 'R', amx: null }, { organism: 0, number: 2, cip: 'SDD', amx: 'S' }])
    const jobs = await database.rows<{ n: number }>(`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'molecular.follow_report'`)
    expect(jobs[0]?.n).toBeGreaterThan(0)
    await follow(report)
    const first = await isolates()
    expect(first).toMatchObject([{ species: 'Escherichia coli', number: 1, results: `${of('CIP')}R` }, { number: 2, results: `${of('AMX')}S${of('CIP')}D`.split(/(?<=[A-Z])/).toSorted((a, b) => parseInt(a) - parseInt(b)).join('') }])
    await follow(report)
    expect(await isolates()).toEqual(first)
    expect(await database.rows(`select count(*)::int as n from platform.activity where action = 'molecular.isolates_followed'`)).toEqual([{ n: 1 }])
    expect((await read(stranger, (db) => getAntibiogram(db, stranger.labId, { minimum: 1 }))).cells).toEqual([])
    expect((await read(admin, (db) => getAntibiogram(db, admin.labId, { minimum: 1, method: 'all' }))).isolates.found).toBe(2)
    await change(admin, async (tx) => unsignReport(tx, report, { version: (await versionOf(report))?.version ?? 0, reason: 'wrong drug' }))
    await follow(report)
    expect(await isolates()).toEqual([])
  })

  it('after any work are what a full recomputation gives; damage is repaired once', async () => {
    const someGrown = fc.uniqueArray(fc.record({
      organism: fc.nat({ max: 1 }), number: fc.integer({ min: 1, max: 2 }), cip: fc.constantFrom(null, 'S', 'I', 'R'), amx: fc.constantFrom(null, 'S', 'NS'),
    }), { minLength: 1, maxLength: 3, selector: ({ organism, number }) => organism * 10 + number })
    const someWork = fc.array(fc.record({ kind: fc.constantFrom('sign', 'amend', 'unsign', 'cancel', 'merge'), which: fc.nat(), grown: someGrown }), { minLength: 4, maxLength: 8 })
    await fc.assert(fc.asyncProperty(someWork, async (work) => {
      const patients = [await newPatient(), await newPatient()]
      const reports = [await signedReport(patients[0] ?? 0, [{ organism: 0, number: 1, cip: 'S', amx: null }])]
      const touched = new Set(reports)
      for (const { kind, which, grown } of work) {
        const report = reports[which % reports.length] ?? 0
        const now = await versionOf(report)
        if (kind === 'sign') reports.push(await signedReport(patients[which % 2] ?? 0, grown))
        else if (kind === 'merge') {
          // As a merge does it: reports first, then what follows them, in one transaction.
          await database.rows('update reports.report set patient_id = $1 where patient_id = $2', patients)
          await change(admin, async (tx) => {
            await moveIsolates(tx, { keepId: patients[0] ?? 0, mergeId: patients[1] ?? 0 })
            tx.record('molecular.isolates_followed', { id: 0 })
          })
        } else if (now?.status === 'signed' && kind === 'unsign') await change(admin, (tx) => unsignReport(tx, report, { version: now.version, reason: 'again' }))
        else if (now?.status === 'signed' && kind === 'amend') await amend(report, now.version, grown)
        else if (now?.status === 'signed' && kind === 'cancel') {
          // What is signed is taken back before it is cancelled.
          await change(admin, (tx) => unsignReport(tx, report, { version: now.version, reason: 'again' }))
          await change(admin, async (tx) => cancelReport(tx, report, { version: (await versionOf(report))?.version ?? 0, reason: 'not wanted' }))
        } else if (now && now.status !== 'cancelled' && kind === 'cancel') await change(admin, (tx) => cancelReport(tx, report, { version: now.version, reason: 'not wanted' }))
        for (const one of reports) touched.add(one)
        for (const one of touched) await follow(one)
      }
      const kept = await isolates()
      expect(await previewRepair(admin)).toMatchObject({ missing: 0, different: 0, surplus: 0 })
      await database.rows(`delete from molecular.isolate where id % 3 = 0`)
      await database.rows(`update molecular.isolate set results = '', species = 'wrong' where id % 3 = 1`)
      const found = await previewRepair(admin)
      expect(await repairIsolates(admin)).toEqual(found)
      expect(await isolates()).toEqual(kept)
      expect(await repairIsolates(admin)).toMatchObject({ missing: 0, different: 0, surplus: 0 })
    }), { numRuns: 5 })
  })
})
