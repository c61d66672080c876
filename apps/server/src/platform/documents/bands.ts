import { PDFObjectCopier } from '@cantoo/pdf-lib'
import type { PDFContext, PDFRef } from '@cantoo/pdf-lib'
import { onlyBand, spansOf } from './only-band.ts'
import type { Span } from './only-band.ts'
import { formOf } from './page-form.ts'
import { gather } from './rebuild.ts'
import { DocumentRefused } from './refusal.ts'
import { after, inverse, moved, visiblePage } from './visible-page.ts'
import type { Box, Matrix, VisiblePage } from './visible-page.ts'

export type Side = 'header' | 'footer'
export type Heights = Record<Side, number>

/** A form that is drawn on a page. */
export interface Drawn {
  name: string
  form: PDFRef
  matrix: Matrix
  /** where it is seen, in its own coordinates; without: in its whole box */
  within?: readonly Box[]
}

/** What is drawn on page `at` of a file, and the room that it takes, in points as seen. */
type BandsAt = (at: number, page: VisiblePage) => Promise<{ room: Heights; drawn: Drawn[] }>

const sides = ['header', 'footer'] as const
const names: Record<Side, string> = { header: 'Header', footer: 'Footer' }

/** Bands take no more of a page than this: on a low page they shrink rather than push its content out. */
const mostOfPage = 0.4

/**
 * The bands of each page of a file, from the pages of `pdf`; `heights` are those of the file's pages. On a page of the same shape they are drawn
 * in one, as they stand; on others each on its own, from a copy without the rest.
 */
export const bandsOf = async (context: PDFContext, pdf: Uint8Array, heights: readonly Heights[]): Promise<BandsAt> => {
  const whole = await formsOf(context, pdf)
  const spans = await spansOf(pdf)
  const highest = (side: Side) => (page: number) =>
    Math.max(0, ...heights.slice(page, page < whole.last ? page + 1 : undefined).map((height) => height[side]))
  const apart = new Map<Side, Promise<Forms>>()
  const formsOfSide = (side: Side): Promise<Forms> => {
    const forms = apart.get(side) ?? onlyBand(pdf, side, highest(side)).then((trimmed) => formsOf(context, trimmed))
    apart.set(side, forms)
    return forms
  }
  return async (at, page) => {
    const height = heights[at] ?? { header: 0, footer: 0 }
    const number = Math.min(at, whole.last)
    const band = whole.pageAt(number)
    const scale = Math.min(page.width / band.width, (page.height * mostOfPage) / (height.header + height.footer))
    const room = { header: height.header * scale, footer: height.footer * scale }
    const shown = sides.filter((side) => height[side] > 0)
    if (shown.length === 0) return { room, drawn: [] }
    if (Math.abs(band.height * scale - page.height) < sameHeight && areSeen(spans[number], band.height, height)) {
      const within = shown.map((side) => bandBox(band, side, height[side]))
      return { room, drawn: [{ name: 'Bands', form: whole.formAt(number, band.box), matrix: placeOf(band, scale, page, 0), within }] }
    }
    const drawn = await Promise.all(shown.map(async (side) => ({
      name: names[side], form: (await formsOfSide(side)).formAt(number, bandBox(band, side, height[side])),
      matrix: placeOf(band, scale, page, side === 'header' ? page.height - band.height * scale : 0),
    })))
    return { room, drawn }
  }
}

/** Pages of one shape differ by less: points. */
const sameHeight = 0.5

/** Whether no object of a page lies outside its bands: it would be hidden, but found by a search. */
const areSeen = (spans: readonly Span[] | null | undefined, pageHeight: number, { header, footer }: Heights): boolean =>
  spans?.every(([bottom, top]) => (header > 0 && top >= pageHeight - header) || (footer > 0 && bottom <= footer)) ?? false

interface Forms {
  last: number
  pageAt: (page: number) => VisiblePage
  /** made once for each box */
  formAt: (page: number, box: Box) => PDFRef
}

const formsOf = async (context: PDFContext, pdf: Uint8Array): Promise<Forms> => {
  const source = await gather(pdf)
  const copier = PDFObjectCopier.for(source.context, context)
  const made = new Map<string, PDFRef>()
  const leafAt = (page: number) => {
    const leaf = source.leaves[page]
    if (!leaf) throw new DocumentRefused('no_pages', 'the bands have no page')
    return leaf.page
  }
  return {
    last: source.leaves.length - 1,
    pageAt: (page) => visiblePage(source.context, leafAt(page)),
    formAt: (page, box) => {
      const key = [page, box.x, box.y, box.width, box.height].join(' ')
      const form = made.get(key) ?? context.register(copier.copy(formOf(source.context, leafAt(page), box)))
      made.set(key, form)
      return form
    },
  }
}

/** Where the band lies in its page's own coordinates. */
const bandBox = ({ width, height, toPage }: VisiblePage, side: Side, bandHeight: number): Box => {
  const [low, high] = side === 'header' ? [height - bandHeight, height] : [0, bandHeight]
  const [[a, b], [c, d]] = [moved(toPage, 0, low), moved(toPage, width, high)]
  return { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(a - c), height: Math.abs(b - d) }
}

/** From a band's page to the coordinates of the page that it is placed on: in the middle of its width, `lower` points above its lower edge. */
const placeOf = (band: VisiblePage, scale: number, page: VisiblePage, lower: number): Matrix =>
  after(after(inverse(band.toPage), [scale, 0, 0, scale, (page.width - band.width * scale) / 2, lower]), page.toPage)
