import { dayIn, formatTime } from '../../../platform/format.ts'

/** Beyond this many standard deviations a point stands at the edge, with an arrow. */
export const mostSd = 4

const dayLength = 86_400_000

/** A calendar day as a number, so that days can be counted. */
export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayLength
export const dayOfNumber = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10)

/** A moment as day and part of the day on the lab's clock: days are equally wide, also where the clock was changed. */
export function placeOf(at: string, timeZone: string): number {
  const then = new Date(at)
  const [hours = 0, minutes = 0] = formatTime(then, { locale: 'en', timeZone, currency: '' }).split(':').map(Number)
  return dayNumber(dayIn(then, timeZone)) + (hours * 60 + minutes) / 1440
}

export interface Scale {
  x: (place: number) => number
  y: (z: number) => number
}

export interface Box {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

/** Days run from the start of the first to the end of the last; z from +4 at the top to -4. */
export function scaleOf(first: string, last: string, { width, height, left, right, top, bottom }: Box): Scale {
  const from = dayNumber(first)
  const span = Math.max(1, dayNumber(last) + 1 - from)
  const inner = height - top - bottom
  return {
    x: (place) => left + ((place - from) / span) * Math.max(1, width - left - right),
    y: (z) => top + ((mostSd - Math.max(-mostSd, Math.min(mostSd, z))) / (2 * mostSd)) * inner,
  }
}

const steps = [1, 2, 7, 14, 28, 56, 91, 182, 364]

/** Days to name on the axis, as close as `least` pixels allow, the first included. */
export function dayTicks(first: string, last: string, pixels: number, least = 70): string[] {
  const from = dayNumber(first)
  const days = Math.max(1, dayNumber(last) + 1 - from)
  const step = steps.find((each) => (pixels / days) * each >= least) ?? days
  return Array.from({ length: Math.ceil(days / step) }, (_, at) => dayOfNumber(from + at * step))
}
