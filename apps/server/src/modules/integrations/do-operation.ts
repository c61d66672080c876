import type { InboundAnswer } from '@aliquot/contracts'
import { sql } from 'kysely'
import { createBill } from '#modules/billing'
import { labProfile } from '#modules/labs'
import { patientOf, registerPatient } from '#modules/patients'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import type { AnyInbound } from './read-operation.ts'
import { meaningOf } from './their-codes.ts'

/** Runs the ordinary command of an operation as the integration's own account, with its permissions. */
export async function doOperation(tx: Tx, endpointId: number, asked: AnyInbound): Promise<InboundAnswer> {
  switch (asked.operation) {
    case 'register_patient': return { patient: await writePatient(tx, endpointId, null, asked.patient), bill: null }
    case 'update_patient': return { patient: await writePatient(tx, endpointId, await knownPatient(tx, asked), asked.patient), bill: null }
    case 'order_tests': return order(tx, endpointId, asked)
  }
}

type Order = Extract<AnyInbound, { operation: 'order_tests' }>
type Details = Extract<AnyInbound, { operation: 'register_patient' }>['patient']

async function order(tx: Tx, endpointId: number, asked: Order): Promise<InboundAnswer> {
  if (!tx.actor.permissions.has('billing.create')) throw platformErrors.forbidden({ permission: 'billing.create' })
  const meant = await meaningOf(tx, endpointId, { tests: asked.tests, organisation: asked.organisation ?? null, doctor: asked.doctor ?? null })
  refuseIf(meant.errors)
  const named = asked.guid !== undefined || asked.number !== undefined
  if (named === (asked.patient !== undefined)) refuseIf([{ path: '/patient', message: 'give either guid or number, or a patient to register', code: 'platform.required' }])
  const patient = asked.patient ? await writePatient(tx, endpointId, null, asked.patient) : await brief(tx, await knownPatient(tx, asked))
  const bill = await createBill(tx, {
    patientId: patient.id, items: meant.items, organisationId: meant.organisationId, doctorId: meant.doctorId,
    ...(asked.priority && { priority: asked.priority }), ...(asked.icd && { icd: asked.icd }), ...(asked.notes !== undefined && { notes: asked.notes }),
  })
  const reports = bill.accession.reports.map(({ id, number, test }) => ({ id, number, code: test.code }))
  return { patient, bill: { id: bill.id, number: bill.number, accessionNumber: bill.accession.number, reports } }
}

async function writePatient(tx: Tx, endpointId: number, id: number | null, { organisation, doctor, ...details }: Details): Promise<InboundAnswer['patient']> {
  const meant = await meaningOf(tx, endpointId, { tests: [], organisation: organisation ?? null, doctor: doctor ?? null })
  refuseIf(meant.errors.map((error) => ({ ...error, path: `/patient${error.path}` })))
  const known = id === null ? {} : { userDetailsId: id, version: (await patientOf(tx.reader, id)).version }
  const { patient, created } = await registerPatient(tx, {
    ...details, ...known,
    ...(organisation !== undefined && { organisationId: meant.organisationId }), ...(doctor !== undefined && { doctorId: meant.doctorId }),
  }, await labProfile(tx.actor.labId))
  return { id: patient.id, guid: patient.guid, number: patient.number, created }
}

async function brief(tx: Tx, id: number): Promise<InboundAnswer['patient']> {
  const { guid, number } = await patientOf(tx.reader, id)
  return { id, guid, number, created: false }
}

/** The patient by our GUID or number; both, when both are given. */
async function knownPatient(tx: Tx, { guid, number }: { guid?: string; number?: string }): Promise<number> {
  if (guid === undefined && number === undefined) refuseIf([{ path: '/guid', message: 'is needed, or number', code: 'platform.required' }])
  const { rows: [row] } = await sql<{ id: number }>`
    select id from patients.pub_patient where ${guid === undefined ? sql`true` : sql`guid = ${guid}::uuid`}
      and ${number === undefined ? sql`true` : sql`number = ${number}`}`.execute(tx.db)
  if (!row) throw platformErrors.not_found({ thing: 'patient' })
  return row.id
}
