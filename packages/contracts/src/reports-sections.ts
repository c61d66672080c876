import { Type } from 'typebox'
import type { Static } from 'typebox'
import { nullable, oneOf, record } from './schema.ts'

export const SectionRow = record({
  cells: Type.Array(Type.String(), { description: 'one for each column' }),
  strong: Type.Boolean(),
  note: nullable(Type.String({ description: 'printed below the row' })),
})
export type SectionRow = Static<typeof SectionRow>

/**
 * A part of a report that another module fills: a summary in a line of its own, a table, or a paragraph. Every text is shown and printed as given.
 */
export const Section = record({
  kind: oneOf(['summary', 'table', 'paragraph']),
  tone: oneOf(['plain', 'alert', 'caution', 'clear']),
  title: nullable(Type.String()),
  text: Type.String(),
  columns: Type.Array(record({ title: Type.String(), width: Type.Number({ description: 'its share of the line' }) })),
  rows: Type.Array(SectionRow),
})
export type Section = Static<typeof Section>
