import type { DicomHeader, DicomRefusalCode, TagLine } from '@aliquot/dicom'
import type { Rung } from './ladder.ts'
import { ChildDied, closeChild, inChild } from './in-child.ts'
import { limits } from './limits.ts'
import { DocumentRefused } from './refusal.ts'
import { claimed, sniff } from './sniff.ts'
import type { Sniffed } from './sniff.ts'

export { DocumentRefused, SignedDocument } from './refusal.ts'
export type { RefusalCode } from './refusal.ts'

/** What became of an upload: a healthy PDF comes back byte for byte (`step: 'kept'`). */
export interface CheckedPdf {
  bytes: Uint8Array
  pages: number
  step: 'kept' | 'repaired' | 'rebuilt' | 'rescued' | 'converted'
  /** whether the upload carried a digital signature; one that was changed is valid no more */
  signed: boolean
  /** what a person should look at; null where there is nothing */
  notice: string | null
}

/**
 * Page i of `pdf` carries at its top the header band and at its bottom the footer band of page i of the file (the last page repeats).
 * Heights in points of the bands' page: one for all pages of the file, or one for each (the last repeats). A band of height 0 is left out.
 */
export interface Bands {
  pdf: Uint8Array
  headerHeight: number | readonly number[]
  footerHeight: number | readonly number[]
}

/** A PDF that opens everywhere, from a PDF or a picture of any common kind. Throws `DocumentRefused`. */
export const toPdf = async (bytes: Uint8Array, contentType: string): Promise<CheckedPdf> => {
  const sniffed = look(bytes, contentType)
  if (sniffed.kind === 'pdf') return mendPdf(bytes, sniffed.at)
  const { answers, file } = await orRefused(() => inChild('picture', { kind: sniffed.kind }, [bytes]))
  return { bytes: made(file), pages: answers.pages, step: 'converted', signed: false, notice: null }
}

/** Decodes every pixel. The size is as seen, in pixels, its orientation applied. Throws `DocumentRefused`. */
export const checkPicture = async (bytes: Uint8Array, contentType: string): Promise<{ width: number; height: number }> => {
  const { kind } = look(bytes, contentType)
  if (kind === 'pdf' || (claimed(contentType) ?? kind) !== kind) throw new DocumentRefused('not_a_document')
  return (await orRefused(() => inChild('measure', { kind }, [bytes]))).answers
}

/**
 * All pages in order. Form fields and annotations become drawing, so that what is seen is kept. `asUpload`: no more pages than one upload may have,
 * so that the whole can be opened again, described and stamped. Throws `DocumentRefused`.
 */
export const mergePdfs = async (
  files: readonly Uint8Array[], { asUpload = false }: { asUpload?: boolean } = {},
): Promise<{ bytes: Uint8Array; pages: number }> => {
  const asks = { at: files.map(startOf), mostPages: asUpload ? limits.pages : limits.mergedPages }
  const { answers, file } = await orRefused(() => inChild('merge', asks, files))
  return { bytes: made(file), pages: answers.pages }
}

/**
 * Writes bands onto every page, upright as seen. The page's own content moves into the area between them: nothing of it is hidden.
 * Throws `SignedDocument` unless the loss of a signature is accepted, and `DocumentRefused`.
 */
export const stampPdf = async (
  file: Uint8Array, { pdf, headerHeight, footerHeight }: Bands, { acceptSignatureLoss = false }: { acceptSignatureLoss?: boolean } = {},
): Promise<Uint8Array> => {
  const asks = { at: startOf(file), headerHeight, footerHeight, acceptSignatureLoss }
  return made((await orRefused(() => inChild('stamp', asks, [file, pdf]))).file)
}

/** Visible sizes in points: of the crop box, rotated. Throws `DocumentRefused`. */
export const describePdf = async (bytes: Uint8Array): Promise<{ pages: number; signed: boolean; sizes: { width: number; height: number }[] }> =>
  (await orRefused(() => inChild('describe', { at: startOf(bytes) }, [bytes]))).answers

export type DicomCopy = 'thumbnail' | 'picture' | 'view'
export interface ReadDicom {
  header: DicomHeader
  tags: TagLine[]
  /** WebP, WebP, and the values of a gray image as docs/imaging.md describes them; `view` is empty for colour */
  copies: Record<DicomCopy, Uint8Array>
}

/** Bytes of a DICOM file: a larger one is refused, so it need not be fetched. */
export const largestDicom = limits.dicomBytes

/** Reads a DICOM image and makes what screens show of it. `refused` says why it cannot be read or shown: also when the child died of it. */
export const readDicomImage = async (bytes: Uint8Array): Promise<(ReadDicom & { refused: null }) | { refused: { code: DicomRefusalCode; says: string } }> => {
  if (bytes.length > limits.dicomBytes) return { refused: { code: 'too_large', says: 'The file is too large to be shown.' } }
  try {
    const { answers, file } = await inChild('dicom', null, [bytes])
    if (answers.refused !== null) return answers
    const { sizes: { thumbnail, picture, view }, ...rest } = answers
    const all = made(file)
    const [first, second] = [thumbnail, thumbnail + picture]
    return { ...rest, copies: { thumbnail: all.subarray(0, first), picture: all.subarray(first, second), view: all.subarray(second, second + view) } }
  } catch (error) {
    if (!(error instanceof ChildDied)) throw error
    return { refused: error.refusal.code === 'too_damaged'
      ? { code: 'damaged', says: 'The file is damaged.' } : { code: 'too_large', says: 'The file takes too much time or memory to be shown.' } }
  }
}

/** Ends the child process, after the work already asked for. The next call starts another. */
export const closeDocuments = (): Promise<void> => closeChild()

const mendPdf = async (bytes: Uint8Array, at: number): Promise<CheckedPdf> => {
  const once = async (without: readonly Rung[]): Promise<CheckedPdf> => {
    const { answers, file } = await inChild('mend', { at, without }, [bytes])
    return { ...answers, bytes: file ?? bytes }
  }
  try {
    return await once([])
  } catch (error) {
    if (!(error instanceof ChildDied)) throw error
    const { rung, refusal } = error
    if (!rung || (refusal.code === 'too_large' && rung !== 'objects')) throw refusal
    return orRefused(() => once([rung]), refusal)
  }
}

/** A death is a refusal of this file, no more; `before` is what an earlier attempt died of. */
const orRefused = async <T>(work: () => Promise<T>, before?: DocumentRefused): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChildDied) throw error.refusal
    throw before && error instanceof DocumentRefused && error.code === 'too_damaged' ? before : error
  }
}

const made = (file: Uint8Array | null): Uint8Array => {
  if (!file) throw new Error('The child process made no file')
  return file
}

const look = (bytes: Uint8Array, contentType: string): Sniffed => {
  if (bytes.length > limits.bytes) throw new DocumentRefused('too_large')
  const sniffed = sniff(bytes)
  const claim = claimed(contentType)
  if (claim && (claim === 'pdf') !== (sniffed.kind === 'pdf')) throw new DocumentRefused('not_a_document', `${sniffed.kind}, not ${contentType}`)
  return sniffed
}

const startOf = (bytes: Uint8Array): number => {
  const sniffed = look(bytes, 'application/pdf')
  return sniffed.kind === 'pdf' ? sniffed.at : 0
}
