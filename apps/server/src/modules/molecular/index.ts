export { isolatesOfReport, type ReportedIsolate } from './isolates-of-report.ts'
export { mastersOf } from './masters.ts'
