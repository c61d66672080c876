import type { Actor } from '#platform/auth'
import type { TestDatabase } from '#platform/testing'
import { change } from '#platform/unit-of-work'
import { signReport } from '../../reports/testing.ts'
import { updateDrugs } from '../save-entry.ts'
import { aPanel, aPanelBody, aPanelReport, mastersByName } from '../testing/entry.ts'

/** A signed culture report with one isolate, resistant to ciprofloxacin. */
export async function aSignedCulture(actor: Actor, database: TestDatabase): Promise<number> {
  const id = await mastersByName(database)
  const [organism = 0, cip = 0] = [id['Escherichia coli'], id.CIP]
  const test = await aPanel(actor, aPanelBody({ kind: 'culture', controls: [], bins: [], antibiotics: [cip] }))
  const report = await aPanelReport(actor, test)
  const { version } = await change(actor, (tx) => updateDrugs(tx, report.id, {
    growth: 'growth', complete: true, organisms: [{ id: organism }], antibiotics: [{ id: cip, organism_id: organism, result: 'R' }],
  }))
  await change(actor, (tx) => signReport(tx, report.id, { version }))
  return report.id
}
