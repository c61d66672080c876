import type { Module } from '#platform/module'
import { checkObject } from './check-object.ts'
import './errors.ts'
import { patientMerge } from './merge-patient.ts'
import { routes } from './routes.ts'
import { deleteBytes, deleteUpload, sweepUnused } from './sweep-unused.ts'

export const storage: Module = {
  name: 'storage',
  routes,
  actions: {
    'storage.reserved': { category: 1300, subject: 'object', says: 'Reserved a place for {fileName}' },
    'storage.verified': { category: 1301, subject: 'object', says: 'Checked and stored {fileName}' },
    'storage.refused': { category: 1302, subject: 'object', says: 'Refused {fileName}: {because}' },
    'storage.removed': { category: 1303, subject: 'object', says: 'Removed the file {fileName}' },
    'storage.bytes_deleted': { category: 1304, subject: 'object', says: 'Deleted the content of {fileName}' },
    'storage.downloaded': { category: 1305, subject: 'object', says: 'Opened {fileName}' },
    'storage.uploaded': { category: 1306, subject: 'object', says: 'Received {fileName}' },
    'storage.superseded': { category: 1307, subject: 'object', says: 'Another file took the place of {fileName}' },
    'storage.check_failed': { category: 1308, subject: 'object', says: '{fileName} could not be checked yet: {because}' },
    'storage.removed_by_hand': { category: 1309, subject: 'object', says: 'Removed the file {fileName} by hand: {reason}' },
    'storage.strays_deleted': { category: 1310, subject: 'lab', says: 'Deleted {count} files that the ledger did not know' },
  },
  jobs: {
    'storage.check': checkObject, 'storage.sweep_unused': sweepUnused, 'storage.delete_bytes': deleteBytes, 'storage.delete_upload': deleteUpload,
  },
  merges: { patient: patientMerge },
  search: { object: 'storage.search_object' },
  constraints: {
    object_temporary_path: { code: 'storage.path_taken', path: '/cloud_path' },
    object_final_path: { code: 'storage.path_taken', path: '/cloud_path' },
    object_path: { code: 'storage.path_taken', path: '/cloud_path' },
  },
}
