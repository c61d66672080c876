import { ink } from '#platform/typeset'
import type { Block, Clock, Sheet, Style } from '#platform/typeset'
import type { InvoiceDocument } from './document.ts'
import type { Money } from './money.ts'

/** The column of paper between two margins, and how the lab writes times and amounts. */
export interface InvoiceCanvas {
  sheet: Sheet
  clock: Clock
  money: Money
  left: number
  right: number
}

export const body: Style = { size: 8.8 }
export const strong: Style = { size: 8.8, weight: 'semibold' }
export const small: Style = { size: 7.6, colour: ink.quiet }
export const smallStrong: Style = { size: 7.6, weight: 'semibold', colour: ink.quiet }
export const leading = 11.4

/** Lines of wrapped text. */
export const textBlock = ({ sheet, left, right }: InvoiceCanvas, text: string, style: Style = body, anchor: 'start' | 'middle' = 'start'): Block => {
  const height = style.size * 1.28
  const lines = sheet.wrap(text, style, right - left)
  const x = anchor === 'start' ? left : (left + right) / 2
  return { height: lines.length * height, draw: (top) => sheet.lines(lines, x, top, { leading: height, style, anchor }) }
}

/** A name at the left that wraps, an amount at the right. */
export const amountBlock = ({ sheet, left, right }: InvoiceCanvas, name: string, amount: string, style: Style = body): Block => {
  const height = style.size * 1.3
  const lines = sheet.wrap(name, style, right - left - sheet.width(amount, style) - 10)
  return {
    height: lines.length * height,
    draw: (top) => {
      sheet.lines(lines, left, top, { leading: height, style })
      sheet.lines([amount], right, top, { leading: height, style, anchor: 'end' })
    },
  }
}

export const ruleBlock = ({ sheet, left, right }: InvoiceCanvas): Block => ({ height: 6, draw: (top) => sheet.rule(left, right, top + 3) })

/** The sums under the items: what was billed, paid and is due. The due amount stands out. */
export const sumBlocks = (canvas: InvoiceCanvas, document: InvoiceDocument): Block[] => {
  const { money } = canvas
  const { subtotal, discount, taxes = [], total, paid, due, payments, insured = 0 } = document
  const discountName = discount.reason ? `Discount (${discount.reason})` : 'Discount'
  const details = discount.amount === 0 && taxes.length === 0 ? [] : [
    amountBlock(canvas, 'Subtotal', money.full(subtotal)),
    ...(discount.amount === 0 ? [] : [amountBlock(canvas, discountName, money.full(-discount.amount))]),
    ...taxes.map((tax) => amountBlock(canvas, tax.name, money.full(tax.amount))),
  ]
  return [
    ...details,
    amountBlock(canvas, 'Total', money.full(total), strong),
    ...payments.map((payment) => paymentBlock(canvas, payment)),
    amountBlock(canvas, 'Paid', money.full(paid)),
    ...(insured === 0 ? [] : [amountBlock(canvas, 'Insurer’s part', money.full(-insured))]),
    ruleBlock(canvas),
    amountBlock(canvas, due < 0 ? 'Overpaid' : insured > 0 ? 'Due from the patient' : 'Balance due', money.full(Math.abs(due)), { ...strong, size: 10 }),
  ]
}

const paymentBlock = (canvas: InvoiceCanvas, { kind, at, method, reference, amount }: InvoiceDocument['payments'][number]): Block => {
  const name = [kind === 'refund' ? 'Refund' : 'Payment', canvas.clock.dateTime(at), method, reference].filter(Boolean).join(' · ')
  return amountBlock(canvas, name, canvas.money.full(kind === 'refund' ? amount : -amount), { ...small, colour: ink.text })
}

/** What kind of paper this is, when it is not simply an invoice. */
export const notices = ({ clock }: InvoiceCanvas, { invoiceNumber, cancelled }: InvoiceDocument): { title: string; text: string }[] => [
  ...(cancelled ? [{ title: 'CANCELLED', text: `Cancelled ${clock.dateTime(cancelled.at)}. Reason: ${cancelled.reason}` }] : []),
  ...(invoiceNumber === null ? [{ title: 'PROVISIONAL – NUMBER PENDING', text: 'This is not yet an invoice: its number is given later.' }] : []),
]
