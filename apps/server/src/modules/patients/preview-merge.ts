import type { MergePreview } from '@aliquot/contracts'
import type { LabProfile } from '#modules/labs'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { mergesOf } from '#platform/module'
import { read, type Reader } from '#platform/unit-of-work'
import { patientErrors } from './errors.ts'
import { patientOf, toPatient } from './patient-row.ts'

/** Both records and how much would move; the look at both is logged. */
export async function previewMerge(actor: Actor, keepId: number, mergeId: number, lab: LabProfile): Promise<MergePreview> {
  const { keep, merge, moves } = await read(actor, async (db) => ({
    keep: await patientOf(db, keepId), merge: await patientOf(db, mergeId), moves: await countMoves(db, mergeId),
  }))
  if (keep.id !== keepId || merge.id !== mergeId) throw patientErrors.merged()
  for (const row of [keep, merge]) await viewed(actor, 'patients.viewed', row)
  return { keep: toPatient(keep, lab, actor), merge: toPatient(merge, lab, actor), moves }
}

/** How many records of each sort refer to a patient, in all modules. */
export async function countMoves(db: Reader, patientId: number): Promise<Record<string, number>> {
  const moves: Record<string, number> = {}
  for (const { counts } of mergesOf('patient')) Object.assign(moves, await counts(db, patientId))
  return moves
}
