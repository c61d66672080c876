import type { DrugsBody, ReportState } from '@aliquot/contracts'
import { saveSections, sectionsLocked } from '#modules/reports'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { decideEntry, undecided, type EntryState } from './decide-entry.ts'
import { entrySections } from './entry-sections.ts'
import { entryOf, writeEntry } from './entry-store.ts'

/** A reading of an instrument, for the place that `instrumentTargets` found. */
export interface TargetReading {
  key: string
  text: string
  /** Somebody saw what it replaces. */
  replaces: boolean
}

/**
 * Readings of an instrument, as sent, into a report that takes results; it is complete when everything is decided and the caller wishes so. What was
 * entered or decided by a person meanwhile is not replaced.
 */
export async function recordTargets(tx: Tx, reportId: number, given: readonly TargetReading[], { complete }: { complete: boolean }): Promise<ReportState> {
  const report = await sectionsLocked(tx, reportId, undefined, 'measured')
  const { state: before } = await entryOf(tx.reader, reportId)
  refuseIf(given.flatMap(({ key, text, replaces }) => {
    const { name, reading, picked } = placeOf(before, key)
    const message = replaces || (reading === null && !picked) || reading === text ? null : picked ? `${name} was decided by a person` : `${name} has ${reading}`
    return message ? [{ path: `/${key}`, message, code: 'molecular.entered_already' }] : []
  }))
  const { state, errors } = decideEntry(before, bodyOf(before, given), { accountId: tx.actor.accountId, name: tx.actor.name, at: tx.now })
  refuseIf(errors)
  await writeEntry(tx, reportId, state)
  return saveSections(tx, report, { ...entrySections(state), complete: complete && undecided(state).length === 0 })
}

function placeOf({ plan, controls, targets }: EntryState, key: string) {
  if (key.startsWith('c:')) return { name: key.slice(2), reading: controls[key.slice(2)] || null, picked: false }
  const [target = '', part = '1'] = key.split('#')
  const state = targets.get(target)
  return {
    name: plan.targets.find((each) => each.key === target)?.name ?? target, reading: state?.readings[Number(part) - 1] ?? null,
    picked: Boolean(state?.picked),
  }
}

/** As the entry takes it: all readings of an organism together, those that were not sent as they are. */
function bodyOf({ plan, targets }: EntryState, given: readonly TargetReading[]): DrugsBody {
  const sent = new Map(given.map(({ key, text }) => [key, text]))
  const inputs = plan.targets.flatMap(({ key, kind, id, number, parts }) => {
    const places = Array.from({ length: Math.max(1, parts.length) }, (_, at) => (at === 0 ? key : `${key}#${at + 1}`))
    const before = targets.get(key)?.readings ?? []
    return places.some((place) => sent.has(place)) ? [{ kind, id, number, readings: places.map((place, at) => sent.get(place) ?? before[at] ?? null) }] : []
  })
  return {
    organisms: inputs.flatMap(({ kind, ...input }) => (kind === 'organism' ? [input] : [])),
    genes: inputs.flatMap(({ kind, id, readings }) => (kind === 'gene' ? [{ id, readings }] : [])),
    controls: given.flatMap(({ key, text }) => (key.startsWith('c:') ? [{ name: key.slice(2), result: text }] : [])),
  }
}
