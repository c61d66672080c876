import type { Bill, Claim, ClaimStatus } from '@aliquot/contracts'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createInsuranceGroup } from '#modules/labs'
import { aPatient } from '../patients/testing.ts'
import { modules } from '../../modules.ts'
import type { Actor } from '#platform/auth'
import { countStatements } from '#platform/db'
import { registerModules } from '#platform/module'
import { testDatabase, type TestDatabase } from '#platform/testing'
import { change, read } from '#platform/unit-of-work'
import { addPayment } from './add-payment.ts'
import { cancelBill } from './cancel-bill.ts'
import { answerClaim, settleClaim, updateClaim, withdrawClaim } from './change-claim.ts'
import { chargeToInsurance } from './charge-to-insurance.ts'
import { claimsOf } from './claim-row.ts'
import { csvOf } from './csv.ts'
import { getBill } from './get-bill.ts'
import { exportClaims, listClaims } from './list-claims.ts'
import { submitClaims } from './submit-claims.ts'
import { aBill, aDesk, itemsOf, type Desk } from './testing.ts'
import { updateBill } from './update-bill.ts'

let database: TestDatabase
let desk: Desk
let admin: Actor
let stranger: Actor
let groupId: number
/** Covers 80 %; ran out in 2020; covers all. */
let [policy, old, full] = [0, 0, 0]

beforeAll(async () => {
  database = await testDatabase()
  registerModules(modules)
  desk = await aDesk()
  admin = desk.admin
  stranger = (await aDesk()).admin
  groupId = await change(admin, async (tx) => (await createInsuranceGroup(tx, { name: '=Star, "Health"', payerId: 'ST01' })).id)
  const { id, insuranceList } = await aPatient(admin, { insuranceList: [
    { insuranceGroupId: groupId, policyNumber: 'P80', coveragePercent: 80 }, { insuranceGroupId: groupId, policyNumber: 'LATER', validFrom: '2190-01-01' },
    { insuranceGroupId: groupId, policyNumber: 'ALL' },
  ] })
  desk = { ...desk, patientId: id }
  ;[policy, old, full] = insuranceList.map((one) => one.id) as [number, number, number]
})

const bill = (insurance?: { policyId: number; amount?: number }, more = {}) => aBill(desk, { ...(insurance && { insurance }), ...more })
const reread = ({ id }: { id: number }) => read(admin, (db) => getBill(db, admin.labId, id))
const claimOf = (of: Bill): Claim => {
  const [claim] = of.claims
  if (!claim) throw new Error('no claim')
  return claim
}
const submit = async (claim: Claim): Promise<Claim> => {
  const [after] = await change(admin, (tx) => submitClaims(tx, [claim.id]))
  if (!after) throw new Error('none submitted')
  return after
}
const accept = ({ id, version }: Claim, approved?: number) =>
  change(admin, (tx) => answerClaim(tx, id, { version, outcome: 'accepted', ...(approved === undefined ? {} : { approved, reason: 'cut' }) }))
const reject = ({ id, version }: Claim) => change(admin, (tx) => answerClaim(tx, id, { version, outcome: 'rejected', reason: 'no pre-authorisation' }))
const settle = ({ id, version }: Claim, amount: number) => change(admin, (tx) => settleClaim(tx, id, { version, amount, payerReference: 'UTR 9' }))
const withdraw = ({ id, version }: Claim) => change(admin, (tx) => withdrawClaim(tx, id, { version, reason: 'pays cash' }))
const pay = (of: Bill, amount: number) => change(admin, (tx) => addPayment(tx, of.id, { version: of.version, kind: 'payment', amount, method: 'cash' }))

