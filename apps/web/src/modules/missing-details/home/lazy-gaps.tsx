import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const GapsWidget = lazy(() => import('./gaps-widget.tsx').then((module) => ({ default: module.GapsWidget })))

/** Keeps the manifest cheap to import. */
export function LazyGaps() {
  return <Suspense fallback={<Skeleton h={160} />}><GapsWidget /></Suspense>
}
