import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const MessagesWidget = lazy(() => import('./messages-widget.tsx').then((module) => ({ default: module.MessagesWidget })))

/** Keeps the manifest cheap to import. */
export function LazyMessages() {
  return <Suspense fallback={<Skeleton h={100} />}><MessagesWidget /></Suspense>
}
