import { reportTransitions, type Permission, type ReportAction, type ReportState } from '@aliquot/contracts'
import { sql } from 'kysely'
import type { Actor } from '#platform/auth'
import { platformErrors } from '#platform/errors'
import type { Reader } from '#platform/unit-of-work'
import { storedObjectJson } from '#modules/storage'
import { ofValues } from './lock-report.ts'

const needed: Record<ReportAction, Permission> = {
  collect: 'reports.collect', receive: 'reports.receive', reject: 'reports.reject', redraw: 'reports.reject', save: 'reports.enter',
    complete: 'reports.complete',
  acknowledge: 'reports.acknowledge', verify: 'reports.verify', sign: 'reports.sign', unsign: 'reports.unsign', amend: 'reports.amend',
    rerun: 'reports.rerun', cancel: 'reports.cancel', attach_file: 'reports.enter', convert: 'reports.convert', mark_done: 'reports.complete',
}

/** Who did a thing: null where it was not done. */
const by = (account: string, at: string) => sql`labs.account_ref(${sql.ref(account)}, ${sql.ref(at)})`

/** Marks of reports.report as r. */
export const flagsJson = sql`jsonb_build_object('abnormal', r.abnormal, 'critical', r.critical, 'unacknowledgedCritical', r.unacknowledged_critical,
  'amended', r.amendment > 0, 'isFile', r.is_file, 'file', case when not r.is_file then null when r.file_check is null then 'missing'
    when r.file_check = 'waiting' then 'checking' when r.file_check = 'passed' then 'ready' else 'refused' end)`

/** What result entry changes, for any statement that has reports.report as r. */
export const stateColumns = sql`
  r.id, r.version, r.status, r.interpretation, r.completed_at as "completedAt", r.verified_at as "verifiedAt", r.signed_at as "signedAt",
  ${by('r.completed_by', 'r.completed_at')} as "completedBy", ${by('r.verified_by', 'r.verified_at')} as "verifiedBy",
  ${flagsJson} as flags, case when r.is_file then 'file' when r.by_sections then 'sections' else 'values' end as entry,
  coalesce((select s.sections from reports.sections s where s.report_id = r.id), '[]') as sections,
  (select jsonb_build_object('object', ${storedObjectJson('o')}, 'check', r.file_check, 'letterhead', f.letterhead, 'attachedAt', f.attached_at,
    'attachedBy', labs.account_ref(f.attached_by, f.attached_at))
    from reports.file f join storage.pub_object o on o.id = f.object_id where f.report_id = r.id) as file,
  (select jsonb_build_object('id', w.id, 'number', w.number, 'test', t.name) from reports.report w join catalog.pub_test t on t.id = w.test_id
    where w.id = r.done_with_id) as "doneWith",
  (select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'value', v.value, 'number', v.number, 'comparator', v.comparator, 'unit', v.unit,
    'flag', v.flag, 'rangeText', v.range_text,
      'note', v.note, 'source', v.source, 'rerunRequested', v.rerun_requested, 'acknowledged', v.acknowledged, 'enteredAt', v.entered_at,
      'enteredBy', labs.account_ref(v.entered_by, v.entered_at)) order by v.id), '[]') from reports.value v where v.report_id = r.id) as values,
  (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'parameterCodes', n.parameter_codes, 'toldWhom', n.told_whom, 'toldAt', n.told_at,
    'readBack', n.read_back, 'note', n.note,
      'recordedAt', n.at, 'recordedBy', labs.account_ref(n.by_account, n.at)) order by n.id), '[]') from reports.critical_notice n
        where n.report_id = r.id) as "criticalNotices",
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'accountId', s.account_id, 'name', a.name, 'title', a.title, 'qualification',
    a.qualification,
      'registrationNumber', a.registration_number, 'rank', s.rank, 'signedAt', s.signed_at) order by s.id), '[]')
    from reports.signature s join labs.pub_account a on a.id = s.account_id where s.report_id = r.id and s.revoked_at is null
      and s.amendment = r.amendment) as signatures,
  (select coalesce(jsonb_agg(jsonb_build_object('number', m.number, 'reason', m.reason, 'changes', m.changes, 'at', m.at, 'by',
    labs.account_ref(m.by_account, m.at)) order by m.number), '[]')
    from reports.amendment m where m.report_id = r.id) as amendments`

/** What this caller may do with a report in this status. */
export function actionsFor(actor: Actor, { status, flags: { isFile, file } }: Pick<ReportState, 'status' | 'flags'>): ReportAction[] {
  const issued = status === 'signed' || status === 'partially_signed'
  return (Object.keys(reportTransitions[status]) as ReportAction[]).filter((action) => actor.permissions.has(needed[action])
    && !(isFile ? ofValues : ofFiles).has(action)
    && !(isFile && file !== 'ready' && needsFile.has(action))
    && (action !== 'sign' || actor.signRank > 0 || actor.kind === 'system')
    && (action !== 'convert' || !issued || actor.permissions.has('reports.unsign')))
}

const ofFiles: ReadonlySet<ReportAction> = new Set(['attach_file'])
const needsFile: ReadonlySet<ReportAction> = new Set(['verify', 'sign'])

/** The answer of every command on one report. */
export async function reportState(db: Reader, actor: Actor, id: number): Promise<ReportState> {
  const { rows: [state] } = await sql<Omit<ReportState,
    'actions'>>`select ${stateColumns} from reports.report r where r.id = ${id}`.execute(db as never)
  if (!state) throw platformErrors.not_found({ thing: 'report' })
  return { ...state, actions: actionsFor(actor, state) }
}