describe('a bill charged to insurance', () => {
  it('expects the covered part of the insurer and the rest of the patient', async () => {
    const charged = await bill({ policyId: policy })
    expect(charged).toMatchObject({ total: 10_000, insured: 8000, patientDue: 2000, due: 10_000, claims: [{ status: 'draft', amount: 8000,
      number: `${charged.number}-1`, policyNumber: 'P80', insuranceGroup: { id: groupId }, approved: null, submissions: 0 }] })
    await expect(pay(charged, 2001)).rejects.toMatchObject({ code: 'billing.payment_too_large', detail: { due: 2000 } })
    expect(await pay(charged, 2000)).toMatchObject({ paid: 2000, patientDue: 0, due: 8000 })
    const later = await bill(undefined, { payments: [{ amount: 9000, method: 'cash' }] })
    const after = await change(admin, (tx) => chargeToInsurance(tx, later.id, { version: later.version, policyId: policy }))
    expect(after).toMatchObject({ insured: 1000, patientDue: 0, version: later.version + 1 })
  })

  it('takes only a policy of the patient that was valid, once, for no more than is due', async () => {
    const path = (error: { errors?: { path: string; code: string }[] }) => error.errors?.map(({ path: at, code }) => `${at} ${code}`)
    const refused = (attempt: Promise<unknown>) => attempt.then(() => null, path)
    expect(await refused(bill({ policyId: 987_654 }))).toEqual(['/insurance/policyId billing.unknown_policy'])
    expect(await refused(bill({ policyId: old }))).toEqual(['/insurance/policyId billing.policy_not_valid'])
    expect(await refused(bill({ policyId: policy, amount: 10_001 }))).toEqual(['/insurance/amount billing.claim_too_large'])
    const charged = await bill({ policyId: full, amount: 1 })
    await expect(change(admin, (tx) => chargeToInsurance(tx, charged.id, { version: charged.version, policyId: policy })))
      .rejects.toMatchObject({ code: 'billing.already_claimed' })
    await expect(change(stranger, (tx) => chargeToInsurance(tx, charged.id, { version: charged.version, policyId: policy })))
      .rejects.toMatchObject({ code: 'platform.not_found' })
  })

  it('takes its draft along when its total shrinks or it is cancelled, and stands still once the insurer has the claim', async () => {
    const charged = await bill({ policyId: full }, { items: itemsOf([...desk.tests]) })
    const [first] = charged.items
    const less = await change(admin, (tx) => updateBill(tx, charged.id, { version: charged.version, removeItemIds: [first?.id ?? 0] }))
    expect(less).toMatchObject({ total: 10_000, insured: 10_000, patientDue: 0, claims: [{ amount: 10_000 }] })
    const cancelled = await change(admin, (tx) => cancelBill(tx, less.id, { version: less.version, reason: 'mistake' }))
    expect(cancelled).toMatchObject({ insured: 0, claims: [{ status: 'withdrawn' }] })

    const sent = await bill({ policyId: policy })
    await submit(claimOf(sent))
    const { version } = await reread(sent)
    await expect(change(admin, (tx) => updateBill(tx, sent.id, { version, discount: 100 }))).rejects.toMatchObject({ code: 'billing.claim_sent' })
    await expect(change(admin, (tx) => cancelBill(tx, sent.id, { version, reason: 'no' }))).rejects.toMatchObject({ code: 'billing.claim_sent' })
    await change(admin, (tx) => updateBill(tx, sent.id, { version, notes: 'fasting' }))
  })
})

describe('a claim', () => {
  it('goes from draft to paid: what is cut falls to the patient, what is paid is a payment on the bill', async () => {
    const charged = await bill({ policyId: policy })
    const sent = await submit(claimOf(charged))
    expect(sent).toMatchObject({ status: 'submitted', submissions: 1 })
    const accepted = await accept(sent, 7000)
    expect(accepted).toMatchObject({ status: 'accepted', approved: 7000, reason: 'cut' })
    expect(await reread(charged)).toMatchObject({ insured: 7000, patientDue: 3000 })
    expect(await settle(accepted, 6500)).toMatchObject({ status: 'settled', settled: 6500, payerReference: 'UTR 9' })
    expect(await reread(charged)).toMatchObject({ insured: 0, paid: 6500, due: 3500, patientDue: 3500,
      payments: [{ method: 'insurance', amount: 6500, reference: 'UTR 9' }] })
  })

  it('is rejected with a reason, and submitted again for what is then due', async () => {
    const charged = await bill({ policyId: policy })
    const sent = await submit(claimOf(charged))
    await expect(change(admin, (tx) => answerClaim(tx, sent.id, { version: sent.version, outcome: 'rejected' })))
      .rejects.toMatchObject({ errors: [{ path: '/reason' }] })
    const rejected = await reject(sent)
    expect(await reread(charged)).toMatchObject({ insured: 0, patientDue: 10_000 })
    await pay(await reread(charged), 5000)
    await expect(submit(rejected)).rejects.toMatchObject({ code: 'billing.claim_too_large', errors: [{ path: '/claimIds/0' }] })
    const less = await change(admin, (tx) => updateClaim(tx, rejected.id, { version: rejected.version, amount: 5000 }))
    expect(await submit(less)).toMatchObject({ status: 'submitted', submissions: 2, amount: 5000 })
    expect(await reread(charged)).toMatchObject({ insured: 5000, patientDue: 0, paid: 5000 })
  })

  it('does nothing out of turn, on another version, or for another lab', async () => {
    const draft = claimOf(await bill({ policyId: policy }))
    await expect(accept(draft)).rejects.toMatchObject({ code: 'billing.claim_wrong_status' })
    await expect(settle(draft, 1)).rejects.toMatchObject({ code: 'billing.claim_wrong_status' })
    await expect(withdraw({ ...draft, version: 9 })).rejects.toMatchObject({ code: 'platform.stale_version' })
    await expect(change(stranger, (tx) => submitClaims(tx, [draft.id]))).rejects.toMatchObject({ code: 'platform.not_found' })
    const other = claimOf(await bill({ policyId: policy }))
    await withdraw(other)
    await expect(change(admin, (tx) => submitClaims(tx, [draft.id, other.id]))).rejects.toMatchObject({ code: 'billing.claim_wrong_status' })
    expect((await read(admin, (db) => claimsOf(db, [draft.id])))[0]).toEqual(draft)
  })

  it('whatever is done in whatever order, the parts of its bill are its total, and the books agree', async () => {
    const step = fc.record({ verb: fc.constantFrom('submit', 'accept', 'reject', 'settle', 'withdraw', 'amount', 'pay', 'discount', 'charge'),
      part: fc.integer({ min: 1, max: 100 }) })
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const { id } = await bill({ policyId: policy })
      for (const { verb, part } of steps) {
        const before = await reread({ id })
        const claim = before.claims.at(-1)
        if (!claim) throw new Error('no claim')
        const share = Math.max(1, Math.floor((claim.amount * part) / 100))
        const work: Record<typeof verb, () => Promise<unknown>> = {
          submit: () => submit(claim), accept: () => accept(claim, share), reject: () => reject(claim), settle: () => settle(claim, share),
          withdraw: () => withdraw(claim), amount: () => change(admin, (tx) => updateClaim(tx, claim.id, { version: claim.version, amount: share * 2 })),
          pay: () => pay(before, part * 50), discount: () => change(admin, (tx) => updateBill(tx, id, { version: before.version, discount: part * 90 })),
          charge: () => change(admin, (tx) => chargeToInsurance(tx, id, { version: before.version, policyId: full, amount: part * 10 })),
        }
        await work[verb]().catch((error: { code?: string }) => expect(error.code).toMatch(/^(billing|platform)\./))
        const after = await reread({ id })
        const expected = after.claims.filter(({ status }) => ['draft', 'submitted', 'accepted'].includes(status))
          .reduce((sum, { amount, approved }) => sum + (approved ?? amount), 0)
        const paid = after.payments.reduce((sum, { amount }) => sum + amount, 0)
        const settled = after.claims.reduce((sum, one) => sum + (one.settled ?? 0), 0)
        expect(after.insured).toBe(expected)
        expect(after.paid).toBe(paid)
        expect(after.payments.filter(({ method }) => method === 'insurance').reduce((sum, { amount }) => sum + amount, 0)).toBe(settled)
        expect(after.patientDue + after.insured + after.paid).toBe(after.total)
      }
    }), { numRuns: 12 })
  })
})

