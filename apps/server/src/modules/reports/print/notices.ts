import type { Canvas } from './canvas.ts'
import type { Amendment, PrintedReport } from './document.ts'
import { framedBlocks } from '#platform/typeset'
import type { Block } from '#platform/typeset'

/** What a reader must not miss, framed under a report's title. */
export const noticeBlocks = (canvas: Canvas, report: PrintedReport): Block[] => [
  ...unsignedNotice(canvas, report),
  ...[...report.amendments].sort((a, b) => b.number - a.number).flatMap((amendment) => amendmentNotice(canvas, amendment)),
]

/** What the status adds to the title on the pages that follow; empty for a final report. */
export const statusWords: Record<PrintedReport['status'], string> = {
  'preliminary': 'PRELIMINARY – NOT SIGNED',
  'partially signed': 'PARTIALLY SIGNED – NOT FINAL',
  'final': '',
}

export const statusMeanings: Record<PrintedReport['status'], string> = {
  'preliminary': 'These results may still change.',
  'partially signed': 'A further signature is awaited. These results may still change.',
  'final': '',
}

const unsignedNotice = (canvas: Canvas, { status }: PrintedReport): Block[] => {
  if (status === 'final') return []
  return framedBlocks(canvas.sheet, canvas, statusWords[status], [statusMeanings[status]])
}

const amendmentNotice = (canvas: Canvas, { number, at, by, reason, changes, fileReplaced }: Amendment): Block[] =>
  framedBlocks(canvas.sheet, canvas, `AMENDED REPORT – amendment ${number}, ${canvas.clock.dateTime(at)}, by ${by}`, [
    `Reason: ${reason}`,
    ...(fileReplaced ? ['Another file took the place of the one that was issued.'] : []),
    ...changes.map(({ name, previous, current }) => `${name}: previously ${previous}, now ${current}`),
  ])
