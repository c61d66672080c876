/** Pairs of hexadecimal digits as bytes; null where the text is anything else. */
export const fromHex = (hex: string): Uint8Array | null => {
  if (hex.length % 2 !== 0 || /[^\da-f]/i.test(hex)) return null
  const bytes = new Uint8Array(hex.length / 2)
  for (let index = 0; index < bytes.length; index++) bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16)
  return bytes
}
