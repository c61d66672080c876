import { MergeField, type Clinic, type Patient } from '@aliquot/contracts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { anActiveTest, aParameter } from './modules/catalog/testing.ts'
import { aBill, aDesk, itemsOf, type Desk } from './modules/billing/testing.ts'
import { addCard } from './modules/imaging/cards.ts'
import { aClinic, aReadyImage } from './modules/imaging/testing.ts'
import { createInsuranceGroup, labProfile } from './modules/labs/index.ts'
import { importIsolates } from './modules/molecular/index.ts'
import { addAttachment } from './modules/patients/attachments.ts'
import { viewByGuid, viewPatient } from './modules/patients/get-patient.ts'
import { listPatients } from './modules/patients/list-patients.ts'
import { mergePatients } from './modules/patients/merge-patients.ts'
import { patientTimeline } from './modules/patients/patient-timeline.ts'
import { previewMerge } from './modules/patients/preview-merge.ts'
import { findDuplicates } from './modules/patients/find-duplicates.ts'
import { aPatient, aPerson, register, setAllowedTests } from './modules/patients/testing.ts'
import { verifyPublicly } from './modules/reports/verify-publicly.ts'
import { signReport } from './modules/reports/sign-report.ts'
import { enter } from './modules/reports/testing.ts'
import { aCheckedRow } from './modules/storage/testing.ts'
import { reserveObject } from './modules/storage/reserve-object.ts'
import { modules } from './modules.ts'
import type { Actor } from './platform/auth/index.ts'
import { countStatements } from './platform/db/index.ts'
import { registerModules } from './platform/module/index.ts'
import { search } from './platform/search/index.ts'
import { testDatabase, type TestDatabase } from './platform/testing/index.ts'
import { change, read } from './platform/unit-of-work/index.ts'

let database: TestDatabase
let desk: Desk
let admin: Actor
let glucose: number
let groups: number[]
let clinic: Clinic

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  desk = await aDesk()
  admin = desk.admin
  glucose = (await anActiveTest(admin, { parameters: [aParameter()] })).id
  clinic = await aClinic(admin)
  groups = await change(admin, async (tx) => [
    (await createInsuranceGroup(tx, { name: 'Star' })).id, (await createInsuranceGroup(tx, { name: 'Care' })).id,
  ])
})

interface Story {
  bills: number
  signed: boolean
  files: number
  policies: { group: number; number: string }[]
  proofs: string[]
  limited: number[] | null
  cards: string[]
  images: number
}

const story: fc.Arbitrary<Story> = fc.record({
  bills: fc.integer({ min: 0, max: 2 }), signed: fc.boolean(), files: fc.integer({ min: 0, max: 2 }),
  policies: fc.uniqueArray(fc.record({ group: fc.integer({ min: 0, max: 1 }), number: fc.constantFrom('A 1', 'B2') }),
    { maxLength: 3, selector: ({ group, number }) => `${group}${number}` }),
  proofs: fc.uniqueArray(fc.constantFrom('one', 'two', 'three'), { maxLength: 2 }),
  limited: fc.option(fc.subarray([0, 1], { minLength: 1 })),
  cards: fc.uniqueArray(fc.constantFrom('C 1', 'C 2'), { maxLength: 2 }), images: fc.integer({ min: 0, max: 1 }),
})

/** A patient with everything that can hang on one, made by the commands that make it. */
async function live({ bills, signed, files, policies, proofs, limited, cards = [], images = 0 }: Omit<Story, 'cards' | 'images'> & Partial<Story>): Promise<Patient> {
  const patient = await aPatient(admin, {
    insuranceList: policies.map(({ group, number }) => ({ insuranceGroupId: groups[group] ?? 0, policyNumber: number })),
    idProofs: proofs.map((number) => ({ type: 'other', number })),
  })
  const at = { ...desk, patientId: patient.id }
  for (let i = 0; i < bills; i++) await aBill(at, { items: itemsOf([...desk.tests]), payments: [{ amount: 100 + i, method: 'cash' }] })
  if (signed) {
    await issued(patient)
    await isolated(patient)
  }
  for (let i = 0; i < files; i++) {
    await change(admin, async (tx) => {
      await aCheckedRow(tx, patient.id)
      const { objectId } = await reserveObject(tx,
        { fileName: 'referral.pdf', contentType: 'application/pdf', size: 1000, category: 'PatientAttachment', patientId: patient.id }, 'IN')
      await tx.db.updateTable('storage.object').set({ state: 'verified', checked_at: tx.now, pages: 1, sha256: 'ab' }).where('id', '=', objectId).execute()
      await addAttachment(tx, patient.id, { objectId, title: 'Referral' })
    })
  }
  for (const cardId of cards) await change(admin, (tx) => addCard(tx, { clinicId: clinic.id, cardId, patientId: patient.id }))
  for (let i = 0; i < images; i++) await aReadyImage(admin, clinic, patient)
  if (limited) await change(admin, (tx) => setAllowedTests(tx, patient.id, limited.map((place) => desk.tests[place] ?? 0)))
  return reread(patient)
}

