export { isolatesOfReport, type ReportedIsolate } from './isolates-of-report.ts'
