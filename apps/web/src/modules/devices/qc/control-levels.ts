import type { QcLot } from '@aliquot/contracts'

export interface ControlLevel {
  key: string
  control: string
  level: string
  /** One after the other. */
  lots: QcLot[]
}

/** The levels that are watched beside a lot: same instrument and parameter, each with the lots that followed one another within the days. */
export function levelsBeside(lot: QcLot, lots: readonly QcLot[], from: string, to: string): ControlLevel[] {
  const levels = new Map<string, ControlLevel>()
  for (const each of lots) {
    const within = each.id === lot.id || (each.validFrom <= to && (each.validTo ?? to) >= from)
    if (each.instrumentId !== lot.instrumentId || each.parameter !== lot.parameter || !within) continue
    const key = `${each.control}\t${each.level}`
    const level = levels.get(key) ?? { key, control: each.control, level: each.level, lots: [] }
    level.lots.push(each)
    levels.set(key, level)
  }
  for (const level of levels.values()) level.lots.sort((a, b) => a.validFrom.localeCompare(b.validFrom) || a.id - b.id)
  return [...levels.values()].sort((a, b) => a.control.localeCompare(b.control) || a.level.localeCompare(b.level, undefined, { numeric: true }))
}
