import { billValues, captureDetails, type BillFacts } from '#modules/missing-details'
import type { Tx } from '#platform/unit-of-work'
import type { Parties } from './parties.ts'

interface Saved extends Omit<BillFacts, 'organisation' | 'doctor'> {
  organisationId: number | null
  doctorId: number | null
}

/** Compares what was saved of a bill with the lab's placeholders: one statement, none where the lab watches no field. */
export async function lookForGaps(tx: Tx, { id, number }: { id: number; number: string }, parties: Parties, saved: Saved): Promise<void> {
  const { patient, organisation, doctor, watches } = parties
  if (!watches || !patient) return
  const { organisationId, doctorId, ...facts } = saved
  await captureDetails(tx, { patient, bill: { id, number }, organisationId, doctorId }, billValues({ ...facts, organisation, doctor }))
}
