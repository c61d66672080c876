export interface WallTime {
  year: number
  month: number
  day: number
  /** whole seconds since midnight on the clock */
  second: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  return formatter
}

/** What a calendar and a clock on the wall of the zone show at this instant. */
export const wallTimeAt = (at: Date, timeZone: string): WallTime => {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
  return { year, month, day, second: hour * 3600 + minute * 60 + second }
}

const millisecondsOf = (wall: WallTime): number => new Date(0).setUTCFullYear(wall.year, wall.month - 1, wall.day) + wall.second * 1000

/**
 * The instant, in milliseconds since 1970, at which the wall shows this. A time that a clock change skips is
 * read as if the clocks had not changed yet; of one that it repeats, the first is meant.
 */
export const instantOf = (wall: WallTime, timeZone: string): number => {
  const local = millisecondsOf(wall)
  const offsetAt = (instant: number): number => millisecondsOf(wallTimeAt(new Date(instant), timeZone)) - instant
  const dayBefore = offsetAt(local - 86_400_000)
  const dayAfter = offsetAt(local + 86_400_000)
  const candidates = [local - dayBefore, local - dayAfter].sort((a, b) => a - b)
  return candidates.find((instant) => instant + offsetAt(instant) === local) ?? local - dayBefore
}

/** The calendar date in the zone at this instant, as 'YYYY-MM-DD'. */
export const dateIn = (timeZone: string, at: Date): string => dateText(wallTimeAt(at, timeZone))

/** Days from one calendar date to another, whatever the clocks did between them. */
export const daysBetween = (from: WallTime, to: WallTime): number =>
  (millisecondsOf({ ...to, second: 0 }) - millisecondsOf({ ...from, second: 0 })) / 86_400_000

/** Moves a date by whole days. */
export const addDays = (date: WallTime, days: number): WallTime => {
  const moved = new Date(millisecondsOf({ ...date, second: 0 }) + days * 86_400_000)
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate(), second: date.second }
}

/** Month 0 is the December before. */
export const daysInMonth = (year: number, month: number): number => new Date(new Date(0).setUTCFullYear(year, month, 0)).getUTCDate()

/** Reads 'YYYY-MM-DD' and 'HH:MM'. Throws RangeError for a date or time that no calendar has. */
export const parseWallTime = (date: string, time: string | null): WallTime => {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []).map(Number)
  const [, hour, minute] = (/^(\d\d):(\d\d)$/.exec(time ?? '00:00') ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new RangeError(`not a date: ${date}`)
  }
  if (hour === undefined || minute === undefined || hour > 23 || minute > 59) throw new RangeError(`not a time of day: ${time}`)
  return { year, month, day, second: hour * 3600 + minute * 60 }
}

const two = (n: number): string => String(n).padStart(2, '0')

export const dateText = ({ year, month, day }: WallTime): string => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

export const timeText = ({ second }: WallTime): string => `${two(Math.floor(second / 3600))}:${two(Math.floor((second % 3600) / 60))}`
