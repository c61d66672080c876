export { registerPatient } from './register-patient.ts'
export { patientOf, toPatient, type PatientRow } from './patient-row.ts'
export { markSigned } from './mark-signed.ts'
export { noteVisit, type Visit } from './note-visit.ts'
