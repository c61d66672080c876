/** GSM 03.38 basic characters; those of the extension take two septets each. */
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà')
const extension = new Set('^{}\\[~]|€\f')

export interface SmsSize {
  encoding: 'GSM-7' | 'UCS-2'
  /** Septets of GSM-7, or UTF-16 units. */
  length: number
  /** How many messages a phone company charges. */
  segments: number
}

/** How an SMS is counted: 160 septets or 70 UTF-16 units alone, 153 or 67 each when joined. A character of two units is never torn apart. */
export function smsSize(text: string): SmsSize {
  const characters = [...text]
  const plain = characters.every((character) => basic.has(character) || extension.has(character))
  const widths = characters.map((character) => (plain ? (extension.has(character) ? 2 : 1) : character.length))
  const length = widths.reduce((sum, width) => sum + width, 0)
  const [alone, joined] = plain ? [160, 153] : [70, 67]
  return { encoding: plain ? 'GSM-7' : 'UCS-2', length, segments: length <= alone ? (length === 0 ? 0 : 1) : packed(widths, joined) }
}

function packed(widths: readonly number[], room: number): number {
  let segments = 1
  let used = 0
  for (const width of widths) {
    if (used + width > room) {
      segments++
      used = 0
    }
    used += width
  }
  return segments
}
