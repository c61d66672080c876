import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** How long after the last movement in the list its rows still stand where they were. */
const restAfter = 6000

/** True while somebody points or types inside an element; spread `handlers` on it. */
export function useBusy() {
  const [busy, setBusy] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const stir = useCallback(() => {
    setBusy(true)
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => setBusy(false), restAfter)
  }, [])
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])
  return { busy, handlers: { onPointerMove: stir, onPointerDown: stir, onKeyDown: stir, onWheel: stir } }
}

/** Live rows that do not move while `held`: what changed shows in place, what left stays and is named, what is new waits and is counted. */
export function useHeldRows<T extends { id: number }>(fresh: readonly T[], held: boolean) {
  const [base, setBase] = useState(fresh)
  // An empty list cannot move: what arrives is shown.
  if ((!held || base.length === 0) && base !== fresh) setBase(fresh)
  return useMemo(() => ({ ...steady(base, fresh), release: () => setBase(fresh) }), [base, fresh])
}

function steady<T extends { id: number }>(base: readonly T[], fresh: readonly T[]) {
  const now = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(base.map(({ id }) => id))
  return {
    rows: base.map((row) => now.get(row.id) ?? row),
    gone: new Set(base.filter(({ id }) => !now.has(id)).map(({ id }) => id)),
    waiting: fresh.filter(({ id }) => !known.has(id)).length,
  }
}
