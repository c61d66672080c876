import { body, small, strong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import type { PrintedOrder } from './document.ts'
import type { Block, Style } from '#platform/typeset'
import { drawVerification, verificationHeight } from './verification.ts'

const nameStyle: Style = { size: 13, weight: 'semibold' }
const [nameLeading, lineLeading] = [16, 11.2]
const qrSide = 56
const labelWidth = 74

/** Who the reports of an order are about: patient, order, specimens, and the symbol that verifies them. */
export const orderHead = (canvas: Canvas, order: PrintedOrder): Block => {
  const { verification } = order
  const right = canvas.right - (verification ? qrSide + 16 : 0)
  const parts = [nameBlock({ ...canvas, right }, order), fieldsBlock({ ...canvas, right }, order), specimensBlock({ ...canvas, right }, order)]
  const contents = parts.reduce((sum, part) => sum + part.height, 8)
  const height = Math.max(contents, verification ? verificationHeight(qrSide) + 12 : 0)
  return {
    height: height + 4,
    draw: (top) => {
      let y = top + 8
      for (const part of parts) {
        part.draw(y)
        y += part.height
      }
      if (verification) drawVerification(canvas, verification, qrSide, top + 10)
      canvas.sheet.rule(canvas.left, canvas.right, top + height)
    },
  }
}

const nameBlock = ({ sheet, clock, left, right }: Canvas, { patient }: PrintedOrder): Block => {
  const name = sheet.wrap(patient.name, nameStyle, right - left, 4)
  const facts = [patient.age, patient.sex, ...bornOn(clock, patient.birthDate), `Patient no. ${patient.number}`]
  const lines = sheet.wrap(facts.join('  ·  '), body, right - left, 2)
  return {
    height: name.length * nameLeading + lines.length * lineLeading + 4,
    draw: (top) => {
      sheet.lines(name, left, top, { leading: nameLeading, style: nameStyle })
      sheet.lines(lines, left, top + name.length * nameLeading, { leading: lineLeading, style: body })
    },
  }
}

/** A date of birth belongs to no zone. */
const bornOn = (clock: Canvas['clock'], birthDate: string | undefined): string[] => (birthDate ? [`Born ${clock.day(birthDate)}`] : [])

const fieldsBlock = (canvas: Canvas, order: PrintedOrder): Block => {
  const { sheet, clock, left, right } = canvas
  const middle = left + (right - left) * 0.56
  const reported = order.reports.length === 0 ? undefined : reportedAt(clock, order)
  const columns: { x: number; fields: [string, string | undefined][] }[] = [
    { x: left, fields: [['Accession no.', order.accessionNumber], ['Referred by', order.referredBy], ['Organisation', order.organisation]] },
    { x: middle, fields: [
      ['Ordered', clock.dateTime(order.orderedAt)],
      ['Reported', reported],
    ] },
  ]
  const rows = columns.map(({ x, fields }) => fields.flatMap(([label, value]) => {
    if (!value) return []
    const style = label === 'Accession no.' ? strong : body
    const lines = sheet.wrap(value, style, (x === left ? middle - 8 : right) - x - labelWidth, 5)
    return lines.map((line, index) => ({ x, label: index === 0 ? label : '', line, style }))
  }))
  return {
    height: Math.max(...rows.map((column) => column.length)) * lineLeading + 4,
    draw: (top) => {
      for (const column of rows) {
        for (const [row, { x, label, line, style }] of column.entries()) {
          sheet.lines([label], x, top + row * lineLeading, { leading: lineLeading, style: small, besideSize: body.size })
          sheet.lines([line], x + labelWidth, top + row * lineLeading, { leading: lineLeading, style })
        }
      }
    },
  }
}

const reportedAt = (clock: Canvas['clock'], { reports }: PrintedOrder): string => {
  const times = reports.flatMap((report) => (report.reportedAt ? [report.reportedAt.getTime()] : []))
  return times.length > 0 ? clock.dateTime(new Date(Math.max(...times))) : 'not yet'
}

const specimensBlock = ({ sheet, clock, left, right }: Canvas, { specimens }: PrintedOrder): Block => {
  const shares = [0, 0.24, 0.52, 0.77]
  const x = shares.map((share) => left + (right - left) * share)
  const cell = (text: string, column: number, style: Style): string => sheet.fit(text, style, (x[column + 1] ?? right) - (x[column] ?? left) - 6)
  const rows = specimens.map(({ number, type, collectedAt, receivedAt }) => [
    cell(number, 0, body), cell(type, 1, body), ...[collectedAt, receivedAt].map((at) => (at ? clock.dateTime(at) : '–')),
  ])
  if (rows.length === 0) return { height: 0, draw: () => {} }
  return {
    height: (rows.length + 1) * lineLeading + 4,
    draw: (top) => {
      for (const [column, title] of ['Specimen no.', 'Specimen', 'Collected', 'Received'].entries()) {
        sheet.lines([title], x[column] ?? left, top, { leading: lineLeading, style: small })
      }
      for (const [row, texts] of rows.entries()) {
        const y = top + (row + 1) * lineLeading
        for (const [column, text] of texts.entries()) sheet.lines([text], x[column] ?? left, y, { leading: lineLeading, style: body })
      }
    },
  }
}

/** The patient in one line, for the pages after the first. */
export const shortOrderHead = ({ sheet, left, right }: Canvas, { patient, accessionNumber }: PrintedOrder): Block => ({
  height: 18,
  draw: (top) => {
    const numbers = `${patient.age}  ·  ${patient.sex}  ·  ${patient.number}  ·  ${accessionNumber}`
    const shown = sheet.fit(numbers, body, (right - left) * 0.62)
    const room = right - left - sheet.width(shown, body) - 12
    sheet.lines([sheet.fit(patient.name, strong, room)], left, top + 3, { leading: lineLeading, style: strong })
    sheet.lines([shown], right, top + 3, { leading: lineLeading, style: body, anchor: 'end' })
    sheet.rule(left, right, top + 17)
  },
})
