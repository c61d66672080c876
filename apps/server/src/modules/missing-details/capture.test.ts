import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Patient, RegisterPatientBody } from '@aliquot/contracts'
import { modules } from '../../modules.ts'
import { aBill, aDesk, cancelBill, updateBill, type Desk } from '../billing/testing.ts'
import { createDoctor, createInsuranceGroup } from '../labs/index.ts'
import { updateDoctor } from '../labs/testing.ts'
import { aPatient, register, setIdProofs } from '../patients/testing.ts'
import { getReport, signReports } from '../reports/index.ts'
import { aReceivedOrder, enter, signReport } from '../reports/testing.ts'
import { anActiveTest, aParameter } from '../catalog/testing.ts'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { mergeDetails } from './index.ts'
import { resolveDetails } from './resolve-details.ts'
import { detailsOf, watch } from './testing.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
})

const edit = async (desk: Desk, { id, version }: Pick<Patient, 'id' | 'version'>, changes: Partial<RegisterPatientBody>) =>
  (await register(desk.admin, { userDetailsId: id, version, acknowledgeDuplicates: true, ...changes })).patient
const resolve = (desk: Desk, ids: number[], isResolved: boolean) => change(desk.admin, (tx) => resolveDetails(tx, { ids, isResolved }))
const open = (desk: Desk, filters = {}) => detailsOf(desk.admin, { isResolved: false, ...filters })

describe('a registration', () => {
  it('opens what holds its placeholder, however it is written, and an edit closes it in the name of who edits', async () => {
    const desk = await aDesk()
    await watch(desk.admin, 'patients.city', 'Not Known')
    const patient = await aPatient(desk.admin, { city: ' not  KNOWN ', phone: '9845011111' })
    expect(patient).toMatchObject({ hasMissingFields: true, has_missing_fields: true, missingDetails: [{ fieldName: 'city', label: 'City',
      url: `/patients/${patient.id}/edit?focus=city` }] })
    expect(await open(desk)).toMatchObject([{ field_name: 'city', fieldValue: 'Not Known', field_module: 'patients', is_resolved: false,
      patient: { number: patient.number }, user_details_id: patient.id, resolved_at: null }])
    const known = await edit(desk, patient, { city: 'Pune' })
    expect(known).toMatchObject({ hasMissingFields: false, missingDetails: [] })
    const [closed] = await detailsOf(desk.admin)
    expect(closed).toMatchObject({ state: 'edited', is_resolved: true, resolvedByLabUser: { id: desk.admin.accountId }, resolved_by_doctor: null })
    expect(await open(desk)).toEqual([])
    const log = await database.rows(`select message from platform.activity where lab_id = $1 and action like 'missing_details.%' order by id`,
      [desk.admin.labId])
    expect(log.map(({ message }) => message)).toEqual(['Watches City with the placeholder “Not Known”',
      `Left City of ${patient.fullName} (${patient.number}) to be completed`, `Completed City of ${patient.fullName} (${patient.number})`])
  })

  it('takes a placeholder that looks like no number, from any number of patients, and calls none of them another', async () => {
    const desk = await aDesk()
    await expect(aPatient(desk.admin, { phone: '9999999999' })).rejects.toMatchObject({ errors: [{ code: 'patients.implausible_phone' }] })
    await watch(desk.admin, 'patients.phone', '9999999999')
    await watch(desk.admin, 'patients.nationalId', 'NA')
    await watch(desk.admin, 'patients.birthDate', '1901-01-01')
    const unknown = { sex: 'male', birthDate: '1901-01-01', phone: '9999999999', nationalId: 'NA', nationalIdType: 'aadhaar' } as const
    const first = await register(desk.admin, { fullName: 'Unknown Man', ...unknown })
    const second = await register(desk.admin, { fullName: 'Unknown Man', ...unknown })
    expect(second).toMatchObject({ created: true, duplicates: [], patient: { missingDetails: { length: 3 } } })
    // Once it is a placeholder no more, those who have it stay as they are and can be corrected.
    await watch(desk.admin, 'patients.nationalId', 'NONE')
    expect(await edit(desk, first.patient, { city: 'Goa' })).toMatchObject({ city: 'Goa', missingDetails: { length: 3 } })
    await expect(edit(desk, second.patient, { nationalId: 'NA ' })).rejects.toMatchObject({ errors: [{ path: '/nationalId' }] })
  })

  it('compares organisations and doctors by id: a renamed one is the same placeholder', async () => {
    const desk = await aDesk()
    const { items: [config] } = await watch(desk.admin, 'patients.doctor', 'Dr. Unknown')
    const doctorId = config?.entityId ?? 0
    const patient = await aPatient(desk.admin, { doctorId })
    expect(patient.missingDetails).toMatchObject([{ fieldName: 'doctor' }])
    await change(desk.admin, (tx) => updateDoctor(tx, doctorId, { version: 1, name: 'Dr. Nobody' }))
    const touched = await edit(desk, patient, { city: 'Pune' })
    expect(touched.missingDetails).toHaveLength(1)
    const { id } = await change(desk.admin, (tx) => createDoctor(tx, { name: 'Dr. Known' }))
    expect((await edit(desk, touched, { doctorId: id })).missingDetails).toEqual([])
  })

  it('reads the insurance group of the policy that is asked first', async () => {
    const desk = await aDesk()
    const { items: [config] } = await watch(desk.admin, 'patients.insuranceGroup', 'Unknown insurer')
    const { id } = await change(desk.admin, (tx) => createInsuranceGroup(tx, { name: 'Star' }))
    const unknown = { insuranceGroupId: config?.entityId ?? 0, policyNumber: 'unknown' }
    const patient = await aPatient(desk.admin, { insuranceList: [unknown] })
    expect(patient.missingDetails).toMatchObject([{ fieldName: 'insuranceGroup', url: `/patients/${patient.id}/edit?focus=insuranceGroup` }])
    expect((await aPatient(desk.admin)).missingDetails).toEqual([])
    const insured = await edit(desk, patient, { insuranceList: [{ insuranceGroupId: id, policyNumber: 'S1' }, unknown] })
    expect(insured.missingDetails).toEqual([])
    expect((await edit(desk, insured, { insuranceList: [unknown] })).missingDetails).toHaveLength(1)
  })

  it('judges id proofs where only they are saved', async () => {
    const desk = await aDesk()
    await watch(desk.admin, 'patients.idProof', 'NOT SHOWN')
    const { id } = await aPatient(desk.admin)
    await change(desk.admin, (tx) => setIdProofs(tx, id, [{ type: 'other', number: 'Not shown' }]))
    expect(await open(desk, { patientId: id })).toHaveLength(1)
    await change(desk.admin, (tx) => setIdProofs(tx, id, [{ type: 'passport', number: 'K1234567' }]))
    expect(await open(desk, { patientId: id })).toEqual([])
  })
})

