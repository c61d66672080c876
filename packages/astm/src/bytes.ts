/** Bytes that grow at the end. Values: appending leaves the old one as it was, and costs the length of the addition, amortised. */
export interface Bytes {
  readonly length: number
  readonly store: { buffer: Uint8Array; used: number }
}

export const noBytes: Bytes = { length: 0, store: { buffer: new Uint8Array(0), used: 0 } }

/** The store is shared for as long as each addition goes to its end; a second addition to the same value copies. */
export const append = (bytes: Bytes, addition: Uint8Array): Bytes => {
  const length = bytes.length + addition.length
  let { store } = bytes
  if (store.used !== bytes.length || store.buffer.length < length) {
    const buffer = new Uint8Array(Math.max(64, length, bytes.length * 2))
    buffer.set(view(bytes))
    store = { buffer, used: bytes.length }
  }
  store.buffer.set(addition, bytes.length)
  store.used = length
  return { length, store }
}

/** Not a copy: never written to again, except by whoever holds it. */
export const view = (bytes: Bytes, from = 0): Uint8Array => bytes.store.buffer.subarray(from, bytes.length)

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

const decoder = new TextDecoder('latin1')

/** One character a byte, whatever the byte. */
export const latin1 = (bytes: Uint8Array): string => {
  if (bytes.length > 32 && !hasC1(bytes)) return decoder.decode(bytes)
  let text = ''
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192))
  return text
}

/** What the decoder's label 'latin1' means by the standard, windows-1252, differs from Latin-1 here. */
const hasC1 = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte >= 0x80 && byte < 0xa0) return true
  return false
}

/** The bytes of a text whose characters are all below 256. Throws RangeError on any other. */
export const bytesOfLatin1 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > 255) throw new RangeError(`"${String.fromCodePoint(text.codePointAt(index) ?? code)}" is not in Latin-1`)
    bytes[index] = code
  }
  return bytes
}
