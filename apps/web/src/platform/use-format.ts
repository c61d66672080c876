import { useMemo } from 'react'
import * as format from './format.ts'
import { useSession } from './session.ts'

/** The lab's zone, currency and way of writing dates and numbers. */
export function useConventions(): format.Conventions {
  const { lab } = useSession()
  return useMemo(() => ({ locale: lab.locale, timeZone: lab.timezone, currency: lab.currency }), [lab.locale, lab.timezone, lab.currency])
}

/** Formatting functions with the lab's conventions filled in. */
export function useFormat() {
  const conventions = useConventions()
  return useMemo(
    () => ({
      conventions,
      dateTime: (at: string) => format.formatDateTime(at, conventions),
      briefly: (at: string) => format.formatBriefly(at, conventions),
      exactly: (at: string) => format.formatExactly(at, conventions),
      relative: (at: string) => format.formatRelative(at, conventions),
      time: (at: string) => format.formatTime(at, conventions),
      day: (day: string) => format.formatDay(day, conventions),
      money: (minor: number, currency = conventions.currency) => format.formatMoney(minor, { ...conventions, currency }),
      bytes: (size: number) => format.formatBytes(size, conventions),
      number: (value: number) => format.formatNumber(value, conventions),
      /** The lab's calendar day of a moment. */
      dayOf: (at: string) => format.dayIn(new Date(at), conventions.timeZone),
      /** The hour of the day now, 0 to 23, on the lab's clock. */
      hour: () => Number(format.formatTime(new Date(), { ...conventions, locale: 'en' }).slice(0, 2)),
      /** The lab's calendar day now. */
      today: () => format.dayIn(new Date(), conventions.timeZone),
    }),
    [conventions],
  )
}
