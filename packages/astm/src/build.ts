import { escapeText, usualDelimiters } from './delimiters.ts'
import type { Delimiters } from './delimiters.ts'
import { encodeText } from './text.ts'
import type { OutgoingCharset } from './text.ts'

/** A value, its components, or its repeats, each a value or components. Values are escaped when built. */
export type FieldValue = string | readonly string[] | { readonly repeats: readonly (string | readonly string[])[] }

/** A record by its type and the numbers of its fields, from 2; those left out are empty. */
export interface RecordDraft {
  readonly type: string
  readonly fields?: Readonly<Record<number, FieldValue>>
}

/** One record without its CR. Field 2 of a header is the delimiters, whatever is given. */
export const buildRecord = ({ type, fields = {} }: RecordDraft, delimiters: Delimiters = usualDelimiters): string => {
  if (!/^[A-Z]$/.test(type)) throw new RangeError(`${JSON.stringify(type)} is no type of record`)
  const numbers = Object.keys(fields).map(Number)
  if (numbers.some((number) => !Number.isInteger(number) || number < 2 || number > 999)) throw new RangeError('fields are numbered 2 to 999')
  const parts = Array.from({ length: Math.max(1, ...numbers) }, (_, index) => buildField(fields[index + 1] ?? '', delimiters))
  parts[0] = type
  if (type === 'H') parts[1] = delimiters.repeat + delimiters.component + delimiters.escape
  return parts.join(delimiters.field)
}

const buildField = (value: FieldValue, delimiters: Delimiters): string => {
  if (typeof value === 'string') return escapeText(value, delimiters)
  if ('repeats' in value) return value.repeats.map((repeat) => buildField(repeat, delimiters)).join(delimiters.repeat)
  return value.map((component) => escapeText(component, delimiters)).join(delimiters.component)
}

/** The record types that number those below them from 1 again, by depth. */
const depths: Record<string, number> = { H: 0, P: 1, Q: 1, L: 1, O: 2, R: 3 }

/**
 * A message: its records, each with CR, and field 2 numbered within the record above where it is not given. Throws RangeError on what cannot be sent.
 */
export const buildMessage = (
  drafts: readonly RecordDraft[], { delimiters = usualDelimiters, charset = 'latin1' }: { delimiters?: Delimiters; charset?: OutgoingCharset } = {},
): Uint8Array => {
  const counts = new Map<string, number>()
  let text = ''
  for (const draft of drafts) {
    const depth = depths[draft.type] ?? Infinity
    for (const type of counts.keys()) if ((depths[type] ?? Infinity) > depth) counts.delete(type)
    const count = (counts.get(draft.type) ?? 0) + 1
    counts.set(draft.type, count)
    text += `${buildRecord({ type: draft.type, fields: { 2: String(count), ...draft.fields } }, delimiters)}\r`
  }
  return encodeText(text, charset)
}
