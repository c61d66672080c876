import { lazy, Suspense } from 'react'

const PartnerTrouble = lazy(() => import('./partner-trouble.tsx').then((module) => ({ default: module.PartnerTrouble })))

/** Keeps the manifest cheap to import. */
export function LazyPartnerTrouble() {
  return <Suspense fallback={null}><PartnerTrouble /></Suspense>
}
