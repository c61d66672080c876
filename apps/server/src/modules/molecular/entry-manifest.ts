import type { ActionSpec } from '#platform/module'

/** What may be recorded about panels and the entry of reports. */
export const entryActions: Record<string, ActionSpec> = {
  'molecular.result_overridden': { category: 1775, subject: 'report', says: 'Report {number}: {targets}' },
  'molecular.antimicrobiogram_viewed': { category: 1776, subject: 'report', says: 'Looked at the antimicrobiogram of report {number}' },
  'molecular.summary_repaired': { category: 1777, subject: 'report', says: 'Repaired the antimicrobiograms of {reports} reports: {cells} cells' },
  'molecular.panel_saved': { category: 1778, subject: 'test', says: 'Said what {name} examines: {organisms} organisms, {genes} genes' },
  'molecular.entry_viewed': { category: 1779, subject: 'report', says: 'Looked at organisms and genes of report {number}' },
}
