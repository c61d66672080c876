import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import { FileAnswer, serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { antibiogramCsv } from './antibiogram/antibiogram-csv.ts'
import { exportWhonet } from './antibiogram/export-whonet.ts'
import { getAntibiogram } from './antibiogram/get-antibiogram.ts'
import { getChoices } from './antibiogram/get-choices.ts'
import { getTrend } from './antibiogram/get-trend.ts'
import { listIsolates } from './antibiogram/list-isolates.ts'
import { importIsolates, previewImport } from './isolates/import-isolates.ts'
import { previewRepair, repairIsolates } from './isolates/repair-isolates.ts'

const csv = (text: string, fileName: string) => new FileAnswer(Buffer.from(text), 'text/csv; charset=utf-8', fileName, 'attachment')

export const antibiogramRoutes = [
  serve(contract.getAntibiogram, ({ actor, query }) => read(actor, (db) => getAntibiogram(db, actor.labId, query))),
  serve(contract.getAntibiogramCsv, async ({ actor, query }) => csv(await read(actor, (db) => antibiogramCsv(db, actor.labId, query)), 'antibiogram.csv')),
  serve(contract.getAntibiogramChoices, ({ actor }) => read(actor, (db) => getChoices(db, actor.labId))),
  serve(contract.getSusceptibilityTrend, ({ actor, query }) => read(actor, (db) => getTrend(db, actor.labId, query))),
  serve(contract.listIsolates, async ({ actor, query }) => {
    const page = await read(actor, (db) => listIsolates(db, actor.labId, query))
    await viewed(actor, 'molecular.isolates_viewed', page.items.map(({ id, patient, organism }) => ({ id, patientId: patient?.id ?? null, organism })))
    return page
  }),
  serve(contract.exportIsolates, async ({ actor, query }) => {
    const text = await read(actor, (db) => exportWhonet(db, actor.labId, query))
    await viewed(actor, 'molecular.isolates_exported_viewed', { id: 0, identities: query.deidentify === false ? 'with identities' : 'without identities' })
    return csv(text, 'isolates-whonet.csv')
  }),
  serve(contract.importIsolates, ({ actor, body }) =>
    (body.dryRun ? read(actor, (db) => previewImport(db, body)) : change(actor, (tx) => importIsolates(tx, body)))),
  serve(contract.previewIsolateRepair, ({ actor }) => previewRepair(actor)),
  serve(contract.repairIsolates, ({ actor }) => repairIsolates(actor)),
]
