import type { PanelBody } from '@aliquot/contracts'
import { anActiveTest } from '../../catalog/testing.ts'
import { aReceivedOrder } from '../../reports/testing.ts'
import type { Actor } from '#platform/auth'
import type { TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { savePanel } from '../panels.ts'
import { updateDrugs } from '../save-entry.ts'

/** Ids of system defaults by name, code or, for antibiotics, the WHONET code. */
export async function mastersByName(database: TestDatabase): Promise<Record<string, number>> {
  const rows = await database.rows<{ name: string; id: number }>(`
    select name, id::int from molecular.gene where lab_id is null union all select name, id::int from molecular.organism where lab_id is null
    union all select whonet_code, id::int from molecular.antibiotic where lab_id is null`)
  return Object.fromEntries(rows.map(({ name, id }) => [name, id]))
}

export const ct = (cutOff = 37, grey: number | null = 40) => ({ cut_off: cutOff, kind: 'CT_MAX' as const, unit: '', grey })
export const load = (cutOff = 10_000, grey: number | null = 1000) => ({ cut_off: cutOff, kind: 'LOAD_MIN' as const, unit: 'copies/mL', grey })

export const aPanelBody = (given: Partial<PanelBody>): PanelBody => ({
  kind: 'pcr', method: 'Real-time PCR', limitations: 'A negative result does not exclude an infection.', load_unit: 'copies/mL',
  bins: [{ from: 0, label: '< 10^4' }, { from: 10_000, label: '10^4–10^5' }, { from: 100_000, label: '≥ 10^5' }], organisms: [], genes: [], antibiotics: [],
  controls: [{ name: 'Internal control', role: 'internal', cut_off: 35 }], ...given,
})

/** A test with its panel; anybody may sign it. */
export async function aPanel(actor: Actor, body: PanelBody): Promise<number> {
  const test = await anActiveTest(actor, { formatType: 5, parameters: [], requiredSignRank: 0 })
  await change(actor, (tx) => savePanel(tx, test.id, body))
  return test.id
}

/** A report of the test whose specimen is at the bench. */
export async function aPanelReport(actor: Actor, testId: number): Promise<{ id: number; version: number; specimenId: number }> {
  const { reports: [report], specimens: [specimen] } = await aReceivedOrder(actor, [testId])
  if (!report || !specimen) throw new Error('the order made no report')
  return { id: report.id, version: report.version, specimenId: specimen.id }
}

/** A PCR test with a report whose one organism is read, and another report that nobody began. */
export async function aBegunReport(actor: Actor, database: TestDatabase) {
  const masters = await mastersByName(database)
  const organism = masters['Escherichia coli'] ?? 0
  const testId = await aPanel(actor, aPanelBody({ organisms: [{ id: organism, judged_by: ct() }], antibiotics: [masters['MEM'] ?? 0] }))
  const { id } = await aPanelReport(actor, testId)
  const { version } = await change(actor, (tx) => updateDrugs(tx, id, { controls: [{ name: 'Internal control', result: 'valid' }], organisms: [{ id: organism, result: '22' }] }))
  return { testId, id, version, organism, fresh: (await aPanelReport(actor, testId)).id }
}