describe('a bill', () => {
  it('opens and closes its own, moves them with a merge, and withdraws them when it is cancelled', async () => {
    const desk = await aDesk()
    await watch(desk.admin, 'billing.icd', 'Z00.0')
    await watch(desk.admin, 'billing.notes', 'to ask')
    const icd = [{ code: 'Z00.0', description: 'Examination' }]
    const bill = await aBill(desk, { icd, notes: 'To ask' })
    expect(bill).toMatchObject({ has_missing_fields: true, missingDetails: [{ url: `/bills/${bill.id}/edit?focus=icd` }, { fieldName: 'notes' }] })
    const fixed = await change(desk.admin, (tx) => updateBill(tx, bill.id, { version: bill.version, icd: [{ code: 'E11.9', description: '' }] }))
    expect(fixed.missingDetails).toMatchObject([{ fieldName: 'notes' }])
    expect((await aBill(desk)).has_missing_fields).toBe(false)

    const into = await aPatient(desk.admin)
    await change(desk.admin, (tx) => mergeDetails(tx, { keepId: into.id, mergeId: desk.patientId }))
    await edit(desk, into, { city: 'Pune' })
    expect(await open(desk, { patientId: into.id })).toMatchObject([{ bill: { number: bill.number }, patient: { fullName: into.fullName } }])
    await change(desk.admin, (tx) => cancelBill(tx, bill.id, { version: fixed.version, reason: 'gone' }))
    expect(await open(desk)).toEqual([])
  })
})

