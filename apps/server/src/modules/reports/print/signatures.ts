import { small, smallStrong, strong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { PrintedReport, Signature, Verification } from './document.ts'
import { ink } from '#platform/typeset'
import type { Block, Style } from '#platform/typeset'
import { drawVerification, verificationHeight } from './verification.ts'

const inRow = 3
const imageBox = { width: 110, height: 30 }
const symbolSide = 44
const symbolWidth = 70
const lineHeight = 9.6

/** The signatures of a report, three beside one another, and its symbol. `signedFor` names the reports above them that they sign. */
export const signatureBlocks = (canvas: Canvas, { signatures, verification }: PrintedReport, signedFor: readonly string[]): Block[] => {
  const count = Math.max(Math.ceil(signatures.length / inRow), verification ? 1 : 0)
  const rows = Array.from({ length: count }, (_, row) =>
    rowBlock(canvas, signatures.slice(row * inRow, (row + 1) * inRow), row === 0 ? verification : undefined))
  const caption = signedFor.length > 1 && rows.length > 0 ? [captionBlock(canvas, signedFor)] : []
  return [...caption, ...rows.map((row): Block => ({ ...row, space: caption.length > 0 ? 2 : 10 }))]
}

/** The same in few lines and without the symbol, for the foot of a page. */
export const compactSignatures = (canvas: Canvas, signatures: readonly Signature[]): Block[] =>
  Array.from({ length: Math.ceil(signatures.length / inRow) }, (_, row) => {
    const some = signatures.slice(row * inRow, (row + 1) * inRow)
    return signatoryBlock(canvas, some, (canvas.right - canvas.left) / some.length, shortLines)
  })

/** Whether two reports, one after the other, bear the same signatures of the same minute, so that these are printed once. */
export const signedAlike = (one: PrintedReport, other: PrintedReport): boolean => one.status === 'final' && other.status === 'final'
  && !one.verification && !other.verification && one.signatures.length > 0 && identity(one.signatures) === identity(other.signatures)

const identity = (signatures: readonly Signature[]): string => JSON.stringify(signatures.map(
  ({ name, registrationNumber, role, partial = false, signedAt }) => [name, registrationNumber, role, partial, minuteOf(signedAt)],
))

const minuteOf = (at: Date): number => Math.floor(at.getTime() / 60_000)

const captionBlock = ({ sheet, left, right }: Canvas, signedFor: readonly string[]): Block => {
  const lines = sheet.wrap(`Signed for: ${signedFor.join(', ')}`, small, right - left)
  const draw = (top: number): void => sheet.lines(lines, left, top, { leading: lineHeight, style: small })
  return { height: lines.length * lineHeight, space: 10, keep: true, draw }
}

const rowBlock = (canvas: Canvas, signatures: readonly Signature[], verification: Verification | undefined): Block => {
  const { sheet, left, right } = canvas
  const { height, draw } = signatoryBlock(canvas, signatures, (right - left - symbolWidth) / inRow, fullLines)
  return {
    height: Math.max(height, verification ? verificationHeight(symbolSide) : 0) + (verification ? lineHeight : 0),
    draw: (top) => {
      draw(top)
      if (!verification) return
      drawVerification(canvas, verification, symbolSide, top)
      const address = sheet.fit(`Verify at ${verification.url}`, small, right - left)
      sheet.lines([address], right, top + Math.max(height, verificationHeight(symbolSide)), { leading: lineHeight, style: small, anchor: 'end' })
    },
  }
}

/** What is empty is left out. */
type Lines = [string | undefined, Style][]

/** Up to three signatures beside one another, in columns of `width`. */
const signatoryBlock = ({ sheet, clock, left }: Canvas, signatures: readonly Signature[], width: number,
  linesOf: (clock: Canvas['clock'], signature: Signature) => Lines): Block => {
  const imageHeight = signatures.some(({ image }) => image) ? imageBox.height + 2 : 0
  const columns = signatures.map((signature) => linesOf(clock, signature).flatMap(([text, style]) =>
    (text ? sheet.wrap(text, style, width - 12, 3).map((line) => ({ line, style })) : [])))
  return {
    height: imageHeight + Math.max(0, ...columns.map((lines) => lines.length)) * lineHeight + 2,
    draw: (top) => {
      for (const [index, lines] of columns.entries()) {
        const x = left + index * width
        const image = signatures[index]?.image
        if (image) sheet.picture(image, x, top, imageBox)
        for (const [row, { line, style }] of lines.entries()) {
          sheet.lines([line], x, top + imageHeight + row * lineHeight, { leading: lineHeight, style })
        }
      }
    },
  }
}

const fullLines = (clock: Canvas['clock'], signature: Signature): Lines => {
  const { name, qualification, role } = signature
  return [[name, strong], [qualification, small], [role, small], [registration(signature), small], [signed(clock, signature), signedStyle]]
}

const shortLines = (clock: Canvas['clock'], signature: Signature): Lines => {
  const { name, qualification, role } = signature
  return [
    [[name, qualification].filter(Boolean).join(', '), strong],
    [[role, registration(signature)].filter(Boolean).join('  ·  '), small],
    [signed(clock, signature), signedStyle],
  ]
}

const signedStyle: Style = { ...smallStrong, colour: ink.text }

const registration = ({ registrationNumber }: Signature): string => (registrationNumber ? `Reg. no. ${registrationNumber}` : '')

const signed = (clock: Canvas['clock'], { signedAt, partial }: Signature): string =>
  `${partial ? 'Partially signed' : 'Signed'} ${clock.dateTime(signedAt)}`
