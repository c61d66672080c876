/** The characters that a header defines in its positions 2 to 5. One that it leaves out is '', and then nothing is split or escaped by it. */
export interface Delimiters {
  readonly field: string
  readonly repeat: string
  readonly component: string
  readonly escape: string
}

/** What the standard recommends; used only where records stand before any header. */
export const usualDelimiters: Delimiters = { field: '|', repeat: '\\', component: '^', escape: '&' }

/** Of a header as it stands. A delimiter is no letter, digit or repetition of an earlier one: such a place defines nothing. */
export const delimitersOf = (header: string): Delimiters => {
  const field = header.charAt(1)
  if (!isDelimiter(field)) return usualDelimiters
  const end = header.indexOf(field, 2)
  const defined = header.slice(2, Math.min(5, end < 0 ? header.length : end))
  const [repeat = '', component = '', escape = ''] = defined.split('')
    .map((sign, index, all) => (isDelimiter(sign) && !all.slice(0, index).includes(sign) ? sign : ''))
  return { field, repeat, component, escape }
}

const isDelimiter = (sign: string): boolean => /^[^\p{L}\p{N}\s]$/u.test(sign)

/**
 * Text without its escapes: `&F& &S& &R& &E&` are the delimiters, `&Xhh&` bytes, `&H&` and `&N&` (highlighting) nothing.
 * `&Zcccc&` means what its manufacturer says, so it stays, as does every escape character that begins no sequence. Once only.
 */
export const unescapeText = (text: string, delimiters: Delimiters): string => {
  const sign = delimiters.escape
  if (sign === '' || !text.includes(sign)) return text
  let plain = ''
  let from = 0
  for (let start = text.indexOf(sign); start >= 0; start = text.indexOf(sign, from)) {
    const end = text.indexOf(sign, start + 1)
    if (end < 0) break
    const meaning = meaningOf(text.slice(start + 1, end), delimiters)
    plain += text.slice(from, start) + (meaning ?? sign)
    from = meaning === null ? start + 1 : end + 1
  }
  return plain + text.slice(from)
}

const meaningOf = (sequence: string, delimiters: Delimiters): string | null => {
  switch (sequence) {
    case 'F': return delimiters.field
    case 'S': return delimiters.component
    case 'R': return delimiters.repeat
    case 'E': return delimiters.escape
    case 'H': case 'N': return ''
    default: {
      if (!/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) return null
      return (sequence.slice(1).match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
    }
  }
}

/** Text with its delimiters and control characters escaped. Throws RangeError where a sign needs it and no escape character is defined. */
export const escapeText = (text: string, delimiters: Delimiters): string => {
  const { field, repeat, component, escape } = delimiters
  let escaped = ''
  for (const sign of text) {
    const code = sign.charCodeAt(0)
    const letter = sign === field ? 'F' : sign === component ? 'S' : sign === repeat ? 'R' : sign === escape ? 'E' : null
    if (letter === null && code >= 0x20 && code !== 0x7f) {
      escaped += sign
      continue
    }
    if (escape === '') throw new RangeError(`${JSON.stringify(sign)} cannot be sent: the header defines no escape character`)
    escaped += escape + (letter ?? `X${code.toString(16).toUpperCase().padStart(2, '0')}`) + escape
  }
  return escaped
}
