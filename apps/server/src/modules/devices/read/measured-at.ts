/** `20261121081500`, shorter by pairs from the right, `2026-11-21 08:15`, or as HL7 has it with an offset `+0530`. */
const written = /^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d{1,6})?)?)?(Z|[+-]\d\d:?\d\d)?$/

const formatters = new Map<string, Intl.DateTimeFormat>()

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const formatter = formatters.get(timeZone)
    ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  formatters.set(timeZone, formatter)
  return formatter
}

/** What clocks of the zone show, as `20261121081500`: how the host writes times to instruments. */
export const localTime = ({ at, timeZone }: { at: Date; timeZone: string }): string => formatterOf(timeZone).format(at).replace(/\D/g, '')

const asIfUtc = (digits: string): number => Date.parse(digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'))
const offsetAt = (instant: number, timeZone: string): number => asIfUtc(localTime({ at: new Date(instant), timeZone })) - instant

/**
 * The instant that an instrument means, whose clock shows the time of the zone unless it names its offset. Null for what is no time of 1990 to 2099.
 * A time that clocks showed twice is the first of the two; one that they skipped is read as if they had not.
 */
export const measuredAt = (text: string, timeZone: string): Date | null => {
  const [whole, year = '', , month, day, hour = '00', minute = '00', second = '00', offset] = written.exec(text.trim()) ?? []
  if (whole === undefined || year < '1990' || year > '2099') return null
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const local = Date.parse(`${iso}Z`)
  // Date.parse reads 31 February as 3 March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(iso)) return null
  if (offset !== undefined) return new Date(`${iso}${offset.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')}`)
  const candidates = [local - 86_400_000, local + 86_400_000].map((near) => local - offsetAt(near, timeZone)).sort((a, b) => a - b)
  const instant = candidates.find((candidate) => candidate + offsetAt(candidate, timeZone) === local) ?? candidates.at(-1) ?? local
  return new Date(instant)
}
