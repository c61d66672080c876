import { createHash } from 'node:crypto'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'
import type { Side } from './bands.ts'
import { withPdf } from './pdfium.ts'
import type { OpenPdf } from './pdfium.ts'

/** How high a band is on a page of the bands. */
export type HeightOf = (page: number) => number

/** pdfium walks through the whole file for every page that it writes anew: the cost grows with the square of the pages. */
const mostPages = 100

/**
 * The pages of `pdf` with what lies wholly outside the band taken away. It would be cut off anyway, but text that is drawn and not seen is
 * still found by a search and read aloud. Where a band does not look the same afterwards, and of very many pages, all are left as they are.
 */
export const onlyBand = async (pdf: Uint8Array, side: Side, heightOf: HeightOf): Promise<Uint8Array> => {
  const before = await withPdf(pdf, (open) => (open.pages > mostPages ? 'many' : looks(open, side, heightOf)))
  if (before === 'many') return pdf
  const trimmed = await withPdf(pdf, (open, lib) => {
    for (let page = 0; page < open.pages; page++) removeOutside(lib, open.handle, page, { side, height: heightOf(page) })
    return open.save()
  })
  if (typeof trimmed === 'string') return pdf
  const now = await withPdf(trimmed, (open) => looks(open, side, heightOf))
  return now === before ? trimmed : pdf
}

const longest = 420

/** What the bands of all pages look like, as a hash: pictures of every page would fill the memory. */
const looks = (open: OpenPdf, side: Side, heightOf: HeightOf): string => {
  const hash = createHash('sha256')
  for (let page = 0; page < open.pages; page++) {
    const painted = open.render(page, longest)
    if (!painted) continue
    const { width, height, bgrx } = painted
    const rows = Math.min(height, Math.floor((height * heightOf(page)) / open.size(page).height))
    const [first, last] = side === 'header' ? [0, rows] : [height - rows, height]
    hash.update(`${page} ${width} ${rows} `).update(bgrx.subarray(first * width * 4, last * width * 4))
  }
  return hash.digest('hex')
}

/** From the lower edge of an object to its upper one. */
export type Span = readonly [number, number]

/** Where the objects of each page stand in its height; null for pages that are turned or cannot be read. */
export const spansOf = async (pdf: Uint8Array): Promise<readonly (Span[] | null)[]> => {
  const spans = await withPdf(pdf, (open, lib) => Array.from({ length: open.pages }, (_, page) => {
    const found: Span[] = []
    return eachObject(lib, open.handle, page, (_object, span) => void found.push(span)) ? found : null
  }))
  return typeof spans === 'string' ? [] : spans
}

const removeOutside = (lib: WrappedPdfiumModule, handle: number, page: number, { side, height }: { side: Side; height: number }): void => {
  let removed = 0
  eachObject(lib, handle, page, (object, [bottom, top], { loaded, pageHeight }) => {
    if (side === 'header' ? top >= pageHeight - height : bottom <= height) return
    if (!lib.FPDFPage_RemoveObject(loaded, object)) return
    lib.FPDFPageObj_Destroy(object)
    removed++
  }, (loaded) => removed > 0 && lib.FPDFPage_GenerateContent(loaded))
}

type Visit = (object: number, span: Span, on: { loaded: number; pageHeight: number }) => void

/** From the last object to the first, so that the visitor may remove them. False where the page is turned or does not load. */
const eachObject = (lib: WrappedPdfiumModule, handle: number, page: number, visit: Visit, finish?: (loaded: number) => unknown): boolean => {
  const loaded = lib.FPDF_LoadPage(handle, page)
  if (loaded === 0) return false
  const corners = lib.pdfium.wasmExports.malloc(16)
  try {
    if (lib.FPDFPage_GetRotation(loaded) !== 0) return false
    const pageHeight = lib.FPDF_GetPageHeightF(loaded)
    for (let at = lib.FPDFPage_CountObjects(loaded) - 1; at >= 0; at--) {
      const object = lib.FPDFPage_GetObject(loaded, at)
      if (!lib.FPDFPageObj_GetBounds(object, corners, corners + 4, corners + 8, corners + 12)) continue
      visit(object, [lib.pdfium.getValue(corners + 4, 'float'), lib.pdfium.getValue(corners + 12, 'float')], { loaded, pageHeight })
    }
    finish?.(loaded)
    return true
  } finally {
    lib.pdfium.wasmExports.free(corners)
    lib.FPDF_ClosePage(loaded)
  }
}
