import { lazy, Suspense } from 'react'
import type { BesideProps } from '../../../platform/manifest.ts'

const MessagesOf = lazy(() => import('./messages-of.tsx').then((module) => ({ default: module.MessagesOf })))

/** Keeps the manifest cheap to import. */
export function LazyMessagesOf(of: BesideProps) {
  return <Suspense><MessagesOf {...of} /></Suspense>
}
