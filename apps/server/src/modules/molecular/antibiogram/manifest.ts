import type { ActionSpec, Job } from '#platform/module'
import { followReport } from '../isolates/refresh-isolates.ts'

/** What may be recorded about isolates. */
export const isolateActions: Record<string, ActionSpec> = {
  'molecular.isolates_followed': { category: 1750, subject: 'isolate', says: 'Isolates follow a report: {added} added, {changed} changed, {removed} removed' },
  'molecular.isolates_imported': { category: 1751, subject: 'isolate', says: 'Imported {isolates} isolates from {fileName}, {replaced} of them again' },
  'molecular.isolates_repaired': { category: 1752, subject: 'isolate', says: 'Repaired isolates: {added} added, {changed} changed, {removed} removed' },
  'molecular.isolates_viewed': { category: 1753, subject: 'isolate', says: 'Looked at isolates of {organism} in the antibiogram' },
  'molecular.isolates_exported_viewed': { category: 1754, subject: 'isolate', says: 'Exported isolates for WHONET, {identities}' },
}

export const isolateJobs: Record<string, Job> = { 'molecular.follow_report': followReport }
/** Whatever may make a report signed, or signed no longer. */
export const isolateSubscriptions: Record<string, string[]> = Object.fromEntries(
  ['reports.signed', 'reports.unsigned', 'reports.amended', 'reports.cancelled', 'reports.rerun_requested', 'reports.converted', 'reports.marked_done']
    .map((action) => [action, ['molecular.follow_report']]))
