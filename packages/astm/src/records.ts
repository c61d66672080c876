import { bytesOfLatin1, latin1 } from './bytes.ts'
import { delimitersOf, unescapeText, usualDelimiters } from './delimiters.ts'
import type { Delimiters } from './delimiters.ts'
import { decodeText } from './text.ts'

/**
 * One record. A path names its field, and where wanted a repeat and a component, all counted from 1: `R-3.4`, `O-5[2].4`, `12`. Field 1 is the
 * record's type. Without a repeat it is the first; without a component, the whole of the repeat, its component delimiters as they stand.
 * What is missing is ''. A path that names another type of record throws RangeError.
 */
export class AstmRecord {
  /** One letter, upper case; '' of an empty record. */
  readonly type: string
  /** As sent, a character a byte, without its end. */
  readonly raw: string
  /** CR, as a rule. */
  readonly end: string
  readonly delimiters: Delimiters
  readonly charset: string
  #fields: string[] | null = null

  constructor(raw: string, end: string, delimiters: Delimiters, charset: string) {
    this.type = raw.charAt(0).toUpperCase()
    this.raw = raw
    this.end = end
    this.delimiters = delimiters
    this.charset = charset
  }

  /** How many fields it has, its type included. */
  get length(): number {
    return this.#split().length
  }

  /** The value at a path, unescaped and decoded. */
  get(path: string): string {
    return this.#text(this.getRaw(path))
  }

  /** The value at a path as sent, a character a byte. */
  getRaw(path: string): string {
    const { field, repeat, component } = this.#read(path)
    return this.#component(this.#repeats(field)[(repeat ?? 1) - 1] ?? '', component)
  }

  /** The value at a path in every repeat: `O-5.4` of `^^^GLU\^^^UREA` is GLU, UREA. None where the field is empty. */
  all(path: string): string[] {
    const { field, repeat, component } = this.#read(path)
    const repeats = this.#repeats(field)
    const wanted = repeat === null ? repeats : repeats.slice(repeat - 1, repeat)
    return wanted.length === 1 && wanted[0] === '' ? [] : wanted.map((part) => this.#text(this.#component(part, component)))
  }

  #read(path: string): RecordPath {
    const read = readPath(path)
    if (read.type !== null && read.type !== this.type) throw new RangeError(`${path} is no path into a record of type ${this.type}`)
    return read
  }

  #split(): string[] {
    this.#fields ??= this.raw.split(this.delimiters.field)
    return this.#fields
  }

  #repeats(field: number): string[] {
    const text = this.#split()[field - 1] ?? ''
    return this.#isPlain(field) || this.delimiters.repeat === '' ? [text] : text.split(this.delimiters.repeat)
  }

  #component(repeat: string, component: number | null): string {
    if (component === null) return repeat
    if (this.delimiters.component === '') return component === 1 ? repeat : ''
    return repeat.split(this.delimiters.component)[component - 1] ?? ''
  }

  /** The field that defines the delimiters is not split by them. */
  #isPlain(field: number): boolean {
    return this.type === 'H' && field === 2
  }

  #text(raw: string): string {
    const plain = this.type === 'H' && raw === this.#split()[1] ? raw : unescapeText(raw, this.delimiters)
    return /^[\0-\x7f]*$/.test(plain) ? plain : decodeText(bytesOfLatin1(plain), this.charset)
  }
}

export interface RecordPath {
  readonly type: string | null
  readonly field: number
  readonly repeat: number | null
  readonly component: number | null
}

const pathPattern = /^(?:([A-Z])-)?([1-9]\d{0,3})(?:\[([1-9]\d{0,3})\])?(?:\.([1-9]\d{0,3}))?$/

/** Reads a path such as `R-3.4` or `O-5[2].4`. Throws RangeError on anything else: profiles are checked with it before they are used. */
export const readPath = (path: string): RecordPath => {
  const match = pathPattern.exec(path)
  if (!match) throw new RangeError(`${JSON.stringify(path)} is no path: write R-3.4, O-5[2].4 or 12`)
  const [, type, field, repeat, component] = match
  return { type: type ?? null, field: Number(field), repeat: repeat ? Number(repeat) : null, component: component ? Number(component) : null }
}

/**
 * The records of a message, its frames already joined. They end with CR; LF and CR LF are borne. Each header defines the delimiters of what follows.
 * `charset` is that of the values (see decodeText). Lossless: printRecords gives the same bytes.
 */
export const parseRecords = (message: Uint8Array, charset = 'latin1'): AstmRecord[] => {
  const text = latin1(message)
  const records: AstmRecord[] = []
  let delimiters = usualDelimiters
  let lineFeed = text.indexOf('\n')
  for (let from = 0; from < text.length;) {
    const cr = text.indexOf('\r', from)
    if (lineFeed >= 0 && lineFeed < from) lineFeed = text.indexOf('\n', from)
    const end = cr >= 0 && (lineFeed < 0 || cr < lineFeed) ? cr : lineFeed
    const to = end < 0 ? text.length : end
    const next = end === cr && lineFeed === cr + 1 ? to + 2 : to + 1
    const raw = text.slice(from, to)
    if (raw.startsWith('H') || raw.startsWith('h')) delimiters = delimitersOf(raw)
    records.push(new AstmRecord(raw, text.slice(to, next), delimiters, charset))
    from = next
  }
  return records
}

/** The bytes of the records as they were sent. */
export const printRecords = (records: readonly AstmRecord[]): Uint8Array => bytesOfLatin1(records.map(({ raw, end }) => raw + end).join(''))
