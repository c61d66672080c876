import { append, noBytes, view } from './bytes.ts'
import type { Bytes } from './bytes.ts'
import { CR, LF } from './frame.ts'

/** A message of records, H to L: the texts of its frames, joined. */
export interface Message {
  readonly text: Uint8Array
  /** It ends with its L record. Otherwise the next header or the end of the session closed it, and more may have been meant to come. */
  readonly terminated: boolean
}

/** What is accepted of a message so far. */
export interface Assembly {
  readonly text: Bytes
  /** The last frame ended with ETB: its text goes on in the next. */
  readonly open: boolean
}

export const emptyAssembly: Assembly = { text: noBytes, open: false }

/**
 * Adds the text of an accepted frame. Many instruments end each record's frame with ETX, so a message ends with ETX after its L record, or before the
 * next header. ETX ends a record too: where its CR is missing and more follows, it is put in, unless the instrument cuts inside records with ETX.
 */
export const addText = (
  assembly: Assembly, text: Uint8Array, last: boolean, etxInsideRecord: boolean,
): { assembly: Assembly; messages: Message[] } => {
  const messages: Message[] = []
  let whole = assembly.text
  if (!assembly.open && whole.length > 0) {
    const ended = view(whole).at(-1) === CR
    if (isRecord(text[0], 'H') && (ended || !etxInsideRecord)) {
      messages.push({ text: view(whole).slice(), terminated: false })
      whole = noBytes
    } else if (!ended && !etxInsideRecord && text.length > 0) whole = append(whole, new Uint8Array([CR]))
  }
  whole = append(whole, text)
  if (last && isTerminated(view(whole))) {
    messages.push({ text: view(whole).slice(), terminated: true })
    whole = noBytes
  }
  return { assembly: { text: whole, open: !last }, messages }
}

/** Whether a record that starts with this byte is of this type, in upper or lower case. */
export const isRecord = (byte: number | undefined, type: 'H' | 'L'): boolean => byte !== undefined && (byte & ~0x20) === type.charCodeAt(0)

const longestTerminator = 1024

/** The last record is an L, by the field delimiter that the header defines. */
export const isTerminated = (text: Uint8Array): boolean => {
  if (!isRecord(text[0], 'H')) return false
  let end = text.length
  while (end > 0 && isEnd(text[end - 1])) end -= 1
  let start = end
  while (start > 0 && end - start < longestTerminator && !isEnd(text[start - 1])) start -= 1
  return isEnd(text[start - 1]) && isRecord(text[start], 'L') && (start + 1 === end || text[start + 1] === text[1])
}

const isEnd = (byte: number | undefined): boolean => byte === CR || byte === LF
