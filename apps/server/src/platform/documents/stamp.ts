import { PDFName } from '@cantoo/pdf-lib'
import type { PDFContext, PDFDict } from '@cantoo/pdf-lib'
import { bandsOf } from './bands.ts'
import type { Drawn } from './bands.ts'
import type { Bands } from './index.ts'
import type { Mended } from './ladder.ts'
import { moveAnnotations } from './move-annotations.ts'
import { formOf } from './page-form.ts'
import { gather, write } from './rebuild.ts'
import { SignedDocument } from './refusal.ts'
import { after, inverse, visiblePage } from './visible-page.ts'
import type { Matrix } from './visible-page.ts'

interface Options extends Omit<Bands, 'pdf'> {
  acceptSignatureLoss: boolean
}

/** The pages with their own content between a header and a footer; see `stampPdf`. */
export const stamp = async ({ bytes, signed }: Mended, bands: Uint8Array, options: Options): Promise<Uint8Array> => {
  const { headerHeight, footerHeight, acceptSignatureLoss } = options
  if (signed && !acceptSignatureLoss) throw new SignedDocument()
  if (![headerHeight, footerHeight].flat().some((height) => height > 0)) return bytes
  const { context, leaves } = await gather(bytes)
  const heights = leaves.map((_, at) => ({ header: heightAt(headerHeight, at), footer: heightAt(footerHeight, at) }))
  const bandsAt = await bandsOf(context, bands, heights)
  const movedAlready = new Set<PDFDict>()
  for (const [at, { page }] of leaves.entries()) {
    const visible = visiblePage(context, page)
    const { room, drawn } = await bandsAt(at, visible)
    if (drawn.length === 0) continue
    const shrink = (visible.height - room.header - room.footer) / visible.height
    const between: Matrix = [shrink, 0, 0, shrink, (visible.width * (1 - shrink)) / 2, room.footer]
    const moves = after(after(inverse(visible.toPage), between), visible.toPage)
    const content = context.register(formOf(context, page, visible.box))
    moveAnnotations(context, page, moves, movedAlready)
    redraw(context, page, [{ name: 'Content', form: content, matrix: moves }, ...drawn])
    const { x, y, width, height } = visible.box
    for (const key of ['MediaBox', 'CropBox']) page.set(PDFName.of(key), context.obj([x, y, x + width, y + height]))
  }
  return write(context)
}

const heightAt = (heights: Bands['headerHeight'], at: number): number =>
  Math.max(0, typeof heights === 'number' ? heights : (heights[Math.min(at, heights.length - 1)] ?? 0))

const leftOver = ['TrimBox', 'BleedBox', 'ArtBox', 'StructParents', 'Thumb', 'PieceInfo', 'B']

const redraw = (context: PDFContext, page: PDFDict, drawn: readonly Drawn[]): void => {
  const instructions = drawn.map(({ name, matrix, within = [] }) => {
    const clip = within.map(({ x, y, width, height }) => `${numbers([x, y, width, height])} re `).join('')
    return `q ${numbers(matrix)} cm ${clip && `${clip}W n `}/${name} Do Q`
  }).join('\n')
  page.set(PDFName.of('Contents'), context.register(context.stream(instructions)))
  page.set(PDFName.of('Resources'), context.obj({ XObject: Object.fromEntries(drawn.map(({ name, form }) => [name, form])) }))
  for (const key of leftOver) page.delete(PDFName.of(key))
}

const numbers = (values: readonly number[]): string => values.map((value) => Number(value.toFixed(5))).join(' ')
