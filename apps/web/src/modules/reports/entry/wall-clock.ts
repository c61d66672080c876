import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'

dayjs.extend(utc)
dayjs.extend(timezone)

/** A time as people type it, '9:05', '0905', '9.05', as 'HH:MM'; null when it is none. */
export function readClock(text: string): string | null {
  const [, hours, minutes] = /^(\d{1,2})[:.h ]?(\d{2})$/.exec(text.trim()) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null
  return `${hours.padStart(2, '0')}:${minutes}`
}

/** The moment at which the lab's clock shows this day and time. */
export const instantIn = (day: string, time: string, timeZone: string): Date => dayjs.tz(`${day} ${time}`, timeZone).toDate()
