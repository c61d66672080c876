import { DicomRefused } from './refusal.ts'

const damaged = () => new DicomRefused('damaged', 'The compressed pixels are damaged.')

/**
 * RLE Lossless, PS3.5 annex G: one segment for each byte of each sample, the most significant first, packed as PackBits. Answers `pixels` samples of
 * `bytesPerSample` little-endian bytes for each of `samples` planes, interleaved by pixel.
 */
export const decodeRle = (packed: Uint8Array, pixels: number, samples: number, bytesPerSample: number): Uint8Array => {
  if (packed.length < 64) throw damaged()
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== samples * bytesPerSample) throw damaged()
  const starts = Array.from({ length: segments }, (_, at) => view.getUint32(4 + at * 4, true))
  const decoded = new Uint8Array(pixels * samples * bytesPerSample)
  const stride = samples * bytesPerSample
  starts.forEach((start, segment) => {
    const end = starts[segment + 1] ?? packed.length
    if (start < 64 || end < start || end > packed.length) throw damaged()
    const sample = Math.floor(segment / bytesPerSample)
    const byte = bytesPerSample - 1 - (segment % bytesPerSample)
    unpack(packed.subarray(start, end), decoded, sample * bytesPerSample + byte, stride)
  })
  return decoded
}

/** Fills every `stride`th byte of `out` from `first` on. Bytes too many are left out; too few are damage. */
const unpack = (packed: Uint8Array, out: Uint8Array, first: number, stride: number): void => {
  let at = 0
  let to = first
  while (to < out.length) {
    const control = packed[at++]
    if (control === undefined) throw damaged()
    if (control === 128) continue
    if (control < 128) {
      if (at + control + 1 > packed.length) throw damaged()
      for (let left = control + 1; left > 0; left--, to += stride) {
        if (to < out.length) out[to] = packed[at] ?? 0
        at++
      }
    } else {
      const value = packed[at++]
      if (value === undefined) throw damaged()
      for (let left = 257 - control; left > 0 && to < out.length; left--, to += stride) out[to] = value
    }
  }
}

/** The opposite of {@link decodeRle}, for a frame of interleaved little-endian samples. */
export const encodeRle = (frame: Uint8Array, samples: number, bytesPerSample: number): Uint8Array => {
  const stride = samples * bytesPerSample
  const segments: number[][] = []
  for (let sample = 0; sample < samples; sample++) {
    for (let byte = bytesPerSample - 1; byte >= 0; byte--) segments.push(pack(frame, sample * bytesPerSample + byte, stride))
  }
  const out = new Uint8Array(64 + segments.reduce((size, segment) => size + segment.length, 0))
  const view = new DataView(out.buffer)
  view.setUint32(0, segments.length, true)
  let at = 64
  segments.forEach((segment, index) => {
    view.setUint32(4 + index * 4, at, true)
    out.set(segment, at)
    at += segment.length
  })
  return out
}

const pack = (frame: Uint8Array, first: number, stride: number): number[] => {
  const bytes: number[] = []
  for (let at = first; at < frame.length; at += stride) bytes.push(frame[at] ?? 0)
  const packed: number[] = []
  for (let at = 0; at < bytes.length;) {
    let run = 1
    while (run < 128 && bytes[at + run] === bytes[at] && at + run < bytes.length) run++
    if (run > 1) {
      packed.push(257 - run, bytes[at] ?? 0)
      at += run
      continue
    }
    const from = at++
    while (at < bytes.length && at - from < 128 && bytes[at] !== bytes[at + 1]) at++
    packed.push(at - from - 1, ...bytes.slice(from, at))
  }
  if (packed.length % 2 === 1) packed.push(128)
  return packed
}
