import { small, smallStrong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { PrintedOrder, ReportDocument } from './document.ts'
import { ink } from '#platform/typeset'
import type { Block } from '#platform/typeset'

const lineHeight = 10
const dark = { ...smallStrong, colour: ink.text }

interface Line {
  left: string
  right: string
}

/**
 * Whose page this is and which of how many, so that no page is taken for another patient's. `lasting`: without the time of printing, for
 * what is kept as a file.
 */
export const pageFoot = (canvas: Canvas, document: Pick<ReportDocument, 'printedAt' | 'footer' | 'part'>, order: PrintedOrder,
  { page, pages }: { page: number; pages: number }, lasting = false): Block => {
  const { sheet, clock, left, right } = canvas
  const { printedAt, footer, part } = document
  const count = `${part ? `Part ${part.number} of ${part.of}  ·  ` : ''}Page ${page} of ${pages}`
  const stamp = lasting ? '' : `Printed ${clock.dateTime(printedAt)}, ${clock.zone(printedAt)}`
  const own = footer ? sheet.wrap(footer.replaceAll(/\s*\n\s*/g, '  ·  '), small, right - left, 2) : []
  const lines = [...proofLines(canvas, order, stamp), ...own.map((line): Line => ({ left: line, right: '' }))]
  const whose = whoseWords(canvas, order, right - left - sheet.width(count, dark) - 12)
  return {
    height: 20 + lines.length * lineHeight,
    draw: (top) => {
      sheet.rule(left, right, top + 7)
      sheet.lines([whose], left, top + 9, { leading: lineHeight, style: small })
      sheet.lines([count], right, top + 9, { leading: lineHeight, style: dark, anchor: 'end' })
      for (const [index, line] of lines.entries()) {
        const y = top + 9 + (index + 1) * lineHeight
        sheet.lines([line.left], left, y, { leading: lineHeight, style: small })
        sheet.lines([line.right], right, y, { leading: lineHeight, style: small, anchor: 'end' })
      }
    },
  }
}

/** A long name is shortened, the numbers are not. */
const whoseWords = ({ sheet }: Canvas, { patient, accessionNumber, file }: PrintedOrder, room: number): string => {
  const numbers = [patient.number, accessionNumber, ...(file ? [`Report ${file.report}`] : [])].map((number) => `  ·  ${number}`).join('')
  return sheet.fit(sheet.fit(patient.name, small, room - sheet.width(numbers, small)) + numbers, small, room)
}

/** How to verify the print, and when it was made: beside one another where both find room. */
const proofLines = ({ sheet, left, right }: Canvas, { verification }: PrintedOrder, stamp: string): Line[] => {
  if (!verification) return stamp ? [{ left: '', right: stamp }] : []
  const words = `Verify with code ${verification.code} at ${verification.url}`
  if (sheet.width(words, small) + sheet.width(stamp, small) + 12 <= right - left) return [{ left: words, right: stamp }]
  return [{ left: sheet.fit(words, small, right - left), right: '' }, ...(stamp ? [{ left: '', right: stamp }] : [])]
}
