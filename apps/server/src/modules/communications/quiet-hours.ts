/** 'HH:MM' of the lab's clock; from 21:00 to 08:00 goes over midnight. */
export interface QuietHours {
  from: string
  to: string
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Minutes since midnight on the clock of a zone. */
function clockIn(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0)
  return part('hour') * 60 + part('minute')
}

const within = (minute: number, { from, to }: QuietHours): boolean => {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end
}

/** The first moment from `at` on that is not quiet. Asks the clock again after each step, so that a change to summer time neither sends early nor loops. */
export function outsideQuietHours(at: Date, quiet: QuietHours | null, zone: string): Date {
  if (!quiet || quiet.from === quiet.to) return at
  let time = at
  for (let steps = 0; steps < 4; steps++) {
    const minute = clockIn(zone, time)
    if (!within(minute, quiet)) return time
    const wait = (minutesOf(quiet.to) - minute + 1440) % 1440
    time = new Date(Math.floor(time.getTime() / 60_000) * 60_000 + wait * 60_000)
  }
  return time
}