async function issued(patient: { id: number }) {
  const { accession } = await aBill({ ...desk, patientId: patient.id }, { items: itemsOf([glucose]), collectNow: true })
  const reportId = accession.reports[0]?.id ?? 0
  const { version } = await enter(admin, reportId, { GLU: '15' })
  await change(admin, (tx) => signReport(tx, reportId, { version }))
  return { reportId }
}

/** An isolate of a file that names the patient by number. */
const isolated = ({ number }: Patient) => change(admin, (tx) => importIsolates(tx, {
  fileName: 'isolates.csv', contents: Buffer.from(`isolate_id,date,patient,organism,CIP\n${number},2025-03-01,${number},Escherichia coli,R\n`).toString('base64'), dryRun: false,
}))

const lab = () => labProfile(admin.labId)
const reread = async ({ id }: { id: number }, actor = admin): Promise<Patient> => {
  const profile = await lab()
  const { toPatient } = await import('./modules/patients/patient-row.ts')
  return toPatient(await viewPatient(actor, id), profile, actor)
}
async function merge(keep: Patient, gone: Patient, choose: MergeField[] = [], actor = admin): Promise<Patient> {
  const profile = await lab()
  const body = { keepId: keep.id, version: keep.version, mergeId: gone.id, mergeVersion: gone.version, choose }
  return change(actor, (tx) => mergePatients(tx, body, profile))
}

/** Every table that refers to patients, by the name of a column or by a foreign key. The log says what happened then, and stays. */
const referring = () => database.rows<{ name: string; column: string }>(`
  select format('%I.%I', c.table_schema, c.table_name) as name, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
  where t.table_type = 'BASE TABLE' and c.column_name = 'patient_id' and format('%s.%s', c.table_schema, c.table_name) <> 'platform.activity'
  union select con.conrelid::regclass::text, a.attname from pg_constraint con join pg_attribute a on a.attrelid = con.conrelid and a.attnum = any (con.conkey)
  where con.confrelid = 'patients.patient'::regclass and con.contype = 'f' and a.attname not in ('lab_id', 'merged_into')`)

/** What must be the same in sum before and after: rows that may not be lost, money. */
const totals = () => database.rows(`select (select count(*) from billing.bill) as bills, (select sum(total) from billing.bill) as billed,
  (select sum(paid) from billing.bill) as paid, (select sum(amount) from billing.payment) as payments, (select count(*) from reports.report) as reports,
  (select count(*) from reports.value) as values, (select count(*) from reports.accession) as accessions, (select count(*) from storage.object) as objects,
  (select count(*) from patients.attachment) as attachments, (select count(*) from molecular.isolate) as isolates,
  (select count(*) from imaging.image where state = 'ready') as images, (select count(*) from patients.patient) as patients`)

