import { Type } from 'typebox'
import type { Static } from 'typebox'
import { ReportStatus, SpecimenStatus } from './reports-status.ts'
import { route } from './route.ts'
import { distinct, nullable, oneOf, record } from './schema.ts'
import { CodedRef, Count, DateTime, Id, Page, Priority, Ref, Sex, Version, dayRangeQuery, missingFields, pageQuery, searchQuery } from './shared.ts'

export const ReportFlags = record({
  abnormal: Type.Boolean(),
  critical: Type.Boolean(),
  unacknowledgedCritical: Type.Boolean(),
  amended: Type.Boolean(),
  isFile: Type.Boolean(),
  file: nullable(oneOf(['missing', 'checking', 'ready', 'refused'])),
})
export type ReportFlags = Static<typeof ReportFlags>

export const WorklistRow = record({
  reportId: Id,
  reportNumber: Type.String(),
  version: Version,
  status: ReportStatus,
  priority: Priority,
  patient: record({ id: Id, number: Type.String(), fullName: Type.String(), sex: Sex, ageText: Type.String() }),
  accessionId: Id,
  accessionNumber: Type.String(),
  specimen: nullable(record({ id: Id, number: Type.String(), status: SpecimenStatus, type: Type.String() })),
  test: CodedRef,
  department: CodedRef,
  organisation: nullable(Ref),
  doctor: nullable(Ref),
  orderedAt: DateTime,
  dueAt: DateTime,
  overdue: Type.Boolean(),
  flags: ReportFlags,
  ...missingFields,
})
export type WorklistRow = Static<typeof WorklistRow>

const countFilters = {
  ...searchQuery, ...dayRangeQuery,
  departmentId: Type.Optional(Id),
  testId: Type.Optional(Id),
  priority: Type.Optional(distinct(Priority, 3)),
  organisationId: Type.Optional(Id),
  doctorId: Type.Optional(Id),
  patientId: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
  critical: Type.Optional(Type.Boolean({ description: 'with critical values that nobody was told about' })),
}

export const listWorklist = route({
  method: 'GET', path: '/api/reports/worklist', permission: 'reports.view',
  summary: 'The worklist: stat and urgent first, then by the time that reports are due', tags: ['reports'],
  query: record({ ...pageQuery, ...countFilters, status: Type.Optional(distinct(ReportStatus, 9)) }),
  response: Page(WorklistRow), statements: 4,
})

export const WorklistCounts = record({
  counts: record({
    ordered: Count, collected: Count, received: Count, in_progress: Count, completed: Count, verified: Count, partially_signed: Count, signed: Count,
    cancelled: Count,
  } satisfies Record<ReportStatus, typeof Count>),
  overdue: Count,
  unacknowledgedCritical: Count,
})
export type WorklistCounts = Static<typeof WorklistCounts>

export const countWorklist = route({
  method: 'GET', path: '/api/reports/worklist/counts', permission: 'reports.view',
  summary: 'How many reports are in each status, for the same filters', tags: ['reports'],
  query: record(countFilters),
  response: WorklistCounts, statements: 4,
})
