/** Specific Character Set (0008,0005), PS3.3 C.12.1.1.2: what the Encoding standard calls each. */
const encodings: Record<string, string> = {
  'ISO_IR 100': 'iso-8859-1', 'ISO_IR 101': 'iso-8859-2', 'ISO_IR 109': 'iso-8859-3', 'ISO_IR 110': 'iso-8859-4', 'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6', 'ISO_IR 126': 'iso-8859-7', 'ISO_IR 138': 'iso-8859-8', 'ISO_IR 148': 'iso-8859-9', 'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis', 'ISO_IR 166': 'windows-874', 'ISO_IR 192': 'utf-8', GB18030: 'gb18030', GBK: 'gbk',
}

/** Escape sequences of ISO 2022 that switch the upper half (G1), and what it then holds. */
const upperHalf: Record<string, string> = {
  '-A': 'iso-8859-1', '-B': 'iso-8859-2', '-C': 'iso-8859-3', '-D': 'iso-8859-4', '-L': 'iso-8859-5', '-G': 'iso-8859-6', '-F': 'iso-8859-7',
  '-H': 'iso-8859-8', '-M': 'iso-8859-9', '-b': 'iso-8859-15', ')I': 'shift_jis', '-T': 'windows-874', '$)C': 'euc-kr', '$)A': 'gbk',
}
/** Those that switch the lower half (G0) to characters of two bytes; `(B` and `(J` switch it back. */
const lowerHalf: Record<string, 'jis_0208' | 'jis_0212' | null> = { '$B': 'jis_0208', '$@': 'jis_0208', '$(D': 'jis_0212', '(B': null, '(J': null }

const escape = 0x1b
const delimiters = new Set([0x5e, 0x3d, 0x5c, 0x0a, 0x0d, 0x0c, 0x09])
const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

const decode = (encoding: string, bytes: Uint8Array): string => {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding)
  decoders.set(encoding, decoder)
  return decoder.decode(bytes)
}

/** The terms of (0008,0005), as they stand. */
export type Charsets = readonly string[]

const encodingOf = (term: string | undefined): string | null => {
  if (!term || /^ISO[_ ]IR[ _]?6$|^ISO 2022 IR 6$/i.test(term)) return null
  return encodings[term.toUpperCase().replace(/^ISO 2022 IR /, 'ISO_IR ').replace(/^ISO[-_ ]IR[-_ ]?/, 'ISO_IR ')] ?? null
}

/**
 * Text of one element. Where bytes beyond ASCII come without a character set that explains them, they are read as UTF-8 if they are that, else as
 * Windows-1252: what exporters that forget the set are found to write ({@link guessesCharset} tells).
 */
export const decodeText = (bytes: Uint8Array, charsets: Charsets): string => {
  if (bytes.every((byte) => byte < 0x80 && byte !== escape)) return String.fromCharCode(...bytes)
  const first = encodingOf(charsets[0])
  if (!bytes.includes(escape)) return first ? decode(first, bytes) : guess(bytes)
  return withEscapes(bytes, first)
}

export const guessesCharset = (charsets: Charsets): boolean => encodingOf(charsets[0]) === null

const guess = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decode('windows-1252', bytes)
  }
}

/** ISO 2022 code extensions, PS3.5 6.1.2.5: the halves are switched by escape sequences and fall back at delimiters. */
const withEscapes = (bytes: Uint8Array, first: string | null): string => {
  let text = ''
  let upper = first
  let lower: 'jis_0208' | 'jis_0212' | null = null
  let run: number[] = []
  const flush = () => {
    const part = Uint8Array.from(run)
    run = []
    if (part.length === 0) return
    if (lower === 'jis_0208') text += decode('euc-jp', part.map((byte) => byte | 0x80))
    else if (lower === 'jis_0212') text += decode('euc-jp', Uint8Array.from(pairs(part)))
    else text += upper ? decode(upper, part) : guess(part)
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === escape) {
      flush()
      const [length, sequence] = sequenceAt(bytes, at + 1)
      if (sequence in lowerHalf) lower = lowerHalf[sequence] ?? null
      else if (sequence in upperHalf) upper = upperHalf[sequence] ?? null
      at += length
    } else if (lower === null && delimiters.has(byte)) {
      flush()
      text += String.fromCharCode(byte)
      upper = first
    } else {
      run.push(byte)
    }
  }
  flush()
  return text
}

const sequenceAt = (bytes: Uint8Array, at: number): [number, string] => {
  for (const length of [3, 2]) {
    const sequence = String.fromCharCode(...bytes.subarray(at, at + length))
    if (sequence in lowerHalf || sequence in upperHalf) return [length, sequence]
  }
  return [0, '']
}

/** JIS X 0212 in EUC: three bytes, the first 0x8f. */
const pairs = (bytes: Uint8Array): number[] => {
  const out: number[] = []
  for (let at = 0; at + 1 < bytes.length; at += 2) out.push(0x8f, (bytes[at] ?? 0) | 0x80, (bytes[at + 1] ?? 0) | 0x80)
  return out
}
