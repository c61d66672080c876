import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { getEntry } from './get-entry.ts'
import { getPanel, listPanels, savePanel } from './panels.ts'
import { checkSummary, repairSummary } from './repair-summary.ts'
import { defaultDrugs, organismAntibioticResults, rerunTargets, updateDrugs } from './save-entry.ts'

export const entryRoutes = [
  serve(contract.listMolecularPanels, ({ actor }) => read(actor, listPanels)),
  serve(contract.getMolecularPanel, ({ actor, params }) => read(actor, (db) => getPanel(db, params.testId))),
  serve(contract.saveMolecularPanel, ({ actor, params, body }) => change(actor, (tx) => savePanel(tx, params.testId, body))),

  serve(contract.getMolecularEntry, async ({ actor, params }) => {
    const { entry, ...report } = await read(actor, (db) => getEntry(db, actor, params.report_id))
    await viewed(actor, 'molecular.entry_viewed', { id: entry.report_id, ...report })
    return entry
  }),
  serve(contract.updateDrugs, ({ actor, params, body }) => change(actor, (tx) => updateDrugs(tx, params.report_id, body))),
  serve(contract.defaultDrugs, ({ actor, params, body }) => change(actor, (tx) => defaultDrugs(tx, params.report_id, body.version))),
  serve(contract.rerunTargets, ({ actor, params, body }) => change(actor, (tx) => rerunTargets(tx, params.report_id, body))),

  serve(contract.organismAntibioticResults, ({ actor, body }) => change(actor, (tx) => organismAntibioticResults(tx, body))),
  serve(contract.checkSummary, ({ actor, query }) => read(actor, (db) => checkSummary(db, query))),
  serve(contract.repairSummary, ({ actor, body }) => change(actor, (tx) => repairSummary(tx, body))),
]
