/** Frames of LIS01: `STX FN text ETB|ETX C1 C2 CR LF`. */

export const STX = 0x02
export const ETX = 0x03
export const EOT = 0x04
export const ENQ = 0x05
export const ACK = 0x06
export const LF = 0x0a
export const CR = 0x0d
export const NAK = 0x15
export const ETB = 0x17

/** Bytes that would end a frame or a session if they stood in a text. The standard forbids more, but these would change its meaning. */
export const endsText = (byte: number): boolean => byte <= ETB && (byte === ETB || (byte >= STX && byte <= ENQ))

const hex = (nibble: number): number => nibble + (nibble < 10 ? 0x30 : 0x37)

/** The two upper-case hex digits, as bytes, for a sum over frame number, text and ETB or ETX. */
export const checksumDigits = (sum: number): [number, number] => [hex((sum >> 4) & 15), hex(sum & 15)]

/**
 * One frame as it goes on the line. `number` is 0 to 7; `last` ends it with ETX, otherwise ETB.
 * Throws RangeError where the text has a byte that would end the frame.
 */
export const encodeFrame = (number: number, text: Uint8Array, last: boolean): Uint8Array => {
  const frame = new Uint8Array(text.length + 7)
  const end = last ? ETX : ETB
  let sum = 0x30 + (number & 7) + end
  for (const byte of text) {
    if (endsText(byte)) throw new RangeError(`the byte ${byte} cannot stand in a frame`)
    sum += byte
  }
  frame.set([STX, 0x30 + (number & 7)])
  frame.set(text, 2)
  frame.set([end, ...checksumDigits(sum), CR, LF], text.length + 2)
  return frame
}

/** How a message is cut: frames filled to the limit, or a frame for each record, ended by ETX at the message's end or at each record's. */
export type Framing = 'filled' | 'record' | 'record-etx'

export interface FrameText {
  readonly text: Uint8Array
  readonly last: boolean
}

/** Cuts a message into the texts of its frames, none longer than `limit` bytes. An empty message is one empty frame. */
export const cutMessage = (message: Uint8Array, limit: number, framing: Framing = 'filled'): FrameText[] => {
  const frames: FrameText[] = []
  let from = 0
  do {
    const record = framing === 'filled' ? -1 : message.indexOf(CR, from)
    const unit = record < 0 ? message.length : record + 1
    const to = Math.min(unit, from + Math.max(1, limit))
    frames.push({ text: message.subarray(from, to), last: to === message.length || (framing === 'record-etx' && to === unit) })
    from = to
  } while (from < message.length)
  return frames
}
