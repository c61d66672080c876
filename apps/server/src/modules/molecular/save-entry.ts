import type { Antimicrobiogram, BodyOf, DrugsBody, MolecularEntry, rerunTargets as rerunContract } from '@aliquot/contracts'
import { saveSections, sectionsLocked } from '#modules/reports'
import { refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { appliesTo, decideEntry, testedGenes, undecided, type EntryState } from './decide-entry.ts'
import { extendPlan } from './entry-plan.ts'
import { entrySections } from './entry-sections.ts'
import { entryOf, writeEntry } from './entry-store.ts'
import { molecularErrors } from './errors.ts'
import { entryJson, resistanceJson } from './get-entry.ts'

/**
 * Saves what was read of a report's targets. What is not named stays as it is. With a reason, an issued report is amended: what was issued is kept.
 * The statements do not grow with the number of targets.
 */
export async function updateDrugs(tx: Tx, reportId: number, body: DrugsBody): Promise<MolecularEntry> {
  const asked = body.reason ? 'amend' : body.complete ? 'complete' : 'save'
  const report = await sectionsLocked(tx, reportId, body.version, asked)
  const { state: before } = await entryOf(tx.reader, reportId)
  const organisms = [...body.organisms ?? [], ...(body.drugs ?? []).filter(({ component }) => component === 'organism')]
  const antibiotics = [...body.antibiotics ?? [], ...(body.drugs ?? []).filter(({ component }) => component === 'antibiotic')]
  const plan = await extendPlan(tx.reader, before.plan, organisms.map(({ id, number = 1 }) => ({ id, number })), antibiotics.map(({ id }) => id))
  const { state, errors } = decideEntry({ ...before, plan }, body, { accountId: tx.actor.accountId, name: tx.actor.name, at: tx.now })
  refuseIf(errors)
  if (body.complete || asked === 'amend') {
    const missing = undecided(state)
    if (missing.length > 0) throw molecularErrors.undecided({}, { errors: missing })
  }
  await writeEntry(tx, reportId, state)
  const saved = await saveSections(tx, report, { ...entrySections(state), complete: body.complete ?? false, interpretation: body.interpretation, reason: body.reason })
  recordOverrides(tx, report, before, state)
  return entryJson(state, saved)
}

/** Who said otherwise than the cut-off, and why: on record of its own. */
function recordOverrides(tx: Tx, report: { id: number; patientId: number; number: string }, before: EntryState, state: EntryState): void {
  const fresh = state.plan.targets.flatMap(({ key, name }) => {
    const { picked, auto } = state.targets.get(key) ?? {}
    const old = before.targets.get(key)?.picked
    return picked && auto && (picked.detection !== old?.detection || picked.reason !== old.reason) ? [{ name, picked, auto }] : []
  })
  if (fresh.length > 0) {
    tx.record('molecular.result_overridden', report, {
      targets: fresh.map(({ name, picked, auto }) => `${name} ${picked.detection} in place of ${auto} (${picked.reason ?? ''})`).join(', '),
    })
  }
}

/** Every target without a reading shows no signal: the usual end of a run in which a few things were found. */
export async function defaultDrugs(tx: Tx, reportId: number, version: number | undefined): Promise<MolecularEntry> {
  const { state } = await entryOf(tx.reader, reportId)
  const open = state.plan.targets.filter(({ key }) => state.targets.get(key)?.readings.every((text) => text === null) && state.targets.get(key)?.result === null)
  const readings = (parts: readonly string[]) => Array.from({ length: Math.max(1, parts.length) }, () => 'Undetermined')
  const of = (kind: 'organism' | 'gene') => open.filter((target) => target.kind === kind)
  return updateDrugs(tx, reportId, {
    ...(version === undefined ? {} : { version }),
    organisms: of('organism').map(({ id, number, parts }) => ({ id, number, readings: readings(parts) })),
    genes: of('gene').map(({ id, parts }) => ({ id, readings: readings(parts) })),
    ...(state.plan.kind === 'culture' && state.growth === '' && state.targets.size === 0 ? { growth: 'no_growth' as const } : {}),
  })
}

/** Measures targets again: their readings go, with the reason, and the report waits for new ones. */
export async function rerunTargets(tx: Tx, reportId: number, { version, targets, reason }: BodyOf<typeof rerunContract>): Promise<MolecularEntry> {
  const report = await sectionsLocked(tx, reportId, version, 'rerun')
  const { state: before } = await entryOf(tx.reader, reportId)
  refuseIf(targets.flatMap((key, at) => (before.targets.get(key)?.readings.some((text) => text !== null) ? []
    : [{ path: `/targets/${at}`, message: `${key} has no reading to repeat`, code: 'molecular.nothing_to_rerun' }])))
  const asked = before.plan.targets.filter(({ key }) => targets.includes(key))
  const blank = (parts: readonly string[]) => Array.from({ length: Math.max(1, parts.length) }, () => null)
  const { state } = decideEntry(before, {
    organisms: asked.filter(({ kind }) => kind === 'organism').map(({ id, number, parts }) => ({ id, number, readings: blank(parts) })),
    genes: asked.filter(({ kind }) => kind === 'gene').map(({ id, parts }) => ({ id, readings: blank(parts) })),
  }, { accountId: tx.actor.accountId, name: tx.actor.name, at: tx.now })
  await writeEntry(tx, reportId, state)
  const saved = await saveSections(tx, report, { ...entrySections(state), complete: false, reason, rerun: asked.map(({ name }) => name) })
  return entryJson(state, saved)
}

/** The antimicrobiogram of a report: of what is handed in, which is saved first, else of what it has. An issued report is only read. */
export async function organismAntibioticResults(tx: Tx, { report_id: reportId, ...body }: { report_id: number } & DrugsBody): Promise<Antimicrobiogram> {
  const given = [body.organisms, body.genes, body.antibiotics, body.drugs, body.controls].some((each) => each && each.length > 0)
    || body.growth !== undefined || body.surveillance !== undefined
  if (given) await updateDrugs(tx, reportId, body)
  const { state, version, patientId, number } = await entryOf(tx.reader, reportId)
  tx.record('molecular.antimicrobiogram_viewed', { id: reportId, patientId, number })
  const cells = resistanceJson(state)
  return {
    report_id: reportId, version,
    organisms: state.plan.targets.filter(({ key, kind }) => kind === 'organism' && state.targets.get(key)?.result === 'DETECTED')
      .map(({ key, id, name, code }) => ({ target: key, organism_id: id, name, code })),
    antibiotics: state.plan.antibiotics.filter(({ id }) => cells.some(({ antibiotic_id }) => antibiotic_id === id))
      .map(({ id, name, code, category }) => ({ id, name, code, category })),
    genes: testedGenes(state).map((gene) => ({
      gene_id: state.plan.targets.find(({ key }) => key === gene.key)?.id ?? 0, name: gene.name, result: state.targets.get(gene.key)?.result ?? null,
      applies: appliesTo(state, gene),
    })),
    cells,
  }
}
