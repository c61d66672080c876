import { leading, small, strong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { PrintedOrder, PrintedReport, ReportDocument, Verification } from './document.ts'
import { statusMeanings, statusWords } from './notices.ts'
import { orderHead, shortOrderHead } from './order-head.ts'
import { pageFoot } from './page-foot.ts'
import { compactSignatures } from './signatures.ts'
import { drawVerification } from './verification.ts'
import { clockOf, composePdf, heightOf, ink, letterheadBlock, mm, paper, shortLetterheadBlock, stack } from '#platform/typeset'
import type { Block, Size, Style } from '#platform/typeset'

/** What is printed around the pages of a file that is a report's result. */
export interface FileBands {
  document: Omit<ReportDocument, 'orders'>
  /** its only report is the file's */
  order: PrintedOrder & { file: NonNullable<PrintedOrder['file']> }
  report: PrintedReport
  /** 'own': the file has a header of its own, a foot is added */
  letterhead: 'add' | 'own'
  /** of the file's pages as they are seen, in points */
  sizes: readonly Size[]
  /** full: the first page bears the whole head, the last one the signatures and the symbol */
  heads: 'full' | 'short'
  /** pages printed in front, counted with these */
  before: number
  /** kept as a file: without what changes later, as status, signatures and the time of printing */
  lasting?: boolean
}

interface Edges {
  header: Block
  footer: Block
}

const margin = 22
const side = 40
const symbolSide = 44
const alarm = '#b3261e'

/**
 * A band for the top and one for the bottom of every page of a file, on pages of the same shapes.
 */
export const fileBands = async (bands: FileBands): Promise<PagedBands> => {
  const { document, report, sizes } = bands
  const headerHeight: number[] = []
  const footerHeight: number[] = []
  const locale = document.locale ?? 'en-IN'
  const info = { title: report.name, subject: bands.order.file.report, author: document.lab.name, at: document.printedAt, language: locale }
  const pdf = await composePdf(info, (sheet) => {
    const clock = clockOf(locale, document.timeZone)
    for (const [index, size] of sizes.entries()) {
      const { width, height } = layoutSize(size)
      const { header, footer } = edgesOf({ sheet, clock, left: side, right: width - side }, bands, index)
      sheet.page(width, height)
      if (header.height > 0) header.draw(margin)
      footer.draw(height - bottomMargin(document) - footer.height)
      headerHeight.push(header.height > 0 ? margin + header.height + 6 : 0)
      footerHeight.push(footer.height + bottomMargin(document))
    }
  })
  return { pdf, headerHeight, footerHeight }
}

/** Bands of a height of their own on every page. */
interface PagedBands {
  pdf: Uint8Array
  headerHeight: number[]
  footerHeight: number[]
}

/** Bands take no more of a page than this. */
const mostOfPage = 0.4

/** Whether bands leave too little of some page to the file. */
export const areCrowded = ({ headerHeight, footerHeight }: PagedBands, sizes: readonly Size[]): boolean => sizes.some((size, page) =>
  (headerHeight[page] ?? 0) + (footerHeight[page] ?? 0) > layoutSize(size).height * mostOfPage)

/**
 * The size in which the bands of a page are laid out, so that their type is as large as a report's when the page is printed on A4.
 * Narrow and flat pages get smaller type, for the words must find room and so must the file.
 */
const layoutSize = ({ width, height }: Size): Size => {
  const [short, long] = [Math.min(width, height), Math.max(width, height)]
  const scale = Math.min(Math.max(short / paper.a4.width, long / paper.a4.height), width / 420, height / 310)
  return { width: width / scale, height: height / scale }
}

const bottomMargin = ({ lab }: FileBands['document']): number => Math.max(18, (lab.preprinted?.bottomMm ?? 0) * mm)

const edgesOf = (canvas: Canvas, bands: FileBands, index: number): Edges => {
  const full = bands.heads === 'full'
  const heads = bands.letterhead === 'own' ? [] : headBlocks(canvas, bands, full && index === 0)
  const header = [...heads, ...(bands.lasting ? [] : alarmBlocks(canvas, bands.report))]
  return { header: stack(header), footer: footBlock(canvas, bands, index, full && index === bands.sizes.length - 1) }
}

const headBlocks = (canvas: Canvas, { document: { lab }, order, report, lasting = false }: FileBands, full: boolean): Block[] => {
  const band = { left: canvas.left, right: canvas.right, margin }
  if (!full) return [shortLetterheadBlock(canvas.sheet, lab, band), shortOrderHead(canvas, order), shortTitle(canvas, report)]
  const { verification: _, ...bare } = order
  const about = lasting ? { ...bare, reports: [] } : bare
  if (canvas.right - canvas.left < wide) return [letterheadBlock(canvas.sheet, lab, band), orderHead(canvas, about), titleBlock(canvas, report)]
  const middle = canvas.left + (canvas.right - canvas.left) * 0.38
  return [
    beside(letterheadBlock(canvas.sheet, lab, { ...band, right: middle - 16 }), orderHead({ ...canvas, left: middle }, about)),
    titleBlock(canvas, report),
  ]
}

/** A column as wide as this takes the letterhead and the patient beside one another, so that they cost a landscape page less of its height. */
const wide = 700

const beside = (one: Block, other: Block): Block => ({
  height: Math.max(one.height, other.height),
  draw: (top) => [one, other].forEach((block) => block.draw(top)),
})

const departmentStyle: Style = { size: 8.4, weight: 'semibold', colour: ink.accent }
const titleStyle: Style = { size: 11.5, weight: 'semibold' }

const titleBlock = ({ sheet, left, right }: Canvas, { name, department, method, specimens }: PrintedReport): Block => {
  const facts = [specimens?.length ? `Specimen ${specimens.join(', ')}` : '', method ? `Method: ${method}` : ''].filter(Boolean)
  const lines = sheet.wrap(name, titleStyle, right - left, 2)
  const aside = sheet.fit(facts.join('  ·  '), small, right - left - sheet.width(department, departmentStyle) - 12)
  return {
    height: 14 + lines.length * 14.5,
    draw: (top) => {
      sheet.lines([department], left, top + 2, { leading: 12, style: departmentStyle })
      sheet.lines([aside], right, top + 2, { leading: 12, style: small, anchor: 'end', besideSize: departmentStyle.size })
      sheet.lines(lines, left, top + 14, { leading: 14.5, style: titleStyle })
    },
  }
}

const shortTitle = ({ sheet, left, right }: Canvas, { name }: PrintedReport): Block => ({
  height: leading + 3,
  draw: (top) => sheet.lines([sheet.fit(`${name} (continued)`, strong, right - left)], left, top + 3, { leading, style: strong }),
})

/** In the band and in a strong colour: what is drawn under the file is hidden by a scan. */
const alarmBlocks = ({ sheet, left, right }: Canvas, { status }: PrintedReport): Block[] => {
  if (status === 'final') return []
  const text = `${statusWords[status]}  ·  ${statusMeanings[status]}`
  return [{
    height: 20,
    draw: (top) => {
      sheet.box(left, top + 4, { width: right - left, height: 15 }, alarm, 2)
      sheet.lines([sheet.fit(text, { ...strong, colour: ink.white }, right - left - 12)], (left + right) / 2, top + 4,
        { leading: 15, style: { ...strong, colour: ink.white }, anchor: 'middle' })
    },
  }]
}

const footBlock = (canvas: Canvas, { document, order, report, before, sizes, lasting = false }: FileBands, index: number, closes: boolean): Block => {
  const { verification } = report
  const symbol = closes && !lasting ? verification : undefined
  const column = symbol ? { ...canvas, right: canvas.right - symbolSide - 30 } : canvas
  const count = { page: before + index + 1, pages: before + sizes.length }
  const foot = pageFoot(column, document, verification && !lasting ? { ...order, verification } : order, count, lasting)
  const signatures = closes && !lasting ? compactSignatures(column, report.signatures) : []
  const parts = [...signatures, foot]
  const contents = stack(parts)
  const height = Math.max(heightOf(parts) + (signatures.length > 0 ? 6 : 0), symbol ? symbolHeight : 0)
  return {
    height,
    draw: (top) => {
      contents.draw(top + height - contents.height)
      if (symbol) drawSymbol(canvas, symbol, top + height - symbolHeight)
    },
  }
}

const symbolHeight = symbolSide + 16

const drawSymbol = (canvas: Canvas, verification: Verification, top: number): void =>
  drawVerification(canvas, verification, symbolSide, top + 2)
