import type { Bill, CreateBillBody } from '@aliquot/contracts'
import { anActiveTest } from '../catalog/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { aBench } from '../reports/testing.ts'
import type { Actor } from '#platform/auth'
import { change } from '#platform/unit-of-work'
import { createBill } from './create-bill.ts'

export interface Desk {
  admin: Actor
  patientId: number
  /** Two tests at 10,000. */
  tests: [number, number]
}

/** A lab that can bill: an administrator, a patient, two tests. */
export async function aDesk(): Promise<Desk> {
  const { admin } = await aBench()
  const [first, second] = [await anActiveTest(admin), await anActiveTest(admin)]
  return { admin, patientId: (await aPatient(admin)).id, tests: [first.id, second.id] }
}

export const itemsOf = (ids: number[]) => ids.map((id) => ({ kind: 'test' as const, id }))

/** A bill for the desk's patient and first test unless told otherwise. */
export const aBill = ({ admin, patientId, tests }: Desk, body: Partial<CreateBillBody> = {}, actor = admin): Promise<Bill> =>
  change(actor, (tx) => createBill(tx, { patientId, items: itemsOf([tests[0]]), ...body }))

export { cancelBill } from './cancel-bill.ts'
export { updateBill } from './update-bill.ts'
