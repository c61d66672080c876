import { lazy, Suspense } from 'react'
import type { SectionsEntryProps } from '../../../platform/index.ts'
import { Pending } from '../../../shell/pending.tsx'

const Lazy = lazy(async () => ({ default: (await import('./molecular-entry.tsx')).MolecularEntry }))

export const LazyMolecularEntry = (props: SectionsEntryProps) => <Suspense fallback={<Pending />}><Lazy {...props} /></Suspense>
