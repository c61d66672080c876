import { withPdf } from '../pdfium.ts'

/** Of pixels that differ by more than a shade: what a changed font hint or a rounded edge may make. */
const most = 0.01

/** Whether two PDFs show the same first page, as pdfium paints it. */
export const sameFirstPage = async (one: Uint8Array, other: Uint8Array): Promise<boolean> => {
  const [a, b] = [await withPdf(one, (pdf) => pdf.render(0, 400)), await withPdf(other, (pdf) => pdf.render(0, 400))]
  if (!a || !b || typeof a === 'string' || typeof b === 'string' || a.width !== b.width || a.height !== b.height) return false
  const differing = a.bgrx.reduce((count, value, at) => count + (at % 4 < 3 && Math.abs(value - (b.bgrx[at] ?? 0)) > 24 ? 1 : 0), 0)
  return differing <= a.width * a.height * 3 * most
}