describe('merging two records of one person', () => {
  it('leaves nothing behind in any table, loses nothing, and sums stay what they were', async () => {
    const tables = await referring()
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['billing.bill', 'reports.report', 'reports.value', 'storage.object',
      'devices.result', 'imaging.card', 'imaging.image', 'molecular.isolate', 'patients.insurance', 'platform.search_document']))
    await fc.assert(fc.asyncProperty(story, story, fc.subarray([...MergeField.enum]), async (first, second, choose) => {
      const [keep, gone] = [await live(first), await live(second)]
      const before = await totals()
      const both = [keep.id, gone.id]
      const [policies] = await database.rows(`select count(distinct (insurance_group_id, policy_key)) as n from patients.insurance
        where patient_id = any ($1)`, [both])
      const [allowed] = await database.rows('select count(distinct test_id) as n from patients.allowed_test where patient_id = any ($1)', [both])
      const [cards] = await database.rows('select count(distinct card_id) as n from imaging.card where patient_id = any ($1)', [both])
      const after = await merge(keep, gone, choose)
      for (const { name, column } of tables) expect(await database.rows(`select from ${name} where ${column} = ${gone.id}`), name).toEqual([])
      expect(await totals()).toEqual(before)
      expect(after.insuranceList).toHaveLength(policies?.n as number)
      expect(await database.rows('select from imaging.card where patient_id = $1', [keep.id])).toHaveLength(cards?.n as number)
      expect(new Set(after.idProofs.map(({ number }) => number))).toEqual(new Set([...first.proofs, ...second.proofs]))
      expect(after.testsLimited).toBe(first.limited !== null || second.limited !== null)
      expect(await database.rows('select from patients.allowed_test where patient_id = $1', [keep.id])).toHaveLength(allowed?.n as number)
      for (const field of ['fullName', 'sex', 'birthDate'] as const) expect(after[field]).toBe((choose.includes(field) ? gone : keep)[field])
      expect(after).toMatchObject({ number: keep.number, guid: keep.guid, mergedRecords: [{ id: gone.id, number: gone.number }] })
    }), { numRuns: 6 })
  })

  it('leaves a signpost: id, number and guid of the merged record lead to the kept one, which alone is listed', async () => {
    const [keep, gone] = [await aPatient(admin), await aPatient(admin, { fullName: 'Zubaida Qureshi', phone: '+91 98111 22334' })]
    const last = await aPatient(admin)
    await merge(keep, gone)
    expect((await viewPatient(admin, gone.id)).id).toBe(keep.id)
    expect((await viewByGuid(admin, gone.guid)).id).toBe(keep.id)
    const found = (await read(admin, (db) => search(db, gone.number, ['patient']))).map(({ id }) => id)
    expect(found[0]).toBe(keep.id)
    expect(found).not.toContain(gone.id)
    const listed = await read(admin, async (db) => listPatients(db, { limit: 200 }, await lab()))
    expect(listed.items.map(({ id }) => id)).not.toContain(gone.id)
    const alike = { fullName: gone.fullName, birthDate: gone.birthDate, phone: '9811122334' }
    expect(await read(admin, async (db) => findDuplicates(db, alike, await lab()))).toEqual([])
    await expect(register(admin, { userDetailsId: gone.id, version: gone.version + 1, city: 'Agra' })).rejects.toMatchObject({ code: 'patients.merged' })
    await expect(aBill({ ...desk, patientId: gone.id })).rejects.toMatchObject({ errors: [{ path: '/patientId' }] })
    // A record that is merged on takes its signposts along.
    const end = await merge(last, await reread(keep))
    expect(end.mergedRecords.map(({ id }) => id).toSorted()).toEqual([keep.id, gone.id].toSorted())
    expect((await viewPatient(admin, gone.id)).id).toBe(last.id)
    const { items } = await read(admin, (db) => patientTimeline(db, [last.id, keep.id, gone.id], {}))
    expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining([
      `Merged ${gone.number} into ${keep.fullName} (${keep.number})`, `${gone.fullName} (${gone.number}) was merged into ${keep.number}`,
      `Registered ${gone.fullName} (${gone.number})`,
    ]))
  })

  it('keeps both id numbers: the one not chosen becomes an id proof, and neither can be registered again', async () => {
    const keep = await aPatient(admin, { nationalId: 'K1234567', nationalIdType: 'passport' })
    const gone = await aPatient(admin, { nationalId: 'ABCPE1234F', nationalIdType: 'pan' })
    const after = await merge(keep, gone, ['nationalId'])
    expect(after).toMatchObject({ nationalId: 'ABCPE1234F', idProofs: [{ type: 'passport', number: 'K1234567' }] })
    await expect(register(admin, aPerson({ nationalId: 'ABCPE1234F', nationalIdType: 'pan' }))).rejects.toMatchObject({ code: 'patients.national_id_taken' })
  })

  it('keeps the name that a signed report was issued with, for whoever holds the paper, and prints the kept one', async () => {
    const keep = await aPatient(admin, { fullName: 'Kavya Nair', birthDate: '1990-02-02' })
    const gone = await aPatient(admin, { fullName: 'Cavya Nayar', birthDate: '1991-02-02' })
    const { reportId } = await issued(gone)
    await merge(keep, await reread(gone))
    const [{ token } = { token: '' }] = await database.rows<{ token: string }>('select verify_token as token from reports.report where id = $1', [reportId])
    expect(await verifyPublicly(token, 0)).toMatchObject({ patientInitials: 'K. N.', birthYear: 1990,
      issuedAs: { patientInitials: 'C. N.', birthYear: 1991 }, current: true })
  })

  it('shows beforehand what would move, in as many statements for few records as for many', async () => {
    const keep = await aPatient(admin)
    const gone = await live({ bills: 2, signed: true, files: 1, policies: [{ group: 0, number: 'Z9' }], proofs: ['zq1'], limited: null })
    const preview = await previewMerge(admin, keep.id, gone.id, await lab())
    expect(preview).toMatchObject({ keep: { id: keep.id }, merge: { id: gone.id },
      moves: { bills: 3, reports: 5, accessions: 3, attachments: 1, files: 2, idProofs: 1, policies: 1, results: 0, isolates: 1 } })
    const cost = async (first: Patient, second: Patient) => (await countStatements(() => merge(first, second))).statements
    expect(await cost(keep, await reread(gone))).toBeLessThanOrEqual(1 + await cost(await aPatient(admin), await live(
      { bills: 1, signed: false, files: 1, policies: [], proofs: [], limited: null })))
  })
})

