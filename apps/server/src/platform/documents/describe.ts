import type { Mended } from './ladder.ts'
import { loadObjects } from './load-objects.ts'
import { leavesOf } from './page-tree.ts'
import { withPdf } from './pdfium.ts'
import { DocumentRefused } from './refusal.ts'
import { visiblePage } from './visible-page.ts'

interface Size {
  width: number
  height: number
}

/** Sizes as seen: of the crop box, rotated, in points. pdfium, which leaves user units out, is asked only where the objects cannot be read. */
export const describe = async ({ bytes, pages, signed }: Mended): Promise<{ pages: number; signed: boolean; sizes: Size[] }> => {
  const sizes = await sizesOf(bytes).catch(() => null)
  if (sizes?.length === pages) return { pages, signed, sizes }
  const painted = await withPdf(bytes, (pdf) => Array.from({ length: pdf.pages }, (_, page) => pdf.size(page)))
  if (typeof painted === 'string') throw new DocumentRefused('too_damaged')
  return { pages: painted.length, signed, sizes: painted }
}

const sizesOf = async (bytes: Uint8Array): Promise<Size[]> => {
  const { context } = await loadObjects(bytes)
  return leavesOf(context).map(({ page }) => {
    const { width, height } = visiblePage(context, page)
    return { width, height }
  })
}
