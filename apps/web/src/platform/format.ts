/** How this person and this lab write numbers, money and times. */
export interface Conventions {
  locale: string
  /** IANA zone of the lab: times are shown as the lab's clock shows them, wherever the reader sits. */
  timeZone: string
  currency: string
}

const cache = new Map<string, Intl.DateTimeFormat>()

function dates({ locale, timeZone }: Conventions, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, timeZone, options])
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...options })
  cache.set(key, made)
  return made
}

const instant = (at: string | Date) => (typeof at === 'string' ? new Date(at) : at)

/** 21 Nov 2026, 10:32 */
export function formatDateTime(at: string | Date, conventions: Conventions): string {
  const parts: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return dates(conventions, parts).format(instant(at))
}

/** Saturday, 21 November 2026 at 10:32:05 GMT+5:30 */
export function formatExactly(at: string | Date, conventions: Conventions): string {
  return dates(conventions, {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
    hourCycle: 'h23', timeZoneName: 'short',
  }).format(instant(at))
}

export function formatTime(at: string | Date, conventions: Conventions): string {
  return dates(conventions, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant(at))
}

/** A calendar day without a time (`2026-11-21`) belongs to no zone. */
export function formatDay(day: string, { locale }: Conventions): string {
  const midnight = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  return dates({ locale, timeZone: 'UTC', currency: '' }, { day: 'numeric', month: 'short', year: 'numeric' }).format(midnight)
}

/** As short as is unambiguous: the time today, day and time this year, the date before. */
export function formatBriefly(at: string | Date, conventions: Conventions, now = new Date()): string {
  const then = instant(at)
  const today = dayIn(now, conventions.timeZone)
  const day = dayIn(then, conventions.timeZone)
  if (day === today) return formatTime(then, conventions)
  const year = day.slice(0, 4) === today.slice(0, 4)
  return year
    ? dates(conventions, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(then)
    : dates(conventions, { day: 'numeric', month: 'short', year: 'numeric' }).format(then)
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60], ['minute', 60], ['hour', 24], ['day', 30.44], ['month', 12], ['year', Number.POSITIVE_INFINITY],
]

/** "5 minutes ago", "in 2 hours" */
export function formatRelative(at: string | Date, { locale }: Conventions, now = new Date()): string {
  let amount = (instant(at).getTime() - now.getTime()) / 1000
  for (const [unit, size] of steps) {
    if (Math.abs(Math.round(amount)) < size) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(amount), unit)
    amount /= size
  }
  return ''
}

/** The calendar day of an instant in a zone, `2026-11-21`. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

/** Minor units → "₹1,234.50". The currency says how many digits the minor unit has. */
export function formatMoney(minor: number, { locale, currency }: Conventions, style: 'symbol' | 'plain' = 'symbol'): string {
  const digits = minorDigits(currency)
  const options: Intl.NumberFormatOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(locale, style === 'symbol' ? { style: 'currency', currency, ...options } : options).format(minor / 10 ** digits)
}

export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

export function formatNumber(value: number, { locale }: Conventions): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** `1.4 MB`; below a kilobyte it is one. */
export function formatBytes(bytes: number, { locale }: Conventions): string {
  const [unit, size] = bytes >= 1e9 ? ['gigabyte', bytes / 1e9] : bytes >= 1e6 ? ['megabyte', bytes / 1e6] : ['kilobyte', Math.ceil(bytes / 1000)]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(size)
}
