import type { InsuranceInput } from '@aliquot/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { createInsuranceGroup, labProfile } from '#modules/labs'
import { aLab } from '../labs/testing.ts'
import { modules } from '../../modules.ts'
import { systemActor, type Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import type { Problem } from '#platform/errors'
import { registerModules } from '#platform/module'
import { anActor, testDatabase } from '#platform/testing'
import { at, change } from '#platform/unit-of-work'
import { registerPatient } from './index.ts'
import { aPatient, aPerson, register } from './testing.ts'

let clerk: Actor
let groups: number[]
let theirs: number
const aGroup = (labId: number, name: string, disabled = false) =>
  change(systemActor(labId, 'test'), async (tx) => (await createInsuranceGroup(tx, { name, disabled })).id)

beforeAll(async () => {
  await testDatabase()
  registerModules(modules)
  clerk = anActor((await aLab()).labId, ['patients.view', 'patients.register', 'patients.update'])
  groups = []
  for (let i = 0; i < 10; i++) groups.push(await aGroup(clerk.labId, `Group ${i}`))
  theirs = await aGroup((await aLab()).labId, 'Group 0')
})

const policy = (more: Partial<InsuranceInput> = {}): InsuranceInput => ({ insuranceGroupId: groups[0] ?? 0, policyNumber: 'HX-100 200', ...more })
const codes = async (insuranceList: InsuranceInput[], more = {}) => {
  const problem = await register(clerk, aPerson({ insuranceList, ...more })).then(() => null, (error: Problem) => error)
  return problem?.errors?.map(({ path, code }) => `${path.replace('/insuranceList', '')} ${code}`)
}

describe('the policies of a patient', () => {
  it('are registered with the patient, the first to be asked first, with what was left out filled in', async () => {
    const { insuranceList } = await aPatient(clerk, { insuranceList: [
      policy({ priority: 2, relation: 'child', holderName: ' Ravi  Rao ', validFrom: '2026-01-01', validTo: '2099-12-31', coveragePercent: 80.5 }),
      policy({ insuranceGroupId: groups[1] ?? 0, policyNumber: 'A1', priority: 1 }),
    ] })
    expect(insuranceList).toMatchObject([
      { insuranceGroup: { name: 'Group 1' }, policyNumber: 'A1', relation: 'self', holderName: null, validTo: null, priority: 1, coveragePercent: 100 },
      { insuranceGroup: { id: groups[0] }, policyNumber: 'HX-100 200', relation: 'child', holderName: 'Ravi Rao', validFrom: '2026-01-01',
        validTo: '2099-12-31', priority: 2, coveragePercent: 80.5 },
    ])
  })

  it('are refused with all that is wrong with them, and with the patient, at once', async () => {
    const off = await aGroup(clerk.labId, 'Closed scheme', true)
    expect(await codes([
      policy({ insuranceGroupId: theirs }), policy({ insuranceGroupId: off, relation: 'spouse' }), policy({ validTo: '2020-01-01' }),
      policy({ policyNumber: 'hx100200', priority: 1 }), policy({ policyNumber: '--', validFrom: '2026-02-01', validTo: '2026-01-01' }),
    ], { fullName: '??' })).toEqual([
      '/fullName patients.no_name', '/1/holderName platform.required', '/2/validTo patients.policy_expired', '/3/policyNumber patients.policy_twice',
      '/3/priority patients.policy_priority', '/4/policyNumber patients.implausible_policy', '/4/validTo patients.policy_dates',
      '/0/insuranceGroupId patients.unknown_insurance_group', '/1/insuranceGroupId patients.disabled_insurance_group',
    ])
  })

  it('are replaced as a whole; one that stays keeps its id and may have run out meanwhile', async () => {
    const before = await aPatient(clerk, { insuranceList: [policy({ validTo: '2099-01-01' }), policy({ policyNumber: 'B2' })] })
    const [first, second] = before.insuranceList
    const later = await at(new Date('2099-06-01T00:00:00Z'), () => register(clerk, { userDetailsId: before.id, version: before.version,
      insuranceList: [policy({ policyNumber: 'NEW' }), policy({ policyNumber: 'HX 100200', validTo: '2099-01-01' })] }))
    expect(later.patient.insuranceList.map(({ policyNumber }) => policyNumber)).toEqual(['NEW', 'HX 100200'])
    expect(later.patient.insuranceList[1]?.id).toBe(first?.id)
    expect(later.patient.insuranceList.map(({ id }) => id)).not.toContain(second?.id)
    const untouched = await register(clerk, { userDetailsId: before.id, version: later.patient.version, city: 'Pune' })
    expect(untouched.patient.insuranceList).toEqual(later.patient.insuranceList)
    const cleared = await register(clerk, { userDetailsId: before.id, version: untouched.patient.version, insuranceList: [] })
    expect(cleared.patient.insuranceList).toEqual([])
  })

  it('cost no statement more for a new patient, and the same for one and for ten', async () => {
    const lab = await labProfile(clerk.labId)
    const cost = async (insuranceList: InsuranceInput[]) =>
      (await countStatements(() => change(clerk, (tx) => registerPatient(tx, aPerson({ insuranceList }), lab)))).statements
    const ten = groups.map((insuranceGroupId) => policy({ insuranceGroupId }))
    expect([await cost([]), await cost([policy()]), await cost(ten)]).toEqual([6, 6, 6])
    const { id, version } = await aPatient(clerk)
    const updating = async (insuranceList: InsuranceInput[], of: number) =>
      (await countStatements(() => change(clerk, (tx) => registerPatient(tx, { userDetailsId: id, version: of, insuranceList }, lab)))).statements
    expect(await updating(ten, version)).toBe(await updating([policy()], version + 1))
  })
})
