const isBreak = (byte: number | undefined): boolean => byte === 0x0d || byte === 0x0a

const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 3))

const batchNames = new Set(['FHS', 'BHS', 'BTS', 'FTS'])

/**
 * Cuts a batch, or several messages sent as one, before each MSH line; FHS, BHS, BTS and FTS lines are left out. What stands before
 * the first MSH is a piece of its own, so nothing is lost. A single message comes back as it is. Not for UTF-16.
 */
export const splitBatch = (bytes: Uint8Array): Uint8Array[] => {
  const pieces: Uint8Array[] = []
  let start = 0
  const endPiece = (end: number): void => {
    const piece = bytes.subarray(start, end)
    if (!piece.every((byte) => isBreak(byte) || byte === 0x20)) pieces.push(piece)
  }
  for (let at = 0; at < bytes.length; at = nextLine(bytes, at)) {
    const name = nameAt(bytes, at)
    if (name !== 'MSH' && !batchNames.has(name)) continue
    endPiece(at)
    start = name === 'MSH' ? at : nextLine(bytes, at)
  }
  endPiece(bytes.length)
  return pieces
}

const nextLine = (bytes: Uint8Array, from: number): number => {
  let at = from
  while (at < bytes.length && !isBreak(bytes[at])) at++
  while (isBreak(bytes[at])) at++
  return at
}
