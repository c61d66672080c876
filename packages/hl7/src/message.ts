import { decodeBytes } from './decode.ts'
import type { Decoded } from './decode.ts'
import type { Syntax, Value } from './element.ts'
import { encodeText } from './encode.ts'
import { Hl7Error } from './hl7-error.ts'
import { parsePath } from './path.ts'
import type { Path } from './path.ts'
import { Segment } from './segment.ts'
import { encodingCharacters, readSeparators } from './separators.ts'
import type { Separators } from './separators.ts'

/** A message as it was sent. Nothing is changed or lost by reading it: `raw` has the bytes, `toString()` puts its parts together again. */
export class Message {
  readonly raw: Uint8Array
  readonly text: string
  /** label of the set by which the text was decoded */
  readonly charset: string
  /** the text may not be what was sent: `problem` says why */
  readonly lossy: boolean
  readonly problem: Decoded['problem']
  readonly separators: Separators
  /** byte order mark and white space before MSH */
  readonly lead: string
  /** every line, empty ones and those without a name too */
  readonly lines: readonly Segment[]
  /** MSH */
  readonly header: Segment

  constructor(raw: Uint8Array, decoded: Decoded) {
    this.raw = raw
    this.text = decoded.text
    this.charset = decoded.charset
    this.lossy = decoded.lossy
    this.problem = decoded.problem
    this.lead = leadOf(decoded.text)
    const breaks = lineBreaks(decoded.text, this.lead.length)
    this.separators = readSeparators(decoded.text.slice(this.lead.length, breaks[0]?.at))
    this.lines = linesOf(decoded.text, this.lead.length, breaks, { separators: this.separators, charset: this.charset })
    const [header, second] = this.segments('MSH')
    if (!header) throw new Hl7Error('not_hl7', 'no MSH segment at the beginning')
    // No value holds all separators in a row: within a line, they are the next message behind one that was cut off.
    const beginning = `MSH${this.separators.field}${encodingCharacters(this.separators)}`
    if (second || (beginning.length > 5 && this.text.includes(beginning, this.lead.length + 1))) {
      throw new Hl7Error('several_messages', 'several messages in one: split them first')
    }
    this.header = header
  }

  /** The segments of a name, or all that have one. */
  segments(name?: string): Segment[] {
    return this.lines.filter((segment) => name === undefined ? segment.name !== '' : segment.name === name)
  }

  /** The value at `PID-3.1`, `OBX[2]-5`, …. Throws Hl7Error 'bad_path' for a path without a segment. */
  get(path: string | Path): Value {
    const place = typeof path === 'string' ? parsePath(path) : path
    if (place.segment === null) throw new Hl7Error('bad_path', 'the path names no segment')
    return this.segments(place.segment)[place.occurrence - 1]?.get(place)
  }

  /** MSH-9 without the message structure: 'ORU', 'R01'. */
  get type(): { code: string; trigger: string } {
    const field = this.header.field(9)
    return { code: field.component(1).value ?? '', trigger: field.component(2).value ?? '' }
  }

  toString(): string {
    return this.lead + this.lines.map(({ raw, end }) => raw + end).join('')
  }
}

/**
 * Reads one message: bytes by MSH-18 or by the `charset` given, or text. Throws Hl7Error: 'not_hl7' where there is no MSH at
 * the beginning, 'bad_separators', 'several_messages'. Anything else is tolerated and kept.
 */
export const parseMessage = (message: Uint8Array | string, { charset }: { charset?: string } = {}): Message => {
  if (typeof message !== 'string') return new Message(message, decodeBytes(message, charset))
  return new Message(encodeText(message, 'utf-8', '?'), { text: message, charset: 'utf-8', lossy: false, problem: null })
}

const leadOf = (text: string): string => {
  const lead = /^[\s\0\ufeff]*/.exec(text)?.[0] ?? ''
  if (/^[FB]HS/.test(text.slice(lead.length, lead.length + 3))) throw new Hl7Error('several_messages', 'a batch: split it first')
  if (!text.startsWith('MSH', lead.length)) throw new Hl7Error('not_hl7', 'no MSH segment at the beginning')
  return lead
}

interface LineBreak { at: number; text: string }

/**
 * The line end that MSH has ends every line. Another kind of line end does so too where a segment's name, another end or
 * nothing follows; elsewhere it is part of a value, such as Base64 in lines of 76.
 */
const lineBreaks = (text: string, from: number): LineBreak[] => {
  const fieldSeparator = text.charAt(from + 3)
  const breaks: LineBreak[] = []
  const anyBreak = /\r\n?|\n/g
  anyBreak.lastIndex = from
  for (let found = anyBreak.exec(text); found; found = anyBreak.exec(text)) {
    const next = found.index + found[0].length
    const own = found[0] === (breaks[0]?.text ?? found[0])
    if (own || startsLine(text, next, fieldSeparator)) breaks.push({ at: found.index, text: found[0] })
  }
  return breaks
}

const startsLine = (text: string, at: number, fieldSeparator: string): boolean => {
  const [first, fourth] = [text.charAt(at), text.charAt(at + 3)]
  if (first === '' || first === '\r' || first === '\n') return true
  return [fieldSeparator, '\r', '\n', ''].includes(fourth) && /^[A-Z][A-Za-z\d]{2}$/.test(text.slice(at, at + 3))
}

const linesOf = (text: string, from: number, breaks: readonly LineBreak[], syntax: Syntax): Segment[] => {
  const lines: Segment[] = []
  let start = from
  for (const { at, text: end } of breaks) {
    lines.push(new Segment(text.slice(start, at), end, syntax))
    start = at + end.length
  }
  if (start < text.length) lines.push(new Segment(text.slice(start), '', syntax))
  return lines
}
