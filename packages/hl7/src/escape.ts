import { decodeStrictly } from './decode.ts'
import { fromHex } from './hex.ts'
import { Hl7Error } from './hl7-error.ts'
import type { Separators } from './separators.ts'

const letters = [
  ['F', 'field'], ['S', 'component'], ['T', 'subcomponent'], ['R', 'repetition'], ['E', 'escape'], ['P', 'truncation'],
] as const

const separatorNamed = new Map<string, keyof Separators>(letters)

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80)

const setSwitch = /^(?:C[\da-f]{4}|M[\da-f]{4}(?:[\da-f]{2})?)$/i

/** What one escape sequence stands for, or null for one that is not known and stays as it is. */
const meaningOf = (name: string, separators: Separators, charset: string): string | null => {
  const separator = separatorNamed.get(name)
  if (separator) return separators[separator] || null
  if (name === 'H' || name === 'N') return ''
  if (name === '.br') return '\n'
  const lines = /^\.sp\+?(\d{0,2})$/.exec(name)?.[1]
  if (lines !== undefined) return '\n'.repeat(Number(lines || 1))
  const bytes = name.startsWith('X') && name.length > 1 ? fromHex(name.slice(1)) : null
  return bytes && decodeStrictly(bytes, isAscii(bytes) ? 'ascii' : charset)
}

/** Between two escape characters stands a name; behind the last, if it has no partner, stands text. */
const expand = (pieces: readonly string[], escape: string, meaning: (name: string) => string | null): string =>
  pieces.map((piece, index) => {
    if (index % 2 === 0) return piece
    if (index === pieces.length - 1) return escape + piece
    return meaning(piece) ?? escape + piece + escape
  }).join('')

/** `\C2842\` and `\M2442\` change the set of what follows, as in ISO-2022-JP; null where what follows is not of that set. */
const decodeSwitched = (pieces: readonly string[], escape: string, meaning: (name: string) => string | null): string | null => {
  const switched = expand(pieces, escape, (name) =>
    setSwitch.test(name) ? `\x1b${String.fromCharCode(...fromHex(name.slice(1)) ?? [])}` : meaning(name))
  const bytes = new TextEncoder().encode(switched)
  return isAscii(bytes) ? decodeStrictly(bytes, 'iso-2022-jp') : null
}

/**
 * Resolves the escape sequences of a value: separators, `\Xhh…\` (in the message's set), `\.br\`, `\.sp3\`, highlighting (left
 * out) and the changes of set to and from JIS. Any other sequence, and an escape character without a partner, stay as they are.
 */
export const unescapeText = (raw: string, separators: Separators, charset = 'utf-8'): string => {
  const { escape } = separators
  if (escape === '' || !raw.includes(escape)) return raw
  const pieces = raw.split(escape)
  const meaning = (name: string): string | null => meaningOf(name, separators, charset)
  const switched = pieces.some((piece, index) => index % 2 === 1 && setSwitch.test(piece)) ? decodeSwitched(pieces, escape, meaning) : null
  return switched ?? expand(pieces, escape, meaning)
}

const hexEscape = (text: string, escape: string): string =>
  `${escape}X${Array.from(text, (character) => character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')).join('')}${escape}`

const escapeCharacter = (character: string, separators: Separators): string => {
  const { escape } = separators
  const letter = letters.find(([, name]) => separators[name] === character)?.[0]
  if (!letter && (character > '\x7f' || character === '\t' || character >= ' ')) return character
  if (escape === '') throw new Hl7Error('unescapable', 'these separators have no escape character, and the text holds one of them or a control')
  return letter ? escape + letter + escape : hexEscape(character, escape)
}

/**
 * Makes text safe as a value: separators become `\F\` and so on, control characters but the tab become `\Xhh\`, so that a value can
 * neither end its segment nor its frame. Text of two quotation marks is escaped too, since `""` is the HL7 null.
 */
export const escapeText = (text: string, separators: Separators): string => {
  if (text === '""' && separators.escape !== '') return hexEscape(text, separators.escape)
  return text.replace(/[\p{Cc}!-/:-@[-`{-~]/gu, (character) => escapeCharacter(character, separators))
}