describe('a detail that blocks release', () => {
  it('keeps a report from being signed, alone and among many, and says where to mend it', async () => {
    const desk = await aDesk()
    const glucose = (await anActiveTest(desk.admin, { parameters: [aParameter()] })).id
    await watch(desk.admin, 'patients.city', 'unknown', { blocksRelease: true })
    await watch(desk.admin, 'patients.address', 'unknown')
    const { reports: [ordered] } = await aReceivedOrder(desk.admin, [glucose])
    const report = await enter(desk.admin, ordered!.id, { GLU: '15' })
    const { patient: { id } } = await read(desk.admin, (db) => getReport(db, desk.admin, report.id))
    const [found] = await database.rows<{ version: number }>('select version from patients.patient where id = $1', [id])
    const patient = await edit(desk, { id, version: found!.version }, { city: 'Unknown', address: 'unknown' })
    const sign = () => change(desk.admin, (tx) => signReport(tx, report.id, { version: report.version }))
    await expect(sign()).rejects.toMatchObject({ code: 'reports.details_missing', message: expect.stringContaining('City.') as string,
      detail: { missingDetails: [{ fieldName: 'city', url: `/patients/${id}/edit?focus=city` }] } })
    const { outcomes } = await change(desk.admin, (tx) => signReports(tx, { reports: [{ reportId: report.id, version: report.version }] }))
    expect(outcomes).toMatchObject([{ ok: false, code: 'reports.details_missing' }])
    expect(await read(desk.admin, (db) => getReport(db, desk.admin, report.id))).toMatchObject({
      has_missing_fields: true, missingDetails: [{ fieldName: 'city', blocksRelease: true }, { fieldName: 'address', blocksRelease: false }] })
    await edit(desk, patient, { city: 'Pune' })
    await sign()
  })
})

describe('what it costs', () => {
  it('is nothing for a lab that watches nothing, and one statement whatever the number of fields', async () => {
    const desk = await aDesk()
    const facts = { city: 'x', address: 'x', pincode: 'x', notes: 'x', title: 'x', email: 'x@x.example', phone: '9845011111', source: 'desk' } as const
    const cost = async () => (await countStatements(() => aPatient(desk.admin, facts))).statements
    const bill = async () => (await countStatements(() => aBill(desk, { notes: 'x' }))).statements
    const [none, noneBilled] = [await cost(), await bill()]
    await watch(desk.admin, 'patients.city', 'x')
    const one = await cost()
    for (const field of ['address', 'pincode', 'notes', 'title'] as const) await watch(desk.admin, `patients.${field}`, 'x')
    await watch(desk.admin, 'patients.email', 'x@x.example')
    await watch(desk.admin, 'patients.phone', '9845011111')
    await watch(desk.admin, 'patients.source', 'desk')
    await watch(desk.admin, 'patients.fullName', 'nobody')
    await watch(desk.admin, 'billing.notes', 'x')
    const [ten, tenBilled] = [await cost(), await bill()]
    expect([one - none, ten - one, tenBilled - noneBilled]).toEqual([1, 0, 1])
    expect((await aPatient(desk.admin, facts)).missingDetails).toHaveLength(8)
  })
})

type Step =
  | { do: 'register'; city: string }
  | { do: 'edit' | 'touch'; who: number; city: string }
  | { do: 'confirm' | 'unresolve'; who: number }
  | { do: 'watch'; value: string; disabled: boolean }
  | { do: 'bill' | 'editBill'; who: number; notes: string }

/** What should be of one record: its value, and the incident that follows from it. */
interface Known {
  value: string
  opened: string | null
  state: 'none' | 'open' | 'confirmed' | 'edited'
}

