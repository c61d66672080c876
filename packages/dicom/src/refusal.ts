export type DicomRefusalCode =
  | 'not_dicom' | 'truncated' | 'damaged' | 'too_deep' | 'too_many_elements' | 'too_large' | 'unsupported_syntax' | 'no_pixels' | 'unsupported_pixels'

/** These bytes cannot be read, or are not to be: `code` says why in one word, the message in a sentence for people. */
export class DicomRefused extends Error {
  readonly code: DicomRefusalCode

  constructor(code: DicomRefusalCode, message: string) {
    super(message)
    this.name = 'DicomRefused'
    this.code = code
  }
}

/** What is more than these is refused, whatever it claims to be. */
export const limits = {
  elements: 100_000,
  depth: 16,
  /** bytes of a deflated data set, inflated */
  inflated: 512 * 1024 * 1024,
  /** of one frame */
  pixels: 120_000_000,
  frames: 10_000,
  /** bytes of one decoded frame */
  frameBytes: 512 * 1024 * 1024,
  /** characters of one value that is read as text */
  text: 10_240,
}
