const dayInMilliseconds = 86_400_000

/** Which comes first in dates such as 03/04/2024. */
export type DateOrder = 'dmy' | 'mdy'

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:.*)?$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/
const yearLast = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{1,2}:.*)?$/

/** Days since 1970-01-01 of a date as files write it, null when it is none; `order` decides where the year comes last. */
export function readDay(text: string, order: DateOrder | null): number | null {
  const year = iso.exec(text) ?? compact.exec(text) ?? yearFirst.exec(text)
  if (year) return dayOf(Number(year[1]), Number(year[2]), Number(year[3]))
  const last = yearLast.exec(text)
  if (!last || order === null) return null
  const [first, second] = [Number(last[1]), Number(last[2])]
  return order === 'dmy' ? dayOf(Number(last[3]), second, first) : dayOf(Number(last[3]), first, second)
}

/** Of dates with the year last: what their days above 12 say; null where none says, or two contradict each other. With dots the day is first. */
export function dateOrderOf(texts: readonly string[]): DateOrder | 'either' | 'contradictory' {
  let [dayFirst, monthFirst, open] = [false, false, false]
  for (const text of texts) {
    const parts = yearLast.exec(text)
    if (!parts) continue
    if (text.includes('.') || Number(parts[1]) > 12) dayFirst = true
    else if (Number(parts[2]) > 12) monthFirst = true
    else if (parts[1] !== parts[2]) open = true
  }
  if (dayFirst && monthFirst) return 'contradictory'
  if (monthFirst) return 'mdy'
  return open && !dayFirst ? 'either' : 'dmy'
}

/** Days since 1970-01-01 as a date, 2024-03-09. */
export const dateOf = (day: number): string => new Date(day * dayInMilliseconds).toISOString().slice(0, 10)

function dayOf(year: number, month: number, day: number): number | null {
  const time = Date.UTC(year, month - 1, day)
  const date = new Date(time)
  const exists = year >= 1900 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? time / dayInMilliseconds : null
}