describe('an incident', () => {
  it('is open exactly when its field holds the placeholder and nobody has confirmed it, whatever happens in whatever order', async () => {
    const desk = await aDesk()
    const word = fc.constantFrom('unknown', 'UNKNOWN ', 'nil', 'Pune')
    const who = fc.nat(3)
    const step = fc.oneof(
      fc.record({ do: fc.constant('register' as const), city: word }),
      fc.record({ do: fc.constantFrom('edit' as const, 'touch' as const), who, city: word }),
      fc.record({ do: fc.constantFrom('confirm' as const, 'unresolve' as const), who }),
      fc.record({ do: fc.constant('watch' as const), value: fc.constantFrom('unknown', 'nil'), disabled: fc.boolean() }),
      fc.record({ do: fc.constantFrom('bill' as const, 'editBill' as const), who, notes: word }),
    )
    const fold = (text: string) => text.trim().toLowerCase()
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps: Step[]) => {
      const patients: (Known & { id: number; version: number })[] = []
      const bills: (Known & { id: number; version: number; patientId: number })[] = []
      let config: { value: string; disabled: boolean } | null = null
      const judge = (record: Known) => {
        const stays = ['open', 'confirmed'].includes(record.state) && fold(record.value) === record.opened
        if (stays) return
        if (config && !config.disabled && fold(record.value) === config.value) Object.assign(record, { state: 'open', opened: config.value })
        else if (record.state !== 'none') record.state = 'edited'
      }
      const incidentOf = async (filters: { patientId: number; billId?: number }) => (await database.rows<{ id: number }>(
        'select id from missing_details.incident where patient_id = $1 and bill_id is not distinct from $2', [filters.patientId, filters.billId ?? null]))[0]?.id
      await database.rows('delete from missing_details.incident where lab_id = $1', [desk.admin.labId])
      await database.rows('delete from missing_details.configuration where lab_id = $1', [desk.admin.labId])
      for (const each of steps) {
        const patient = 'who' in each ? patients[each.who % Math.max(1, patients.length)] : undefined
        const bill = 'who' in each ? bills[each.who % Math.max(1, bills.length)] : undefined
        if (each.do === 'register') {
          const { id, version } = await aPatient(desk.admin, { city: each.city })
          patients.push({ id, version, value: each.city, state: 'none', opened: null })
          judge(patients.at(-1)!)
        } else if (each.do === 'watch') {
          await watch(desk.admin, 'patients.city', each.value, { disabled: each.disabled })
          await watch(desk.admin, 'billing.notes', each.value, { disabled: each.disabled })
          config = each
        } else if ((each.do === 'edit' || each.do === 'touch') && patient) {
          // A touch saves the record without this field.
          const city = each.do === 'edit' ? each.city : patient.value
          patient.version = (await edit(desk, patient, each.do === 'edit' ? { city } : { notes: each.city })).version
          patient.value = city
          judge(patient)
        } else if ((each.do === 'confirm' || each.do === 'unresolve') && patient) {
          const id = await incidentOf({ patientId: patient.id })
          const isResolved = each.do === 'confirm'
          if (id !== undefined) await resolve(desk, [id], isResolved)
          if (isResolved && patient.state === 'open') patient.state = 'confirmed'
          else if (!isResolved && patient.state === 'confirmed') patient.state = 'open'
        } else if (each.do === 'bill' && patient) {
          const { id, version } = await aBill({ ...desk, patientId: patient.id }, { notes: each.notes })
          bills.push({ id, version, patientId: patient.id, value: each.notes, state: 'none', opened: null })
          judge(bills.at(-1)!)
        } else if (each.do === 'editBill' && bill) {
          bill.version = (await change(desk.admin, (tx) => updateBill(tx, bill.id, { version: bill.version, notes: each.notes }))).version
          bill.value = each.notes
          judge(bill)
        }
      }
      const stored = await database.rows<{ patientId: number; billId: number | null; state: string; value: string }>(`
        select patient_id as "patientId", bill_id as "billId", state, value from missing_details.incident where lab_id = $1`, [desk.admin.labId])
      const stateOf = (patientId: number, billId: number | null) =>
        stored.find((row) => row.patientId === patientId && row.billId === billId)?.state ?? 'none'
      for (const { id, state } of patients) expect([id, stateOf(id, null)]).toEqual([id, state])
      for (const { id, patientId, state } of bills) expect([id, stateOf(patientId, id)]).toEqual([id, state])
      // What is seen: open ones of a disabled field rest.
      const seen = config?.disabled === false ? [...patients, ...bills].filter(({ state }) => state === 'open').length : 0
      expect(await open(desk)).toHaveLength(seen)
    }), { numRuns: 20 })
  })
})
