import { PDFObjectCopier } from '@cantoo/pdf-lib'
import type { PDFContext, PDFRef } from '@cantoo/pdf-lib'
import { onlyBand } from './only-band.ts'
import { formOf } from './page-form.ts'
import { gather } from './rebuild.ts'
import { DocumentRefused } from './refusal.ts'
import { after, inverse, moved, visiblePage } from './visible-page.ts'
import type { Box, Matrix, VisiblePage } from './visible-page.ts'

export type Side = 'header' | 'footer'

interface Band {
  form: PDFRef
  /** from the form's coordinates to points from the lower left corner of the band's page, as seen */
  seen: Matrix
  width: number
  pageHeight: number
}

/** Bands take no more of a page than this: on a low page they shrink rather than push its content out. */
const mostOfPage = 0.4

/** The heights that bands of a paper `width` wide take on a page, and their scale. */
export const roomFor = (page: VisiblePage, width: number, heights: Record<Side, number>): Record<Side | 'scale', number> => {
  const scale = Math.min(page.width / width, (page.height * mostOfPage) / (heights.header + heights.footer))
  return { scale, header: heights.header * scale, footer: heights.footer * scale }
}

/** Makes the bands of one side, each distinct page once. */
export const bandsOf = async (context: PDFContext, pdf: Uint8Array, side: Side, height: number): Promise<((page: number) => Band)> => {
  const source = await gather(await onlyBand(pdf, side, height))
  if (source.leaves.length === 0) throw new DocumentRefused('no_pages', 'the bands have no page')
  const copier = PDFObjectCopier.for(source.context, context)
  const made = new Map<number, Band>()
  return (page) => {
    const at = Math.min(page, source.leaves.length - 1)
    const known = made.get(at)
    if (known) return known
    const leaf = source.leaves[at]
    if (!leaf) throw new DocumentRefused('no_pages')
    const visible = visiblePage(source.context, leaf.page)
    const form = context.register(copier.copy(formOf(source.context, leaf.page, bandBox(visible, side, height))))
    const band = { form, seen: inverse(visible.toPage), width: visible.width, pageHeight: visible.height }
    made.set(at, band)
    return band
  }
}

/** Where the band lies in its page's own coordinates. */
const bandBox = ({ width, height, toPage }: VisiblePage, side: Side, bandHeight: number): Box => {
  const [low, high] = side === 'header' ? [height - bandHeight, height] : [0, bandHeight]
  const [[a, b], [c, d]] = [moved(toPage, 0, low), moved(toPage, width, high)]
  return { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(a - c), height: Math.abs(b - d) }
}

/** From the band's form to the coordinates of the page that it is placed on: at the top or the bottom of what is seen, in the middle of its width. */
export const placeOf = (band: Band, side: Side, scale: number, page: VisiblePage): Matrix => {
  const left = (page.width - band.width * scale) / 2
  const lower = side === 'header' ? page.height - band.pageHeight * scale : 0
  return after(after(band.seen, [scale, 0, 0, scale, left, lower]), page.toPage)
}
