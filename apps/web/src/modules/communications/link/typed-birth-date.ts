/** `31/12/1985`, `31.12.85` or `1985-12-31` as `1985-12-31`; null for what is no day. Years of two digits are of the last hundred years. */
export function typedBirthDate(text: string, today: Date = new Date()): string | null {
  const parts = text.trim().split(/[\s./-]+/).map(Number)
  if (parts.length !== 3 || parts.some((part) => !Number.isInteger(part) || part < 0)) return null
  const [first = 0, month = 0, last = 0] = parts
  const [day, given] = first > 31 ? [last, first] : [first, last]
  const century = Math.floor(today.getUTCFullYear() / 100) * 100
  const year = given > 99 ? given : century + given > today.getUTCFullYear() ? century - 100 + given : century + given
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1800) return null
  return date.toISOString().slice(0, 10)
}
