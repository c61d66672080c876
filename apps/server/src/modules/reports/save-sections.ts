import type { ReportState, Section } from '@aliquot/contracts'
import { sql } from 'kysely'
import { platformErrors, refuseIf } from '#platform/errors'
import type { Tx } from '#platform/unit-of-work'
import { lockReport, type LockedReport } from './lock-report.ts'
import { reportState } from './report-state.ts'
import { startAmendment } from './start-amendment.ts'

/** The whole result of a report as another module hands it over. */
export interface SectionsDraft {
  sections: Section[]
  /** The same by name, as history and amendments tell it: 'Escherichia coli' → 'Detected, Ct 24.1'. */
  facts: Record<string, string>
  abnormal: boolean
  complete: boolean
  /** undefined: as it is */
  interpretation?: string | null | undefined
  /** Why an issued report is changed, or measured again. */
  reason?: string | undefined
  /** These facts are to be measured again. */
  rerun?: string[]
}

/**
 * Locks a report that is filled by sections, before its module reads what it has of it. `save` and `complete` of an issued report are an amendment,
 * which needs that permission. `measured` is for instruments, whose results somebody with another permission released, or nobody. Without a version
 * the report is taken as it is.
 */
export async function sectionsLocked(
  tx: Tx, reportId: number, version: number | undefined, asked: 'save' | 'complete' | 'amend' | 'rerun' | 'measured',
): Promise<LockedReport> {
  if (asked === 'measured') return lockReport(tx, reportId, version, 'save', 'sections')
  const permission = asked === 'complete' ? 'reports.complete' : asked === 'amend' ? 'reports.amend' : asked === 'rerun' ? 'reports.rerun' : 'reports.enter'
  if (!tx.actor.permissions.has(permission)) throw platformErrors.forbidden({ permission })
  return lockReport(tx, reportId, version, asked, 'sections')
}

/**
 * Gives a locked report its sections, with the same steps as values: a verified or completed one goes back, an issued one keeps what was issued with
 * the reason and is signed anew. Three statements, five for an amendment.
 */
export async function saveSections(tx: Tx, report: LockedReport, draft: SectionsDraft): Promise<ReportState> {
  const { sections, facts, abnormal, reason = null } = draft
  const amending = report.status === 'signed'
  const changes = changesOf(report.sections?.facts ?? {}, facts)
  const interpretation = interpretationOf(report, draft)
  if (amending && changes.length === 0 && interpretation === report.interpretation) {
    refuseIf([{ path: '', message: 'nothing differs from the issued report', code: 'reports.nothing_amended' }])
  }
  const amendment = amending ? await startAmendment(tx, report, reason ?? '', changes) : report.amendment
  const cause = amending ? 'amend' : draft.rerun ? 'rerun' : 'edit'
  await sql`
    with history as (
      insert into reports.value_history (lab_id, report_id, code, old_value, new_value, cause, reason, amendment, at, by_account, by_name)
      select ${tx.actor.labId}, ${report.id}, code, before, after, ${cause}, ${reason}, ${report.amendment}, ${tx.now}, ${tx.actor.accountId}::bigint,
        ${tx.actor.name}
      from jsonb_to_recordset(${JSON.stringify(changes)}) as c(code text, before text, after text)
    )
    insert into reports.sections as s (report_id, lab_id, sections, facts, entered_at, entered_by)
    values (${report.id}, ${tx.actor.labId}, ${JSON.stringify(sections)}::jsonb, ${JSON.stringify(facts)}::jsonb, ${tx.now}, ${tx.actor.accountId}::bigint)
    on conflict (report_id) do update set sections = excluded.sections, facts = excluded.facts, entered_at = excluded.entered_at,
      entered_by = excluded.entered_by`.execute(tx.db)
  const complete = amending || draft.complete
  await sql`
    update reports.report set version = version + 1, status = ${complete ? 'completed' : 'in_progress'}, interpretation = ${interpretation},
      amendment = ${amendment}, started_at = coalesce(started_at, ${tx.now}), completed_at = ${complete ? tx.now : null}::timestamptz,
      completed_by = ${complete ? tx.actor.accountId : null}::bigint, verified_at = null, verified_by = null, signed_at = null, abnormal = ${abnormal}
    where id = ${report.id}`.execute(tx.db)
  recordSaved(tx, report, draft, { amendment: amending ? amendment : null, codes: changes.map(({ code }) => code).join(', ') })
  return reportState(tx.reader, tx.actor, report.id)
}

function recordSaved(tx: Tx, report: LockedReport, { reason, rerun, complete }: SectionsDraft, { amendment, codes }: { amendment: number | null; codes: string }): void {
  if (amendment !== null) tx.record('reports.amended', report, { reason, amendment, codes: codes || 'interpretation' })
  else if (rerun) tx.record('reports.rerun_requested', report, { codes: rerun.join(', '), reason })
  else tx.record(complete ? 'reports.completed' : 'reports.values_saved', report, { codes: codes || 'nothing new' })
}

type Facts = Readonly<Record<string, string>>

const changesOf = (before: Facts, after: Facts) => [...new Set([...Object.keys(before), ...Object.keys(after)])]
  .map((code) => ({ code, before: before[code] ?? null, after: after[code] ?? null })).filter((change) => change.before !== change.after)

/** As it is, where the draft does not name it. */
const interpretationOf = (report: LockedReport, { interpretation }: SectionsDraft): string | null =>
  (interpretation === undefined ? report.interpretation : interpretation?.trim() || null)
