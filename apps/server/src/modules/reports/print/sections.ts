import type { Section } from '@aliquot/contracts'
import { ink, stack } from '#platform/typeset'
import type { Block, Style } from '#platform/typeset'
import { body, leading, small, smallItalic, smallStrong, strong } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { headedProse, proseBlocks } from './prose.ts'

const pad = 2.4
const gap = 6
const summaryStyle: Style = { size: 11, weight: 'semibold' }

/** What another module filled in; `title` stands above the rows of a table once more on every new page. */
export const sectionBlocks = (canvas: Canvas, sections: readonly Section[], title: Block): Block[] => sections.flatMap((section) => {
  if (section.kind === 'summary') return summaryBlocks(canvas, section)
  if (section.kind === 'table') return tableBlocks(canvas, section, title)
  return headedProse(canvas, section.title ?? undefined, section.text)
})

/** In a frame, with a bar at its left that is heavier where something was found: no colour has to be seen. */
const summaryBlocks = ({ sheet, left, right }: Canvas, { title, text, tone }: Section): Block[] => {
  const lines = sheet.wrap(text, summaryStyle, right - left - 24)
  const label = title ? 11 : 0
  const height = lines.length * 14 + label + 10
  const bar = tone === 'alert' ? 5 : tone === 'caution' ? 3 : 1.2
  return [{
    height,
    space: 6,
    draw: (top) => {
      sheet.box(left, top, { width: right - left, height }, ink.shade)
      sheet.box(left, top, { width: bar, height }, ink.text)
      if (title) sheet.lines([title], left + 12, top + 4, { leading: 11, style: smallStrong })
      sheet.lines(lines, left + 12, top + 5 + label, { leading: 14, style: summaryStyle })
    },
  }]
}

const tableBlocks = (canvas: Canvas, section: Section, title: Block): Block[] => {
  const { sheet, left, right } = canvas
  const total = section.columns.reduce((sum, { width }) => sum + width, 0)
  let used = 0
  const columns = section.columns.map((column) => {
    const x = left + 3 + (used / total) * (right - left - 3)
    used += column.width
    return { ...column, x, room: (column.width / total) * (right - left - 3) - gap }
  })
  const titles = columns.map((column) => sheet.wrap(column.title, smallStrong, column.room))
  const titleLines = Math.max(1, ...titles.map((lines) => lines.length))
  const heading: Block = {
    height: titleLines * 9.5 + 6,
    draw: (top) => {
      sheet.box(left, top, { width: right - left, height: titleLines * 9.5 + 5 }, ink.shade)
      for (const [at, { x }] of columns.entries()) sheet.lines(titles[at] ?? [], x, top + 2.5, { leading: 9.5, style: smallStrong })
    },
  }
  const repeat = stack([title, heading])
  const rows = section.rows.flatMap(({ cells, strong: bold, note }): Block[] => {
    const wrapped = columns.map((column, at) => sheet.wrap(cells[at] ?? '', bold ? strong : body, column.room))
    const notes = note ? proseBlocks(canvas, note, { ...smallItalic, size: 8 }, 12) : []
    const lines = Math.max(1, ...wrapped.map((cell) => cell.length))
    const height = lines * leading + 2 * pad
    const row: Block = {
      height,
      repeat,
      keep: notes.length > 0,
      draw: (top) => {
        for (const [at, { x }] of columns.entries()) {
          sheet.lines(wrapped[at] ?? [], x, top + pad, { leading, style: bold ? strong : body, besideSize: body.size })
        }
        if (notes.length === 0) sheet.rule(left, right, top + height)
      },
    }
    return [row, ...notes.map((block, at): Block => (at < notes.length - 1 ? { ...block, repeat } : {
      ...block, repeat, height: block.height + pad, draw: (top) => {
        block.draw(top)
        sheet.rule(left, right, top + block.height + pad)
      },
    }))]
  })
  const named: Block[] = section.title ? [{
    height: leading + 2, space: 9, keep: true,
    draw: (top) => sheet.lines([section.title ?? ''], left, top, { leading, style: strong }),
  }] : []
  const legend = section.text ? proseBlocks(canvas, section.text, small) : []
  return [...named, { ...heading, ...(named.length > 0 ? {} : { space: 6 }), keep: true }, ...rows,
    ...legend.map((block, at): Block => ({ ...block, ...(at === 0 ? { space: 3 } : {}) }))]
}
