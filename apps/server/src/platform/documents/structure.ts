const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', Math.max(0, from), Math.min(bytes.length, to))

/**
 * Whether readers find their way through the file as it is: header first, end mark last, the cross references where the end says,
 * and their rows pointing at the objects that they name. Lenient readers rebuild what this refuses, strict ones give up.
 */
export const structureIsSane = (bytes: Uint8Array): boolean => {
  if (!/^%PDF-\d\.\d/.test(latin(bytes, 0, 8))) return false
  const tail = latin(bytes, bytes.length - 2048, bytes.length)
  const end = /startxref\s+(\d{1,10})\s+%%EOF[\s\0]{0,16}$/.exec(tail)
  if (!end) return false
  const at = Number(end[1])
  const there = latin(bytes, at, at + 128 * 1024)
  if (/^\s*\d+\s+\d+\s+obj\b/.test(there)) return /\/Type\s*\/XRef\b/.test(there.slice(0, 4096))
  const table = /^\s*xref\s+(\d+)\s+(\d+)\s+/.exec(there)
  if (!table) return false
  const rows = there.slice(table[0].length)
  // the last section of what Word writes is empty and leads to an earlier one
  return Number(table[2]) === 0 ? rows.startsWith('trailer') : rowsAreSane(bytes, Number(table[1]), rows)
}

const rowsAreSane = (bytes: Uint8Array, first: number, rows: string): boolean => {
  for (let row = 0; row < 6000; row++) {
    const entry = /^(\d{10}) (\d{5}) ([nf])[ \r][\r\n]/.exec(rows.slice(row * 20, row * 20 + 20))
    if (!entry) return row > 0 && /^\s*(?:trailer|\d+\s+\d+\s)/.test(rows.slice(row * 20))
    const offset = Number(entry[1])
    if (entry[3] === 'f') continue
    const named = /^\s*(\d+)\s+(\d+)\s+obj\b/.exec(latin(bytes, offset, offset + 40))
    if (!named || Number(named[1]) !== first + row || Number(named[2]) !== Number(entry[2])) return false
  }
  return true
}

/** A signature covers bytes of the file, so its dictionary is never packed or encrypted: the bytes tell. */
export const isSigned = (bytes: Uint8Array): boolean => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = file.indexOf('/ByteRange'); at >= 0; at = file.indexOf('/ByteRange', at + 1)) {
    if (/^\/ByteRange\s*\[\s*\d/.test(file.toString('latin1', at, at + 40))) return true
  }
  return false
}

const activeWords = ['/JavaScript', '/Launch', '/EmbeddedFile', '/RichMedia']

/** Whether the unpacked part of the file names scripts, programs to start or attached files. */
export const namesActiveContent = (bytes: Uint8Array): boolean => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return activeWords.some((word) => file.includes(word, 0, 'latin1'))
}
