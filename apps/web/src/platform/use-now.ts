import { useEffect, useState } from 'react'

/** The time, again every `every` ms: for what becomes overdue while nobody does anything. */
export function useNow(every = 30_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
