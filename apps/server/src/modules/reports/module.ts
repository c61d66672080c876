import type { Module } from '#platform/module'
import { patientMerge } from './merge-patient.ts'
import { resultActions, resultJobs, resultSubscriptions } from './results-manifest.ts'
import { orderRoutes } from './routes-orders.ts'
import { fileRoutes } from './routes-files.ts'
import { resultRoutes } from './routes-results.ts'

export const reports: Module = {
  name: 'reports',
  routes: [...orderRoutes, ...resultRoutes, ...fileRoutes],
  actions: {
    'reports.ordered': { category: 1400, subject: 'accession', says: 'Ordered {tests} under {number}' },
    'reports.specimen_collected': { category: 1401, subject: 'specimen', says: 'Collected specimen {number}' },
    'reports.specimen_received': { category: 1402, subject: 'specimen', says: 'Received specimen {number}' },
    'reports.specimen_rejected': { category: 1403, subject: 'specimen', says: 'Rejected specimen {number}: {reason}' },
    'reports.specimen_redrawn': { category: 1404, subject: 'specimen', says: 'Asked for a new specimen in place of {number}: {reason}' },
    'reports.cancelled': { category: 1405, subject: 'report', says: 'Cancelled report {number}: {reason}' },
    'reports.order_changed': { category: 1407, subject: 'accession', says: 'Changed the order {number}' },
    'reports.accession_viewed': { category: 1406, subject: 'accession', says: 'Looked at accession {number}' },
    ...resultActions,
  },
  jobs: resultJobs,
  subscriptions: resultSubscriptions,
  constraints: { signature_once: { code: 'reports.already_signed_by_you' }, file_of_one_report: { code: 'storage.path_not_allowed', path: '/initialFilePath' } },
  merges: { patient: patientMerge },
  search: { accession: 'reports.search_accession', report: 'reports.search_report' },
}