describe('a merge is refused', () => {
  const code = (attempt: Promise<unknown>) => attempt.then(() => 'done', (error: { code: string; errors?: { path: string }[] }) => error.code)

  it('into itself, of a merged record, of another lab, on a version that changed meanwhile', async () => {
    const [one, two, three] = [await aPatient(admin), await aPatient(admin), await aPatient(admin)]
    expect(await code(merge(one, one))).toBe('platform.invalid_input')
    expect(await code(merge(one, { ...two, version: 7 }))).toBe('platform.stale_version')
    expect(await code(merge({ ...one, version: 7 }, two))).toBe('platform.stale_version')
    const elsewhere = await aDesk()
    expect(await code(merge(one, await aPatient(elsewhere.admin)))).toBe('platform.not_found')
    expect(await code(merge(one, two, [], elsewhere.admin))).toBe('platform.not_found')
    const after = await merge(one, two)
    expect(await code(merge(three, { ...two, version: 2 }))).toBe('patients.merged')
    expect(await code(merge({ ...two, version: 2 }, three))).toBe('patients.merged')
    expect(await code(merge(after, { ...two, version: 2 }))).toBe('patients.merged')
  })

  it('where a signed report would name somebody else, except with the permission', async () => {
    const clerk: Actor = { ...admin, permissions: new Set(['patients.view', 'patients.merge']) }
    const pair = async (of: 'keep' | 'gone') => {
      const birthDate = '1980-01-01'
      const [keep, gone] = [await aPatient(admin, { birthDate, sex: 'male' }), await aPatient(admin, { birthDate, sex: 'male' })]
      await issued(of === 'keep' ? keep : gone)
      return [await reread(keep), await reread(gone)] as const
    }
    const [keep, gone] = await pair('keep')
    expect(await code(merge(keep, gone, ['fullName'], clerk))).toBe('patients.identity_locked')
    expect(await code(merge(keep, gone, ['phone'], clerk))).toBe('done')
    const [other, signed] = await pair('gone')
    expect(await code(merge(other, signed, [], clerk))).toBe('patients.identity_locked')
    const after = await merge(other, signed, ['fullName'], clerk)
    expect(after.fullName).toBe(signed.fullName)
    expect(after.strictFields).toContain('fullName')
  })
})

it('lets merges at once wait for each other: of two that cross, one is refused, and a bill placed meanwhile is not lost', async () => {
  const clerk: Desk = desk
  for (let round = 0; round < 5; round++) {
    const [a, b, c] = [await aPatient(admin), await aPatient(admin), await aPatient(admin)]
    const outcomes = await Promise.allSettled([merge(a, b), merge(b, a), merge(c, b), aBill({ ...clerk, patientId: b.id })])
    const refused = outcomes.slice(0, 3).flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []))
    expect(refused).toHaveLength(2)
    for (const why of refused) expect(['patients.merged', 'platform.stale_version']).toContain(why)
    const left = await database.rows(`select from billing.bill b join patients.patient p on p.id = b.patient_id where p.merged_into is not null`)
    expect(left).toEqual([])
  }
})
