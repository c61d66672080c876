import * as contract from '@aliquot/contracts'
import { viewed } from '#platform/activity'
import type { Actor } from '#platform/auth'
import { FileAnswer, serve } from '#platform/http'
import { change, read } from '#platform/unit-of-work'
import { acknowledgeCritical } from './acknowledge-critical.ts'
import { amendReport } from './amend-report.ts'
import { signReports, verifyReports } from './bulk.ts'
import { cancelReport } from './cancel-report.ts'
import { getHistory } from './get-history.ts'
import { getReport, reportSubject } from './get-report.ts'
import { printReportPdf } from './print-report.ts'
import { rerunReport } from './rerun-report.ts'
import { completeReport, saveValues } from './save-values.ts'
import { signReport } from './sign-report.ts'
import { unsignReport } from './unsign-report.ts'
import { verifyPublicly } from './verify-publicly.ts'
import { verifyReport } from './verify-report.ts'

export const resultRoutes = [
  serve(contract.verifyReports, ({ actor, body }) => change(actor, (tx) => verifyReports(tx, body))),
  serve(contract.signReports, ({ actor, body }) => change(actor, (tx) => signReports(tx, body))),
  serve(contract.getMergedPdf, ({ actor, query }) => print(actor, query.ids.split(',').map(Number), query.preview)),
  serve(contract.getReport, async ({ actor, params }) => {
    const report = await read(actor, (db) => getReport(db, actor, params.reportId))
    await viewed(actor, 'reports.report_viewed', { ...report, patientId: report.patient.id })
    return report
  }),
  serve(contract.saveValues, ({ actor, params, body }) => change(actor, (tx) => saveValues(tx, params.reportId, body))),
  serve(contract.completeReport, ({ actor, params, body }) => change(actor, (tx) => completeReport(tx, params.reportId, body))),
  serve(contract.verifyReport, ({ actor, params, body }) => change(actor, (tx) => verifyReport(tx, params.reportId, body))),
  serve(contract.signReport, ({ actor, params, body }) => change(actor, (tx) => signReport(tx, params.reportId, body))),
  serve(contract.unsignReport, ({ actor, params, body }) => change(actor, (tx) => unsignReport(tx, params.reportId, body))),
  serve(contract.amendReport, ({ actor, params, body }) => change(actor, (tx) => amendReport(tx, params.reportId, body))),
  serve(contract.rerunReport, ({ actor, params, body }) => change(actor, (tx) => rerunReport(tx, params.reportId, body))),
  serve(contract.cancelReport, ({ actor, params, body }) => change(actor, (tx) => cancelReport(tx, params.reportId, body))),
  serve(contract.acknowledgeCritical, ({ actor, params, body }) => change(actor, (tx) => acknowledgeCritical(tx, params.reportId, body))),
  serve(contract.getHistory, async ({ actor, params, query }) => {
    const { history, report } = await read(actor, async (db) => ({ history: await getHistory(db, params.reportId, query), report: await reportSubject(db, params.reportId) }))
    await viewed(actor, 'reports.report_viewed', report)
    return history
  }),
  serve(contract.getReportPdf, ({ actor, params, query }) => print(actor, [params.reportId], query.preview)),
  serve(contract.verifyPublicly, ({ params, query }) => verifyPublicly(params.token, query.a ?? 0)),
]

async function print(actor: Actor, ids: number[], preview = false): Promise<FileAnswer> {
  const { bytes, printed } = await printReportPdf(actor, ids)
  const action = preview ? 'reports.report_viewed' : 'reports.printed'
  if (preview) await viewed(actor, action, printed)
  else await change(actor, async (tx) => printed.forEach((report) => tx.record(action, report)))
  return new FileAnswer(Buffer.from(bytes), 'application/pdf', `report-${printed.map(({ number }) => number).join('-')}.pdf`)
}
