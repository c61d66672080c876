import { statusesAllowing, type Report, type WorklistRow } from '@aliquot/contracts'
import type { UploadTarget } from '../../../platform/index.ts'

const allowing = statusesAllowing('attach_file')

/** Whether a row of the worklist is a file report that may get its file now. Who may do it is another matter. */
export const takesFile = ({ flags, status }: Pick<WorklistRow, 'flags' | 'status'>): boolean => flags.isFile && allowing.includes(status)

export const targetOfRow = ({ reportId, version, patient, test }: WorklistRow): UploadTarget => ({
  reportId, version, patient: { id: patient.id, fullName: patient.fullName, number: patient.number }, test: test.name,
})

export const targetOfReport = ({ id, version, patient, definition }: Report): UploadTarget => ({
  reportId: id, version, patient: { id: patient.id, fullName: patient.fullName, number: patient.number }, test: definition.name,
})