describe('lists of claims', () => {
  it('filter by state, group, patient, day and words, page by page, in as many statements for 1 as for 50', async () => {
    const own = await aDesk()
    const group = await change(own.admin, async (tx) => (await createInsuranceGroup(tx, { name: 'Care' })).id)
    const { id, number, insuranceList: [only] } = await aPatient(own.admin, { insuranceList: [{ insuranceGroupId: group, policyNumber: 'ZX-77' }] })
    const list = (query: Parameters<typeof listClaims>[2]) => read(own.admin, (db) => listClaims(db, own.admin.labId, query))
    const claims: Claim[] = []
    const add = async () => void claims.push(claimOf(await aBill({ ...own, patientId: id }, { insurance: { policyId: only?.id ?? 0, amount: 100 } })))
    await add()
    const cost = async () => (await countStatements(() => list({}))).statements
    const one = await cost()
    for (let i = 0; i < 9; i++) await add()
    expect(await cost()).toBe(one)
    const ids = claims.map((claim) => claim.id)
    const submitting = async (some: number[]) => (await countStatements(() => change(own.admin, (tx) => submitClaims(tx, some)))).statements
    expect(await submitting(ids.slice(0, 1))).toBe(await submitting(ids.slice(1, 5)))
    const seen: number[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 3, ...(cursor && { cursor }) })
      seen.push(...page.items.map((claim) => claim.id))
      cursor = page.next
    }
    expect(seen).toEqual(ids.toReversed())
    const count = async (query: Parameters<typeof listClaims>[2]) => (await list(query)).items.length
    const states: ClaimStatus[] = ['submitted']
    expect([await count({ status: states }), await count({ insuranceGroupId: group }), await count({ insuranceGroupId: group + 1 }),
      await count({ patientId: id }), await count({ q: 'ZX-77' }), await count({ q: number }), await count({ from: '2000-01-01', to: '2000-01-02' })])
      .toEqual([5, 10, 0, 10, 10, 10, 0])
    expect((await read(admin, (db) => listClaims(db, admin.labId, { limit: 200 }))).items.some((claim) => ids.includes(claim.id))).toBe(false)
  })

  it('leave as a table that no spreadsheet runs, and the log says so', async () => {
    const claim = claimOf(await bill({ policyId: policy }))
    const { bytes, contentType } = await exportClaims(admin, { ids: [claim.id] })
    expect(contentType).toContain('text/csv')
    const [header, row] = String(bytes).split('\r\n')
    expect(header).toMatch(/^\uFEFFClaim,Status,/)
    expect(row).toContain(`${claim.number},draft,"'=Star, ""Health""",ST01,P80,self,`)
    expect(row).toContain(',INR,100.00,80.00,,,,0,,')
    expect(await database.rows('select message from platform.activity where subject_type = $1 order by id desc limit 1', ['claim']))
      .toEqual([{ message: `Wrote claim ${claim.number} into a file` }])
  })

  it('have no cell that begins like a formula, whatever text it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cell = csvOf([[text]]).slice(1, -2)
      const content = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(/^\s*[=+\-@]/.test(content)).toBe(false)
      expect(content.replace(/^'/, '')).toBe(text.replace(/^'/, ''))
    }))
  })
})
