import type { Accession, LabSettings, ReportState } from '@aliquot/contracts'
import { createDepartments, createStaff, type CreatedLab } from '#modules/labs'
import { orderables } from '#modules/catalog'
import { aLab } from '../labs/testing.ts'
import { aPatient } from '../patients/testing.ts'
import { systemActor, type Actor } from '#platform/auth'
import { change, read } from '#platform/unit-of-work'
import { accessionById } from './get-accession.ts'
import { orderReports, type ReportOrder } from './order-reports.ts'
import { receiveSpecimens } from './receive-specimens.ts'
import { collectSpecimens } from './collect-specimens.ts'
import { saveValues } from './save-values.ts'
import { reportState } from './report-state.ts'

/** For tests of modules that follow signatures. */
export { rejectSpecimens } from './reject-specimens.ts'
export { signReport } from './sign-report.ts'
export { unsignReport } from './unsign-report.ts'
export { cancelReport } from './cancel-report.ts'

let made = 0

/** A lab with the departments BIO and HAEM; `admin` may do everything and signs with the highest rank. */
export async function aBench(settings: Partial<LabSettings> = {}): Promise<{ lab: CreatedLab; admin: Actor }> {
  const lab = await aLab()
  const admin: Actor = { ...systemActor(lab.labId, 'Asha Admin'), kind: 'staff', accountId: lab.accountId, userId: lab.userId, signRank: 9 }
  await change(admin, async (tx) => {
    await createDepartments(tx, [{ code: 'BIO', name: 'Biochemistry' }, { code: 'HAEM', name: 'Haematology' }])
    await tx.db.updateTable('labs.lab').set({ settings: JSON.stringify(settings) }).execute()
  })
  return { lab, admin }
}

/** Another person of the lab who may do everything but signs with this rank. */
export async function aSigner(admin: Actor, signRank: number): Promise<Actor> {
  const number = ++made
  const body = { kind: 'staff' as const, username: `signer${number}`, name: `Signer ${number}`, signRank }
  const account = await change(systemActor(admin.labId, 'test'), (tx) => createStaff(tx, body))
  return { ...admin, accountId: account.id, userId: `signer${number}`, name: account.name, signRank }
}

/** Orders tests as a bill would, for a new patient unless one is given. */
export async function anOrder(actor: Actor, testIds: number[], given: Partial<ReportOrder> = {}): Promise<Accession> {
  const billId = given.billId ?? 1_000_000 + ++made
  const patientId = given.patientId ?? (await aPatient(actor)).id
  const id = await change(actor, async (tx) => {
    const { tests } = await orderables(tx.reader, { testIds, panelIds: [] })
    const wanted = testIds.flatMap((testId, index) => tests.filter((test) => test.testId === testId)
      .map((test) => ({ test, billItemId: billId * 1000 + index })))
    const order = { icd: [], organisationId: null, doctorId: null, priority: 'routine' as const, collectNow: false, tests: wanted }
    return (await orderReports(tx, { ...order, ...given, patientId, billId, billNumber: `B${billId}` })).accession.id
  })
  return read(actor, (db) => accessionById(db, actor.labId, id))
}

/** An order whose specimens are at the bench. */
export async function aReceivedOrder(actor: Actor, testIds: number[], given: Partial<ReportOrder> = {}): Promise<Accession> {
  const { id, specimens } = await anOrder(actor, testIds, given)
  const specimenIds = specimens.map((specimen) => specimen.id)
  await change(actor, (tx) => collectSpecimens(tx, { specimenIds }))
  await change(actor, (tx) => receiveSpecimens(tx, { specimenIds }))
  return read(actor, (db) => accessionById(db, actor.labId, id))
}

export const stateOf = (actor: Actor, id: number): Promise<ReportState> => read(actor, (db) => reportState(db, actor, id))

/** Saves values by code; `complete` unless told otherwise. */
export async function enter(actor: Actor, reportId: number, values: Record<string, string | null>, complete = true): Promise<ReportState> {
  const { version } = await stateOf(actor, reportId)
  const inputs = Object.entries(values).map(([code, value]) => ({ code, value }))
  return change(actor, (tx) => saveValues(tx, reportId, { version, values: inputs, complete }))
}

export { amendReport } from './amend-report.ts'
