import { getObject, listObjects, type LedgerEntry } from '@aliquot/contracts'
import { Drawer, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRouteQuery } from '../../platform/index.ts'
import { EmptyState, ErrorState } from '../../ui/index.ts'
import { EntryDetail } from './entry-detail.tsx'

interface EntryDrawerProps {
  objectId: number | null
  rows: readonly LedgerEntry[]
  onClose: () => void
}

/** One entry of the ledger beside the list, also one that the filters hide. */
export function EntryDrawer({ objectId, rows, onClose }: EntryDrawerProps) {
  const { t } = useTranslation('storage')
  const row = rows.find(({ id }) => id === objectId)
  return (
    <Drawer opened={objectId !== null} onClose={onClose} position="right" size={520} title={t('entry')}>
      {row ? <EntryDetail key={row.id} entry={row} /> : objectId !== null && <Elsewhere objectId={objectId} />}
    </Drawer>
  )
}

/** The list is asked for it by its path, which is unique. */
function Elsewhere({ objectId }: { objectId: number }) {
  const { t } = useTranslation('storage')
  const object = useRouteQuery(getObject, { params: { objectId } }, { live: [`object:${objectId}`] })
  const path = object.data?.path ?? ''
  const found = useRouteQuery(listObjects, { query: { q: path.slice(-200), limit: 5 } }, { enabled: path !== '', live: [`object:${objectId}`] })
  const entry = found.data?.items.find(({ id }) => id === objectId)
  const failed = object.isError ? object : found.isError ? found : null
  if (entry) return <EntryDetail entry={entry} />
  if (failed?.error.status === 404 || found.isSuccess) return <EmptyState title={t('entry_missing')} />
  if (failed?.error) return <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} />
  return <Loader m="md" />
}
