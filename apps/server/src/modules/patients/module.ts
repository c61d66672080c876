import type { Module } from '#platform/module'
import './errors.ts'
import { ownMerge } from './move-patient.ts'
import { routes } from './routes.ts'

export const patients: Module = {
  name: 'patients',
  routes,
  actions: {
    'patients.registered': { category: 1200, subject: 'patient', says: 'Registered {fullName} ({number})' },
    'patients.updated': { category: 1201, subject: 'patient', says: 'Changed the details of {fullName} ({number})' },
    'patients.viewed': { category: 1202, subject: 'patient', says: 'Looked at {fullName} ({number})' },
    'patients.id_proofs_set': { category: 1203, subject: 'patient', says: 'Changed the id proofs of {fullName} ({number})' },
    'patients.attachment_added': { category: 1204, subject: 'attachment', says: 'Attached {title}' },
    'patients.attachment_removed': { category: 1205, subject: 'attachment', says: 'Removed the attachment {title}' },
    'patients.allowed_tests_set': { category: 1206, subject: 'patient', says: 'Changed which tests {fullName} ({number}) may have' },
    'patients.merged': { category: 1207, subject: 'patient', says: 'Merged {merged} into {fullName} ({number})' },
    'patients.merged_away': { category: 1208, subject: 'patient', says: '{fullName} ({number}) was merged into {kept}' },
  },
  merges: { patient: ownMerge },
  search: { patient: 'patients.search_patient' },
  constraints: {
    patient_national_id: { code: 'patients.national_id_taken', path: '/nationalId' },
    patient_signpost: { code: 'patients.merged' },
    id_proof_number: { code: 'patients.national_id_taken', path: '/idProofs' },
  },
}
