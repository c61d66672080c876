/** A small seeded generator (mulberry32): the same seed gives the same run. */
export const random = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Cuts bytes into chunks of `size`, or of random sizes up to it. */
export const chunksOf = (bytes: Uint8Array, size: number, next: () => number = () => 1): Uint8Array[] => {
  const chunks: Uint8Array[] = []
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + Math.max(1, Math.ceil(size * next())))
    chunks.push(bytes.slice(from, to))
    from = to
  }
  return chunks
}

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
