import type { Canvas } from './canvas.ts'
import type { PrintedOrder, ReportDocument } from './document.ts'
import { statusWords } from './notices.ts'
import { orderHead, shortOrderHead } from './order-head.ts'
import { pageFoot } from './page-foot.ts'
import { orderBlocks } from './report-blocks.ts'
import type { ReportBlock } from './report-blocks.ts'
import { clockOf, composePdf, ink, letterheadBlock, mm, paginate, paper, shortLetterheadBlock, stack } from '#platform/typeset'
import type { Block, Placed, Size } from '#platform/typeset'

const margin = 36

interface Page {
  order: PrintedOrder
  opensOrder: boolean
  head: Block
  placed: Placed<ReportBlock>[]
}

/**
 * The reports of one or several orders as a PDF. Orders of one patient are brought together in the order given; pages are
 * counted per patient. The same document gives the same bytes. Throws RangeError for a document without orders and for a
 * logo or signature that is no PNG or JPEG.
 */
export const printReports = async (document: ReportDocument): Promise<Uint8Array> => (await countedReports(document)).bytes

/** {@link printReports}, with the number of its pages. */
export const countedReports = async (document: ReportDocument): Promise<{ bytes: Uint8Array; pages: number }> => {
  if (document.orders.length === 0) throw new RangeError('There is no order to print')
  const codes = document.orders.flatMap((order) => [order, ...order.reports].flatMap(({ verification }) => verification?.code ?? []))
  const locale = document.locale ?? 'en-IN'
  let pages = 0
  const bytes = await composePdf({
    title: `Laboratory report ${document.orders.map(({ accessionNumber }) => accessionNumber).join(', ')}`,
    subject: codes.join(', '),
    author: document.lab.name,
    at: document.printedAt,
    language: locale,
  }, (sheet) => {
    const size = paper[document.paper ?? 'a4']
    const canvas: Canvas = { sheet, clock: clockOf(locale, document.timeZone), left: margin + 4, right: size.width - margin - 4 }
    for (const orders of byPatient(document.orders)) pages += drawPatient(canvas, document, orders, size)
  })
  return { bytes, pages }
}

const drawPatient = (canvas: Canvas, document: ReportDocument, orders: readonly PrintedOrder[], size: Size): number => {
  const { sheet } = canvas
  const footOf = (order: PrintedOrder, count = { page: 1, pages: 1 }): Block => pageFoot(canvas, document, order, count)
  const bottomOf = (order: PrintedOrder): number =>
    size.height - Math.max(24, (document.lab.preprinted?.bottomMm ?? 0) * mm) - footOf(order).height
  const pages = orders.flatMap((order) => pagesOf(canvas, document, order, bottomOf(order)))
  const counted = pages.length + orders.reduce((sum, { file }) => sum + (file?.pages ?? 0), 0)
  for (const [index, { order, opensOrder, head, placed }] of pages.entries()) {
    sheet.page(size.width, size.height)
    if (opensOrder && document.orders.length > 1) sheet.bookmark(`${order.patient.name} – ${order.accessionNumber}`)
    if (placed.every(({ block }) => block.report.status !== 'final')) drawWatermark(canvas, placed, size)
    head.draw(margin)
    for (const { block, repeat, top } of placed) (repeat ?? block).draw(top)
    footOf(order, { page: index + 1, pages: counted }).draw(bottomOf(order))
  }
  return pages.length
}

const drawWatermark = ({ sheet }: Canvas, placed: Placed<ReportBlock>[], { width, height }: Size): void => {
  const words = statusWords[placed.some(({ block }) => block.report.status === 'preliminary') ? 'preliminary' : 'partially signed']
  sheet.watermark(words, { x: width / 2, y: height / 2 }, { size: 44, weight: 'semibold', colour: ink.watermark })
}

const byPatient = (orders: readonly PrintedOrder[]): PrintedOrder[][] => [...Map.groupBy(orders, ({ patient }) => patient.number).values()]

const pagesOf = (canvas: Canvas, { lab }: ReportDocument, order: PrintedOrder, bottom: number): Page[] => {
  const band = { left: canvas.left, right: canvas.right, margin }
  const first = stack([letterheadBlock(canvas.sheet, lab, band), orderHead(canvas, order)])
  const later = stack([shortLetterheadBlock(canvas.sheet, lab, band), shortOrderHead(canvas, order)])
  const headOf = (page: number): Block => (page === 0 ? first : later)
  const pages: Page[] = []
  for (const section of orderBlocks(canvas, order)) {
    const before = pages.length
    const placed = paginate(section, (page) => ({ top: margin + headOf(before + page).height + 4, bottom }))
    pages.push(...placed.map((blocks, page) => ({ order, opensOrder: before + page === 0, head: headOf(before + page), placed: blocks })))
  }
  return pages
}
