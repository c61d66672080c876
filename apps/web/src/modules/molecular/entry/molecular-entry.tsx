import { getMolecularEntry } from '@aliquot/contracts'
import { useRouteQuery, type SectionsEntryProps } from '../../../platform/index.ts'
import { Pending } from '../../../shell/pending.tsx'
import { ErrorState } from '../../../ui/index.ts'
import { EntrySheet } from './entry-sheet.tsx'

/** Organisms, genes and antibiotics of one report, within its page. */
export function MolecularEntry({ report, onDirty }: SectionsEntryProps) {
  const query = useRouteQuery(getMolecularEntry, { params: { report_id: report.id } }, { live: [`report:${report.id}`], staleTime: 0 })
  if (query.data) return <EntrySheet entry={query.data} report={report} onDirty={onDirty} />
  return query.isError ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : <Pending />
}
