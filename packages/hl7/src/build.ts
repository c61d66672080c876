import { escapeText } from './escape.ts'
import { Hl7Error } from './hl7-error.ts'
import { encodingCharacters, standardSeparators } from './separators.ts'
import type { Separators } from './separators.ts'

/** null becomes the HL7 null `""`; undefined and '' are sent as empty. Text is escaped. */
export type Leaf = string | number | null | undefined

/** Components, of which one may consist of subcomponents. */
export type Components = readonly (Leaf | readonly Leaf[])[]

/** `raw` is taken as it is: a field copied from a message with the same separators. */
export type FieldValue = Leaf | Components | { repetitions: readonly (Leaf | Components)[] } | { raw: string | undefined }

/** A name and the fields from 1; those of MSH from MSH-3, since MSH-1 and MSH-2 follow from the separators. */
export type SegmentValue = readonly [name: string, ...fields: FieldValue[]]

/**
 * The text of a message, each segment ended by CR. Empty fields at the end of a segment are left out. Throws Hl7Error
 * 'unescapable' where the separators cannot say what is asked, for instance subcomponents when MSH-2 declares none.
 */
export const buildMessage = (segments: readonly SegmentValue[], separators: Separators = standardSeparators): string =>
  segments.map(([name, ...fields]) => `${segmentText(name, fields, separators)}\r`).join('')

const segmentText = (name: string, fields: readonly FieldValue[], separators: Separators): string => {
  const texts = fields.map((field) => fieldText(field, separators))
  if (name === 'MSH') texts.unshift(encodingCharacters(separators))
  return joined([name, ...texts], separators.field)
}

const fieldText = (field: FieldValue, separators: Separators): string => {
  if (typeof field !== 'object' || field === null) return leafText(field, separators)
  if ('raw' in field) return rawText(field.raw ?? '', separators)
  const repetitions = 'repetitions' in field ? field.repetitions : [field]
  return joined(repetitions.map((repetition) => repetitionText(repetition, separators)), separators.repetition)
}

const repetitionText = (repetition: Leaf | Components, separators: Separators): string => {
  if (!isList(repetition)) return leafText(repetition, separators)
  return joined(repetition.map((component) => isList(component)
    ? joined(component.map((leaf) => leafText(leaf, separators)), separators.subcomponent)
    : leafText(component, separators)), separators.component)
}

const isList = <T>(value: Leaf | readonly T[]): value is readonly T[] => Array.isArray(value)

const leafText = (leaf: Leaf, separators: Separators): string => leaf === null ? '""' : escapeText(String(leaf ?? ''), separators)

const rawText = (raw: string, { field }: Separators): string => {
  if (/[\r\n]/.test(raw) || raw.includes(field)) throw new Hl7Error('unescapable', 'a raw field holds a field separator or a line end')
  return raw
}

const joined = (parts: readonly string[], separator: string): string => {
  const length = parts.findLastIndex((part) => part !== '') + 1
  if (length > 1 && separator === '') throw new Hl7Error('unescapable', 'these separators cannot divide a value that far')
  return parts.slice(0, length).join(separator)
}

/** An instant as HL7 writes it, in UTC: 20261121081500+0000. */
export const timestamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/\D/g, '')}+0000`
