import type { MolecularEntry, ReportState, ResistanceResult } from '@aliquot/contracts'
import { cellSign, controlState, type Cell } from '@aliquot/lab-arithmetic'
import { reportStateOf } from '#modules/reports'
import type { Actor } from '#platform/auth'
import type { Reader } from '#platform/unit-of-work'
import type { EntryState } from './decide-entry.ts'
import { amountOf } from './entry-sections.ts'
import { cellRows, entryOf } from './entry-store.ts'

/** The entry screen of a report; `patientId` and `number` for the log of who looked. */
export async function getEntry(db: Reader, actor: Actor, reportId: number): Promise<{ entry: MolecularEntry; patientId: number; number: string }> {
  const { state, patientId, number } = await entryOf(db, reportId)
  return { entry: entryJson(state, await reportStateOf(db, actor, reportId)), patientId, number }
}

export const resistanceJson = (state: EntryState): ResistanceResult[] => cellRows(state).map(({ target, antibiotic_id, state: of, genes, value, method, measured, conflict }) => {
  const cell = { state: of, value } as Pick<Cell, 'state' | 'value'>
  return { target, antibiotic_id, state: cell.state, genes, value: cell.value, display: cellSign(cell), method, measured, conflict }
})

export function entryJson(state: EntryState, { id, version, status, actions, interpretation }: ReportState): MolecularEntry {
  const { plan, controls, growth, surveillance, targets } = state
  return {
    report_id: id, version, status, actions, plan, growth, surveillance, interpretation,
    controls: plan.controls.map((control) => ({
      name: control.name, reading: controls[control.name] ?? '', state: controlState(control, controls[control.name] ?? '') ?? 'awaited',
    })),
    results: plan.targets.flatMap((target) => {
      const result = targets.get(target.key)
      if (!result) return []
      const { readings, amount, auto, because, picked, result: reported, interpretation: words } = result
      return [{
        target: target.key, readings, amount, bin: amountOf(state, target, result).bin, auto, because, picked: picked?.detection ?? null,
        picked_by: picked?.byName ?? null, picked_at: picked?.at ?? null, picked_reason: picked?.reason ?? null, result: reported, interpretation: words,
      }]
    }),
    resistance: resistanceJson(state),
  }
}
