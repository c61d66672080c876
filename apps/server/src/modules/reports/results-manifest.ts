import type { ActionSpec, Job } from '#platform/module'
import { followFileCheck } from './follow-file-check.ts'

const onReport = (category: number, says: string): ActionSpec => ({ category, subject: 'report', says })

/** What may be recorded about a report's results. */
export const resultActions: Record<string, ActionSpec> = {
  'reports.values_saved': onReport(1420, 'Saved results of report {number}: {codes}'),
  'reports.completed': onReport(1421, 'Completed report {number}'),
  'reports.critical_found': onReport(1422, 'Report {number} has critical values: {codes}'),
  'reports.critical_told': onReport(1423, 'Told {toldWhom} about critical values of report {number}: {codes}'),
  'reports.verified': onReport(1424, 'Verified report {number}'),
  'reports.partially_signed': onReport(1425, 'Partially signed report {number}'),
  'reports.signed': onReport(1426, 'Signed report {number}'),
  'reports.unsigned': onReport(1427, 'Took the signatures of report {number} back: {reason}'),
  'reports.amended': onReport(1428, 'Amended report {number} ({codes}), amendment {amendment}: {reason}'),
  'reports.rerun_requested': onReport(1429, 'Asked for a rerun of {codes} of report {number}: {reason}'),
  'reports.report_viewed': onReport(1430, 'Looked at report {number}'),
  'reports.printed': onReport(1431, 'Printed report {number}'),
  'reports.file_attached': onReport(1432, 'Gave report {number} the file {fileName}'),
  'reports.file_passed': onReport(1433, 'The file of report {number} was checked'),
  'reports.file_refused': onReport(1434, 'The file of report {number} was refused: {because}'),
  'reports.converted': onReport(1435, 'Made report {number} one of {kind}'),
  'reports.marked_done': onReport(1436, 'Marked report {number} as done within report {within}'),
}

export const resultJobs: Record<string, Job> = { 'reports.follow_file_check': followFileCheck }
export const resultSubscriptions: Record<string, string[]> = {
  'storage.verified': ['reports.follow_file_check'], 'storage.refused': ['reports.follow_file_check'],
}
