import { formatResult, type Flag, type Parameter, type TestDefinition } from '@aliquot/lab-arithmetic'
import type { CriticalNotice, PreviousValue } from '@aliquot/contracts'
import type { PinnedTest } from '#modules/catalog'
import type { LabProfile } from '#modules/labs'
import { verifyUrl } from './get-report.ts'
import type { Amendment, PrintedOrder, PrintedReport, PrintedResult, ReportBody, ResultFlag } from './print/document.ts'
import type { PrintRow } from './print-rows.ts'
import { shownAge } from './shown-age.ts'

export function letterheadOf(lab: LabProfile) {
  const lines = [...(lab.reportHeader ? lab.reportHeader.split('\n') : []), ...lab.address.split('\n'),
    [lab.phone, lab.email].filter(Boolean).join(' · ')].filter(Boolean)
  return { name: lab.name, lines, ...(lab.accreditation ? { accreditation: lab.accreditation } : {}) }
}

export function orderOf(rows: readonly PrintRow[], { timezone }: LabProfile, reports: PrintedReport[]): PrintedOrder {
  const [first] = rows as [PrintRow, ...PrintRow[]]
  const { number, title, fullName, sex, ...birth } = first.patient
  const specimens = new Map(rows.flatMap((row) => row.specimens).map((specimen) => [specimen.number, specimen]))
  return {
    accessionNumber: first.accessionNumber,
    patient: { number, name: [title, fullName].filter(Boolean).join(' '), age: shownAge(birth, first.collectedAt ?? first.orderedAt, timezone),
      sex: sexWords[sex] ?? sex, birthDate: birth.birthDate },
    ...(first.doctor ? { referredBy: first.doctor } : {}),
    ...(first.organisation ? { organisation: first.organisation } : {}),
    orderedAt: first.orderedAt,
    specimens: [...specimens.values()].map(({ collectedAt, receivedAt, ...specimen }) =>
      ({ ...specimen, collectedAt: dateOf(collectedAt), receivedAt: dateOf(receivedAt) })),
    reports,
  }
}

/** A report with its results; those of a file are in the file. */
export const reportOf = (row: PrintRow, { definition }: PinnedTest, previous: PreviousValue[]): PrintedReport => {
  const interpretation = row.interpretation ?? definition.interpretation
  return {
    ...frameOf(row, definition),
    ...(definition.method ? { method: definition.method } : {}),
    body: row.entry === 'file' ? { kind: 'narrative', parts: [] } : row.entry === 'sections' ? { kind: 'sections', sections: row.sections } : bodyOf(row, definition, previous),
    ...(interpretation ? { interpretation } : {}),
    ...(definition.notes ? { comments: [definition.notes] } : {}),
  }
}

/** A report that has these words in place of results. */
export const wordsReportOf = (row: PrintRow, { definition }: PinnedTest, text: string): PrintedReport => ({
  ...frameOf(row, definition),
  body: { kind: 'narrative', parts: [{ text }] },
  ...(row.interpretation ? { interpretation: row.interpretation } : {}),
})

/** All but the results and what explains them. */
function frameOf(row: PrintRow, definition: TestDefinition): Omit<PrintedReport, 'body'> {
  return {
    department: row.department,
    name: definition.name,
    specimens: row.specimens.map(({ number }) => number),
    status: row.status === 'signed' ? 'final' : row.status === 'partially_signed' ? 'partially signed' : 'preliminary',
    reportedAt: dateOf(row.signedAt),
    amendments: amendmentsOf(row, definition),
    signatures: row.signatures.map(({ name, qualification, registrationNumber, title, signedAt }) => ({
      name, signedAt: new Date(signedAt), ...(qualification ? { qualification } : {}), ...(registrationNumber ? { registrationNumber } : {}),
      ...(title ? { role: title } : {}),
      ...(row.status === 'partially_signed' ? { partial: true } : {}),
    })),
    ...(row.status === 'signed' ? { verification: { url: verifyUrl(row.token, row.amendmentNo), code: row.number } } : {}),
  }
}

function amendmentsOf({ amendments }: PrintRow, { parameters }: TestDefinition): Amendment[] {
  const names = new Map(parameters.map(({ code, name }) => [code, name]))
  return amendments.map(({ number, at, by, reason, changes }) => ({
    number, at: new Date(at), by: by.name, reason,
    ...(changes.some(({ code }) => code === fileChange) ? { fileReplaced: true } : {}),
    changes: changes.filter(({ code }) => code !== fileChange)
      .map(({ code, before, after }) => ({ name: names.get(code) ?? code, previous: before ?? '–', current: after ?? '–' })),
  }))
}

/** In the place of a parameter's code: the names of the files. */
const fileChange = 'FILE'

function bodyOf(row: PrintRow, { formatType, parameters }: TestDefinition, previous: PreviousValue[]): ReportBody {
  const values = new Map(row.values.map((value) => [value.code, value]))
  if (formatType === 2) return { kind: 'narrative',
    parts: parameters.flatMap(({ code, name }) => textOf(values.get(code)?.value, (text) => ({ heading: name, text }))) }
  if (formatType === 3) return { kind: 'culture',
    findings: parameters.flatMap(({ code, name }) => textOf(values.get(code)?.value, (text) => ({ name, text }))), isolates: [] }
  const amended = new Set(row.amendments.flatMap(({ changes }) => changes.map(({ code }) => code)))
  const groups = Map.groupBy(parameters.filter(({ code, optional }) => !optional || values.get(code)?.value), ({ heading }) => heading)
  return {
    kind: 'table',
    groups: [...groups].map(([heading, group]) => ({
      ...(heading ? { heading } : {}),
      results: group.map((parameter) => resultOf(parameter, values.get(parameter.code), previous.find(({ code }) => code === parameter.code),
        row.criticalNotices, amended)),
    })),
  }
}

export const sexWords: Record<string, string> = { male: 'Male', female: 'Female', other: 'Other', unknown: 'Sex not known' }

const textOf = <T>(text: string | null | undefined, make: (text: string) => T): T[] => (text ? [make(text)] : [])

function resultOf(parameter: Parameter, value: PrintRow['values'][number] | undefined, previous: PreviousValue | undefined, notices: CriticalNotice[],
  amended: Set<string>): PrintedResult {
  const told = notices.findLast(({ parameterCodes }) => parameterCodes.includes(parameter.code))
  const flag = value ? marks[value.flag] : undefined
  const before = previous ? marks[previous.flag] : undefined
  return {
    name: parameter.name,
    value: value?.value ? formatResult(parameter, value.value) : null,
    ...(flag ? { flag } : {}),
    unit: value?.unit ?? parameter.displayUnit,
    range: value?.rangeText ?? '',
    ...(previous ? { previous: { value: formatResult(parameter, previous.value), at: new Date(previous.at), ...(before ? { flag: before } : {}) } }
      : {}),
    ...(value?.note ? { notes: [value.note] } : {}),
    ...(told && value?.flag.startsWith('critical')
      ? { told: { name: told.toldWhom, at: new Date(told.toldAt), by: told.recordedBy.name, readBack: told.readBack } } : {}),
    ...(amended.has(parameter.code) ? { amended: true } : {}),
  }
}

const marks: Partial<Record<Flag, ResultFlag>> = { low: 'L', high: 'H', critical_low: 'LL', critical_high: 'HH', abnormal: 'A', critical: 'AA' }
const dateOf = (time: string | Date | null): Date | null => (time === null ? null : new Date(time))
