import type { WrappedPdfiumModule } from '@embedpdf/pdfium'
import type { Side } from './bands.ts'
import { withPdf } from './pdfium.ts'
import type { OpenPdf, Painted } from './pdfium.ts'

/**
 * The pages of `pdf` with what lies wholly outside the band taken away. It would be cut off anyway, but text that is drawn and not seen is
 * still found by a search and read aloud. Where the band does not look the same afterwards, pages are left as they are.
 */
export const onlyBand = async (pdf: Uint8Array, side: Side, height: number): Promise<Uint8Array> => {
  const before = await withPdf(pdf, (open) => looks(open, side, height))
  const trimmed = await withPdf(pdf, (open, lib) => {
    for (let page = 0; page < open.pages; page++) removeOutside(lib, open, { page, side, height })
    return open.save()
  })
  if (typeof before === 'string' || typeof trimmed === 'string') return pdf
  const now = await withPdf(trimmed, (open) => looks(open, side, height))
  const same = typeof now !== 'string' && now.length === before.length && now.every((look, page) => Buffer.compare(look, before[page] ?? look) === 0)
  return same ? trimmed : pdf
}

const longest = 420

const looks = (open: OpenPdf, side: Side, height: number): Uint8Array[] => Array.from({ length: open.pages }, (_, page) => {
  const painted = open.render(page, longest)
  return painted ? rowsOf(painted, side, height / open.size(page).height) : new Uint8Array()
})

const rowsOf = ({ width, height, bgrx }: Painted, side: Side, share: number): Uint8Array => {
  const rows = Math.floor(height * share)
  return side === 'header' ? bgrx.subarray(0, rows * width * 4) : bgrx.subarray((height - rows) * width * 4)
}

const removeOutside = (lib: WrappedPdfiumModule, open: OpenPdf, { page, side, height }: { page: number; side: Side; height: number }): void => {
  const loaded = lib.FPDF_LoadPage(open.handle, page)
  if (loaded === 0) return
  const corners = lib.pdfium.wasmExports.malloc(16)
  try {
    if (lib.FPDFPage_GetRotation(loaded) !== 0) return
    const pageHeight = lib.FPDF_GetPageHeightF(loaded)
    let removed = 0
    for (let at = lib.FPDFPage_CountObjects(loaded) - 1; at >= 0; at--) {
      const object = lib.FPDFPage_GetObject(loaded, at)
      if (!lib.FPDFPageObj_GetBounds(object, corners, corners + 4, corners + 8, corners + 12)) continue
      const [bottom, top] = [lib.pdfium.getValue(corners + 4, 'float'), lib.pdfium.getValue(corners + 12, 'float')]
      if (side === 'header' ? top >= pageHeight - height : bottom <= height) continue
      if (!lib.FPDFPage_RemoveObject(loaded, object)) continue
      lib.FPDFPageObj_Destroy(object)
      removed++
    }
    if (removed > 0) lib.FPDFPage_GenerateContent(loaded)
  } finally {
    lib.pdfium.wasmExports.free(corners)
    lib.FPDF_ClosePage(loaded)
  }
}
