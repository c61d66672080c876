import { labProfile, type LabProfile } from '#modules/labs'
import { storedBytes } from '#modules/storage'
import type { Actor } from '#platform/auth'
import { describePdf, DocumentRefused, stampPdf } from '#platform/documents'
import { now } from '#platform/unit-of-work'
import type { PrintedReport, ReportDocument } from './print/document.ts'
import { areCrowded, fileBands, type FileBands } from './print/file-bands.ts'
import { countedReports } from './print/print-reports.ts'
import { letterheadOf, orderOf, reportOf } from './print-order.ts'
import { readRows, type PrintRow, type PrintRows } from './print-rows.ts'
import { resultErrors } from './result-errors.ts'

export interface StoredFile {
  bytes: Uint8Array
  /** digitally: printing on it would break the signature */
  signed: boolean
  /** of its pages as they are seen, in points */
  sizes: { width: number; height: number }[]
}

/** Whether a report's result is a file of its own. */
export const printsFile = ({ flags, doneWith }: PrintRow): boolean => flags.isFile && !doneWith

/** The checked files of these reports by report id. Whoever may see the report may have its file. */
export async function filesOf(labId: number, rows: readonly PrintRow[]): Promise<Map<number, StoredFile>> {
  const wanted = rows.filter(printsFile).map(({ id, flags, fileObject }) => {
    if (!fileObject) throw resultErrors.file_missing()
    if (flags.file !== 'ready') throw resultErrors.file_unchecked()
    return { id, objectId: fileObject.id }
  })
  if (wanted.length === 0) return new Map()
  const stored = await storedBytes(labId, wanted.map(({ objectId }) => objectId))
  return new Map(await Promise.all(wanted.map(async ({ id, objectId }) => {
    const bytes = stored.get(objectId)
    if (!bytes) throw resultErrors.file_missing()
    const { signed, sizes } = await describePdf(bytes).catch(asUnusable)
    return [id, { bytes, signed, sizes }] as const
  })))
}

/** A stored file that is refused now, though it once passed, is the caller's to replace and no fault of the server. */
const asUnusable = (error: unknown): never => {
  if (!(error instanceof DocumentRefused)) throw error
  throw Object.assign(resultErrors.file_unchecked({}, { detail: { because: error.says } }), { cause: error })
}

/** What all parts of a print share. */
export type PrintFrame = Omit<ReportDocument, 'orders'>

export const frameOf = (lab: LabProfile): PrintFrame => ({
  lab: letterheadOf(lab), locale: lab.locale, timeZone: lab.timezone, printedAt: now(), ...(lab.reportFooter ? { footer: lab.reportFooter } : {}),
})

/**
 * A report that is a file: its pages between header and footer. A digitally signed file is not printed upon, and one that takes no print is still
 * the result: it comes unchanged after a page of ours.
 */
export async function printFile(frame: PrintFrame, lab: LabProfile, row: PrintRow, { testOf }: PrintRows, file: StoredFile): Promise<Uint8Array[]> {
  const bands = bandsOf(frame, lab, row, reportOf(row, testOf(row), []), file.sizes)
  if (file.signed) return [(await coverOf(bands, signedWords(file))).bytes, file.bytes]
  try {
    return await printBetween(bands, file)
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error
    return [(await coverOf(bands, `The result is the document on the ${following(file)}, reproduced without change.`)).bytes, file.bytes]
  }
}

/** What else there is to say of the report stands on a page in front, which then bears head and signatures; so it does for pages too flat for them. */
async function printBetween(bands: FileBands, file: StoredFile): Promise<Uint8Array[]> {
  const { amendments, interpretation, comments } = bands.report
  if (amendments.length === 0 && !interpretation && !comments) {
    const alone = await fileBands(bands)
    if (!areCrowded(alone, file.sizes)) return [await stampPdf(file.bytes, alone)]
  }
  const cover = await coverOf(bands, `The result is the document on the ${following(file)}.`)
  return [cover.bytes, await stampPdf(file.bytes, await fileBands({ ...bands, heads: 'short', before: cover.pages }))]
}

const coverOf = ({ document, order, report }: FileBands, text: string): Promise<{ bytes: Uint8Array; pages: number }> =>
  countedReports({ ...document, orders: [{ ...order, reports: [{ ...report, body: { kind: 'narrative', parts: [{ text }] } }] }] })

/** The lab's header and footer on every page of a PDF that is to become this report's file; nothing that changes when it is signed. */
export async function stampForReport(actor: Actor, reportId: number, bytes: Uint8Array,
  options: { acceptSignatureLoss: boolean }): Promise<Uint8Array> {
  const lab = await labProfile(actor.labId)
  const { rows, testOf } = await readRows(actor, lab, [reportId])
  const [row] = rows as [PrintRow]
  const { sizes } = await describePdf(bytes).catch(asUnusable)
  const bands: FileBands = { ...bandsOf(frameOf(lab), lab, row, reportOf(row, testOf(row), []), sizes), letterhead: 'add', lasting: true }
  const full = await fileBands(bands)
  return stampPdf(bytes, areCrowded(full, sizes) ? await fileBands({ ...bands, heads: 'short' }) : full, options).catch(asUnusable)
}

function bandsOf(frame: PrintFrame, lab: LabProfile, row: PrintRow, report: PrintedReport, sizes: StoredFile['sizes']): FileBands {
  const order = { ...orderOf([row], lab, [report]), file: { report: row.number, pages: sizes.length } }
  return { document: frame, order, report, letterhead: row.fileObject?.letterhead ?? 'add', sizes, heads: 'full', before: 0 }
}

const following = ({ sizes }: StoredFile): string => (sizes.length > 1 ? `following ${sizes.length} pages` : 'following page')

const signedWords = (file: StoredFile): string => {
  const are = file.sizes.length > 1 ? 'are' : 'is'
  return `The ${following(file)} ${are} a digitally signed document and ${are} reproduced without change. `
    + 'The digital signature can be checked in the file itself, which the laboratory keeps.'
}
