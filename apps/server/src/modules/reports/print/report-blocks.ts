import { leading, small, smallItalic, strong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { cultureBlocks } from './culture.ts'
import type { PrintedOrder, PrintedReport, PrintedResult, ResultFlag } from './document.ts'
import { noticeBlocks, statusWords } from './notices.ts'
import { headedProse, proseBlocks, spaced } from './prose.ts'
import { tableBlocks } from './result-table.ts'
import { sectionBlocks } from './sections.ts'
import { signatureBlocks, signedAlike } from './signatures.ts'
import { heightOf, ink, together } from '#platform/typeset'
import type { Block, Style } from '#platform/typeset'

const departmentStyle: Style = { size: 8.4, weight: 'semibold', colour: ink.accent }
const titleStyle: Style = { size: 11.5, weight: 'semibold' }
const titleLeading = 14.5
/** A report no taller than this is not broken over pages, in points. */
const mostTogether = 230

/** A block of the order's reports, and the report that it belongs to. */
export interface ReportBlock extends Block {
  report: PrintedReport
}

/** Everything under the head of an order, cut where a new page must begin. */
export const orderBlocks = (canvas: Canvas, order: PrintedOrder): ReportBlock[][] => {
  const sections: ReportBlock[][] = [[]]
  const withPrevious = order.reports.some((report) => resultsOf(report).some(({ previous }) => previous))
  let underSignature: string[] = []
  for (const [index, report] of order.reports.entries()) {
    const before = order.reports[index - 1]
    const next = order.reports[index + 1]
    if (report.ownPage && index > 0) sections.push([])
    underSignature.push(report.name)
    const signsLater = next !== undefined && !next.ownPage && signedAlike(report, next)
    const contents = [
      ...titleBlocks(canvas, report, report.ownPage || before?.department !== report.department),
      ...bodyBlocks(canvas, report, withPrevious),
    ]
    const close = [...(signsLater ? [] : signatureBlocks(canvas, report, underSignature)), ...(next ? [] : [endBlock(canvas, order)])]
    if (!signsLater) underSignature = []
    const blocks = closed(contents, close)
    sections.at(-1)?.push(...(heightOf(blocks) <= mostTogether ? together(blocks) : blocks).map((block) => ({ ...block, report })))
  }
  return sections
}

const resultsOf = ({ body }: PrintedReport): PrintedResult[] => (body.kind === 'table' ? body.groups.flatMap(({ results }) => results) : [])

/** The last two lines stand on one page with what closes the report: no signature stands under nothing. */
const closed = (contents: Block[], close: Block[]): Block[] => [
  ...contents.map((block, index) => (close.length > 0 && index >= contents.length - 2 ? { ...block, keep: true } : block)),
  ...together(close),
]

const titleBlocks = (canvas: Canvas, report: PrintedReport, opensDepartment: boolean): Block[] => {
  const { sheet, clock, left, right } = canvas
  const facts = [
    report.specimens?.length ? `Specimen ${report.specimens.join(', ')}` : '',
    report.reportedAt ? `Reported ${clock.dateTime(report.reportedAt)}` : '',
  ]
  const aside = sheet.fit(facts.filter(Boolean).join('  ·  '), small, (right - left) * 0.6)
  const name = sheet.wrap(report.name, titleStyle, right - left - sheet.width(aside, small) - 10, 3)
  const department: Block = {
    height: 12,
    space: 10,
    keep: true,
    draw: (top) => sheet.lines([sheet.fit(report.department, departmentStyle, right - left)], left, top, { leading: 12, style: departmentStyle }),
  }
  const title: Block = {
    height: name.length * titleLeading,
    space: opensDepartment ? 0 : 12,
    keep: true,
    draw: (top) => {
      sheet.lines(name, left, top, { leading: titleLeading, style: titleStyle })
      sheet.lines([aside], right, top, { leading: titleLeading, style: small, anchor: 'end', besideSize: titleStyle.size })
    },
  }
  const method = report.method ? proseBlocks(canvas, `Method: ${report.method}`, smallItalic) : []
  return [...(opensDepartment ? [department] : []), title, ...[...method, ...noticeBlocks(canvas, report)].map((block) => ({ ...block, keep: true }))]
}

/** The title as it stands above what is continued on a new page. */
const continuedTitle = ({ sheet, left, right }: Canvas, report: PrintedReport): Block => {
  const status = statusWords[report.status]
  const text = `${report.name} (continued)${status && `  –  ${status}`}`
  return { height: leading + 5, draw: (top) => sheet.lines([sheet.fit(text, strong, right - left)], left, top + 1, { leading, style: strong }) }
}

const bodyBlocks = (canvas: Canvas, report: PrintedReport, withPrevious: boolean): Block[] => {
  const title = continuedTitle(canvas, report)
  const blocks = [
    ...mainBlocks(canvas, report, title, withPrevious),
    ...(report.comments ?? []).flatMap((comment) => spaced(proseBlocks(canvas, comment, { ...small, colour: ink.text }), 3)),
    ...(report.interpretation ? headedProse(canvas, 'Interpretation', report.interpretation) : []),
  ]
  return blocks.map((block) => ({ repeat: title, ...block }))
}

const mainBlocks = (canvas: Canvas, { body }: PrintedReport, title: Block, withPrevious: boolean): Block[] => {
  if (body.kind === 'table') return tableBlocks(canvas, body, title, withPrevious)
  if (body.kind === 'sections') return sectionBlocks(canvas, body.sections, title)
  if (body.kind === 'culture') return cultureBlocks(canvas, body, title)
  return body.parts.flatMap(({ heading, text }) => headedProse(canvas, heading, text))
}

const flagMeanings: [ResultFlag, string][] = [
  ['L', 'L below reference range'], ['H', 'H above reference range'], ['LL', 'LL critically low'], ['HH', 'HH critically high'],
  ['A', 'A abnormal'], ['AA', 'AA critically abnormal'],
]

const closingWords = ({ file }: PrintedOrder): string => {
  if (!file) return 'End of report'
  return file.pages === 1 ? 'One page follows' : `${file.pages} pages follow`
}

const endBlock = ({ sheet, left, right }: Canvas, order: PrintedOrder): Block => {
  const flags = new Set(order.reports.flatMap(resultsOf).map(({ flag }) => flag))
  const legend = flagMeanings.filter(([flag]) => flags.has(flag)).map(([, meaning]) => meaning).join('  ·  ')
  return {
    height: 12 + (legend ? 11 : 0),
    space: 10,
    draw: (top) => {
      sheet.lines([`— ${closingWords(order)} —`], (left + right) / 2, top, { leading: 12, style: { ...strong, colour: ink.quiet }, anchor: 'middle' })
      sheet.lines([legend], (left + right) / 2, top + 12, { leading: 11, style: small, anchor: 'middle' })
    },
  }
}
