import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const InstrumentsWidget = lazy(() => import('./instruments-widget.tsx').then((module) => ({ default: module.InstrumentsWidget })))

/** Keeps the manifest cheap to import. */
export function LazyInstruments() {
  return <Suspense fallback={<Skeleton h={120} />}><InstrumentsWidget /></Suspense>
}
