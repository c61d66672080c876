import { PDFName } from '@cantoo/pdf-lib'
import type { PDFContext, PDFDict, PDFRef } from '@cantoo/pdf-lib'
import { bandsOf, placeOf, roomFor } from './bands.ts'
import type { Side } from './bands.ts'
import type { Mended } from './ladder.ts'
import { moveAnnotations } from './move-annotations.ts'
import { formOf } from './page-form.ts'
import { gather, write } from './rebuild.ts'
import { SignedDocument } from './refusal.ts'
import { after, inverse, visiblePage } from './visible-page.ts'
import type { Matrix } from './visible-page.ts'

interface Options {
  headerHeight: number
  footerHeight: number
  acceptSignatureLoss: boolean
}

/** The pages with their own content between a header and a footer; see `stampPdf`. */
export const stamp = async ({ bytes, signed }: Mended, bands: Uint8Array, options: Options): Promise<Uint8Array> => {
  const { headerHeight, footerHeight, acceptSignatureLoss } = options
  if (signed && !acceptSignatureLoss) throw new SignedDocument()
  const heights: Record<Side, number> = { header: Math.max(0, headerHeight), footer: Math.max(0, footerHeight) }
  const sides = (['header', 'footer'] as const).filter((side) => heights[side] > 0)
  if (sides.length === 0) return bytes
  const { context, leaves } = await gather(bytes)
  const bandAt = new Map(await Promise.all(sides.map(async (side) => [side, await bandsOf(context, bands, side, heights[side])] as const)))
  const movedAlready = new Set<PDFDict>()
  for (const [at, { page }] of leaves.entries()) {
    const visible = visiblePage(context, page)
    const placed = [...bandAt].map(([side, band]) => ({ side, ...band(at) }))
    const { scale, header, footer } = roomFor(visible, placed[0]?.width ?? visible.width, heights)
    const shrink = (visible.height - header - footer) / visible.height
    const between: Matrix = [shrink, 0, 0, shrink, (visible.width * (1 - shrink)) / 2, footer]
    const moves = after(after(inverse(visible.toPage), between), visible.toPage)
    const content = context.register(formOf(context, page, visible.box))
    moveAnnotations(context, page, moves, movedAlready)
    redraw(context, page, [
      { name: 'Content', form: content, matrix: moves },
      ...placed.map((band) => ({ name: names[band.side], form: band.form, matrix: placeOf(band, band.side, scale, visible) })),
    ])
    const { x, y, width, height } = visible.box
    for (const key of ['MediaBox', 'CropBox']) page.set(PDFName.of(key), context.obj([x, y, x + width, y + height]))
  }
  return write(context)
}

const names: Record<Side, string> = { header: 'Header', footer: 'Footer' }
const leftOver = ['TrimBox', 'BleedBox', 'ArtBox', 'StructParents', 'Thumb', 'PieceInfo', 'B']

interface Drawn {
  name: string
  form: PDFRef
  matrix: Matrix
}

const redraw = (context: PDFContext, page: PDFDict, drawn: readonly Drawn[]): void => {
  const instructions = drawn.map(({ name, matrix }) => `q ${matrix.map((value) => Number(value.toFixed(5))).join(' ')} cm /${name} Do Q`).join('\n')
  page.set(PDFName.of('Contents'), context.register(context.stream(instructions)))
  page.set(PDFName.of('Resources'), context.obj({ XObject: Object.fromEntries(drawn.map(({ name, form }) => [name, form])) }))
  for (const key of leftOver) page.delete(PDFName.of(key))
}
