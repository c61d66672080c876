import { reportTransitions, type BulkBody, type BulkOutcome, type ReportAction } from '@aliquot/contracts'
import { platformErrors, type Problem } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { reportErrors } from './errors.ts'
import { lockReports, type LockedReport } from './lock-report.ts'
import { fileTrouble, sign, whyNotSign } from './sign-report.ts'
import { alreadySigned } from './signed-by.ts'
import { resultErrors } from './result-errors.ts'
import { markVerified } from './verify-report.ts'

/** Locks all at once and tells those that may go on from those that may not, each with its reason. */
async function sift(tx: Tx, { reports }: BulkBody, action: ReportAction, refusal: (report: LockedReport) => Promise<Problem | null>) {
  const locked = new Map((await lockReports(tx, reports.map(({ reportId }) => reportId))).map((report) => [report.id, report]))
  const good: LockedReport[] = []
  const outcomes: BulkOutcome[] = []
  for (const { reportId, version } of reports) {
    const report = locked.get(reportId)
    const problem = !report ? platformErrors.not_found({ thing: 'report' })
      : report.version !== version ? platformErrors.stale_version({ thing: 'report' })
      : !(action in reportTransitions[report.status]) ? reportErrors.wrong_status({ status: report.status })
      : await refusal(report)
    outcomes.push({ reportId, ok: !problem, status: report?.status ?? null, version: report?.version ?? null, code: problem?.code ?? null,
      detail: problem?.message ?? null })
    if (!report || problem) continue
    good.push(report)
    // Named twice, the second finds another version.
    locked.set(reportId, { ...report, version: version + 1 })
  }
  return { good, outcomes }
}

const done = (outcomes: BulkOutcome[], statusOf: (id: number) => BulkOutcome['status']) =>
  outcomes.map((outcome) => (outcome.ok ? { ...outcome, status: statusOf(outcome.reportId), version: (outcome.version ?? 0) + 1 } : outcome))

/** Verifies many; each succeeds or fails alone, in a constant number of statements. */
export async function verifyReports(tx: Tx, body: BulkBody): Promise<{ outcomes: BulkOutcome[] }> {
  const { good, outcomes } = await sift(tx, body, 'verify', async (report) => fileTrouble(report))
  await markVerified(tx, good)
  return { outcomes: done(outcomes, () => 'verified') }
}

/** Signs many; each succeeds or fails alone, in a constant number of statements. */
export async function signReports(tx: Tx, body: BulkBody): Promise<{ outcomes: BulkOutcome[] }> {
  const mine = await alreadySigned(tx, body.reports.map(({ reportId }) => reportId))
  const { good, outcomes } = await sift(tx, body, 'sign',
    async (report) => (mine.has(report.id) ? resultErrors.already_signed_by_you() : whyNotSign(tx, report)))
  await sign(tx, good)
  const required = new Map(good.map(({ id, requiredSignRank }) => [id, requiredSignRank]))
  return { outcomes: done(outcomes, (id) => (tx.actor.signRank >= (required.get(id) ?? 0) ? 'signed' : 'partially_signed')) }
}
