import { labProfile, type LabProfile } from '#modules/labs'
import type { Actor } from '#platform/auth'
import { DocumentRefused, mergePdfs } from '#platform/documents'
import { reportErrors } from './errors.ts'
import type { PrintedReport } from './print/document.ts'
import { printReports } from './print/print-reports.ts'
import { filesOf, frameOf, printFile, printsFile, type PrintFrame, type StoredFile } from './print-file.ts'
import { orderOf, reportOf, wordsReportOf } from './print-order.ts'
import { readRows, type PrintRow, type PrintRows } from './print-rows.ts'
import { resultErrors } from './result-errors.ts'


/**
 * The reports of one patient as one PDF, in a constant number of statements. Reports that nobody signed are marked as preliminary and need
 * a permission of their own. Answers what was printed, for the log.
 */
export async function printReportPdf(actor: Actor,
  ids: number[]): Promise<{ bytes: Uint8Array; printed: { id: number; patientId: number; number: string }[] }> {
  const lab = await labProfile(actor.labId)
  const found = await readRows(actor, lab, ids)
  const { rows } = found
  if (new Set(rows.map(({ patientId }) => patientId)).size > 1) throw resultErrors.patients_differ()
  const hidden = rows.find(({ status }) => status === 'cancelled' || (status !== 'signed' && !actor.permissions.has('reports.print_unsigned')))
  if (hidden) throw reportErrors.wrong_status({ status: hidden.status })

  const files = await filesOf(actor.labId, rows)
  const frame = frameOf(lab)
  const parts = partsOf(rows)
  const pieces: Uint8Array[] = []
  for (const [index, part] of parts.entries()) {
    const numbered = parts.length > 1 ? { ...frame, part: { number: index + 1, of: parts.length } } : frame
    pieces.push(...await printPart(numbered, lab, part, found, files))
  }
  const [only] = pieces
  const bytes = only && pieces.length === 1 ? only : await merge(pieces)
  return { bytes, printed: rows.map(({ id, patientId, number }) => ({ id, patientId, number })) }
}

const merge = (pieces: Uint8Array[]): Promise<Uint8Array> => mergePdfs(pieces).then(({ bytes }) => bytes, (error: unknown) => {
  throw error instanceof DocumentRefused ? resultErrors.too_large_to_print({ because: error.says }) : error
})

/** Reports that are printed on common pages, or one that is a file. A report whose results are in another's file comes before that. */
function partsOf(rows: readonly PrintRow[]): PrintRow[][] {
  const place = ({ id, doneWith }: PrintRow): number => {
    const host = doneWith ? rows.findIndex((row) => row.id === doneWith.id) : -1
    return host >= 0 ? host - 0.5 : rows.findIndex((row) => row.id === id)
  }
  const parts: PrintRow[][] = []
  for (const row of rows.toSorted((a, b) => place(a) - place(b))) {
    const last = parts.at(-1)
    if (!last || printsFile(row) || last.some(printsFile)) parts.push([row])
    else last.push(row)
  }
  return parts
}

async function printPart(frame: PrintFrame, lab: LabProfile, part: PrintRow[], found: PrintRows, files: Map<number, StoredFile>): Promise<Uint8Array[]> {
  const [row] = part
  const file = row && files.get(row.id)
  if (file) return printFile(frame, lab, row, found, file)
  const orders = [...Map.groupBy(part, ({ accessionId }) => accessionId).values()].map((rows) =>
    orderOf(rows, lab, rows.map((each) => printed(each, found))))
  return [await printReports({ ...frame, orders })]
}

function printed(row: PrintRow, { rows, testOf, previousOf }: PrintRows): PrintedReport {
  const { doneWith } = row
  if (!doneWith) return reportOf(row, testOf(row), previousOf(row))
  const follows = rows.some(({ id }) => id === doneWith.id) ? ', which follows' : ''
  return wordsReportOf(row, testOf(row), `Results are in report ${doneWith.number} (${doneWith.test})${follows}.`)
}
