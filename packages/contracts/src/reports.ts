import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Specimen } from './reports-accessions.ts'
import { PatientBrief } from './patients.ts'
import { Section } from './reports-sections.ts'
import { ReportAction, ReportStatus } from './reports-status.ts'
import { nullable, oneOf, record } from './schema.ts'
import { ActorRef, CodedRef, DateTime, IcdCode, Id, Priority, Ref, SignRank, Version, missingFields } from './shared.ts'
import { StoredObject } from './storage.ts'
import { ParameterCode, TestDefinition } from './catalog-definition.ts'
import { ReportFlags } from './reports-worklist.ts'

export const Flag = oneOf(['normal', 'low', 'high', 'critical_low', 'critical_high', 'abnormal', 'critical', 'unjudged'])
export type Flag = Static<typeof Flag>

/** One result with the judgement it was given: unit and range are kept as they were then. */
export const ReportValue = record({
  code: ParameterCode,
  value: nullable(Type.String()),
  number: nullable(Type.Number()),
  comparator: nullable(oneOf(['<', '>', '<=', '>='])),
  unit: Type.String(),
  flag: Flag,
  rangeText: Type.String(),
  note: nullable(Type.String()),
  source: oneOf(['manual', 'calculated', 'instrument', 'file']),
  rerunRequested: Type.Boolean(),
  acknowledged: Type.Boolean({ description: 'somebody was told about this critical value' }),
  enteredAt: DateTime,
  enteredBy: ActorRef,
})
export type ReportValue = Static<typeof ReportValue>

/** The patient's last signed result of the same parameter, from another report. */
export const PreviousValue = record({ code: ParameterCode, value: Type.String(), unit: Type.String(), flag: Flag, at: DateTime, reportId: Id })
export type PreviousValue = Static<typeof PreviousValue>

export const CriticalNotice = record({
  id: Id, parameterCodes: Type.Array(ParameterCode), toldWhom: Type.String(), toldAt: DateTime, readBack: Type.Boolean(),
  note: nullable(Type.String()), recordedAt: DateTime, recordedBy: ActorRef,
})
export type CriticalNotice = Static<typeof CriticalNotice>

export const Signature = record({
  id: Id, accountId: Id, name: Type.String(), title: nullable(Type.String()), qualification: nullable(Type.String()),
  registrationNumber: nullable(Type.String()), rank: SignRank, signedAt: DateTime,
})
export type Signature = Static<typeof Signature>

/** `code`: of a parameter, or the name of a fact of a section. */
const ChangedValue = record({ code: Type.String(), before: nullable(Type.String()), after: nullable(Type.String()) })

export const Amendment = record({
  number: Type.Integer({ minimum: 1 }), reason: Type.String(), changes: Type.Array(ChangedValue), at: DateTime, by: ActorRef,
})
export type Amendment = Static<typeof Amendment>

/** add: the lab's header and the patient are printed around the pages of the file. own: the file has a header of its own; only a foot is added. */
export const Letterhead = oneOf(['add', 'own'])
export type Letterhead = Static<typeof Letterhead>

/** The file that is a report's result. */
export const ReportFile = record({
  object: StoredObject,
  check: oneOf(['waiting', 'passed', 'refused']),
  letterhead: Letterhead,
  attachedAt: DateTime,
  attachedBy: ActorRef,
})
export type ReportFile = Static<typeof ReportFile>

/** What result entry changes: the answer of every command on one report. */
const stateFields = {
  id: Id,
  version: Version,
  status: ReportStatus,
  flags: ReportFlags,
  entry: oneOf(['values', 'file', 'sections']),
  values: Type.Array(ReportValue),
  sections: Type.Array(Section, { description: 'the result of a report whose entry is by sections; empty until it has one' }),
  file: nullable(ReportFile),
  doneWith: nullable(record({ id: Id, number: Type.String(), test: Type.String() })),
  interpretation: nullable(Type.String()),
  criticalNotices: Type.Array(CriticalNotice),
  signatures: Type.Array(Signature),
  amendments: Type.Array(Amendment),
  actions: Type.Array(ReportAction, { description: 'what this caller may do now' }),
  completedAt: nullable(DateTime),
  completedBy: nullable(ActorRef),
  verifiedAt: nullable(DateTime),
  verifiedBy: nullable(ActorRef),
  signedAt: nullable(DateTime),
}
export const ReportState = record(stateFields)
export type ReportState = Static<typeof ReportState>

/** Everything that result entry needs. `definition` is the version by which this report is judged, whatever the catalogue says now. */
export const Report = record({
  ...stateFields,
  number: Type.String(),
  priority: Priority,
  patient: PatientBrief,
  billId: Id,
  billNumber: Type.String(),
  icd: Type.Array(IcdCode),
  accessionId: Id,
  accessionNumber: Type.String(),
  specimen: nullable(Specimen),
  testId: Id,
  definitionVersion: Version,
  definition: TestDefinition,
  department: CodedRef,
  requiredSignRank: SignRank,
  organisation: nullable(Ref),
  doctor: nullable(Ref),
  previous: Type.Array(PreviousValue),
  orderedAt: DateTime,
  dueAt: DateTime,
  cancelReason: nullable(Type.String()),
  verifyUrl: nullable(Type.String({ description: 'what the QR code of the signed report opens' })),
  ...missingFields,
})
export type Report = Static<typeof Report>

export const HistoryEntry = record({
  at: DateTime,
  actor: ActorRef,
  kind: oneOf(['value', 'file', 'status', 'amendment', 'critical_notice', 'signature', 'rerun']),
  code: nullable(Type.String()),
  before: nullable(Type.String()),
  after: nullable(Type.String()),
  reason: nullable(Type.String()),
})
export type HistoryEntry = Static<typeof HistoryEntry>
