import { getHistory, type HistoryEntry, type Report } from '@aliquot/contracts'
import { Button, Drawer, Loader } from '@mantine/core'
import { IconAlertOctagon, IconFileText, IconFlask, IconPencil, IconProgress, IconRefresh, IconSignature, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useWords, type WordKey } from '../../../i18n/index.ts'
import { useInfinitePages } from '../../../platform/index.ts'
import type { Tone } from '../../../theme/tones.ts'
import { EmptyState, ErrorState, Timeline, type TimelineEntry } from '../../../ui/index.ts'
import { statusLooks } from '../../../ui/statuses.ts'

const looks: Record<HistoryEntry['kind'], { icon: Icon; tone: Tone }> = {
  value: { icon: IconFlask, tone: 'neutral' },
  file: { icon: IconFileText, tone: 'neutral' },
  status: { icon: IconProgress, tone: 'blue' },
  amendment: { icon: IconPencil, tone: 'amber' },
  critical_notice: { icon: IconAlertOctagon, tone: 'red' },
  signature: { icon: IconSignature, tone: 'green' },
  rerun: { icon: IconRefresh, tone: 'amber' },
}

/** Everything that happened to a report, newest first. */
export function HistoryDrawer({ report, opened, onClose }: { report: Report; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('reports')
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size={460} title={t('history.title')}>
      {opened && <History report={report} />}
    </Drawer>
  )
}

function History({ report }: { report: Report }) {
  const { t } = useTranslation('reports')
  const word = useWords()
  const source = useInfinitePages(getHistory, { params: { reportId: report.id } }, { live: [`report:${report.id}`] })
  const nameOf = (code: string | null) => report.definition.parameters.find((each) => each.code === code)?.name ?? code ?? ''
  const status = (name: string | null) => (name !== null && name in statusLooks ? word(`ui:status.${name}` as WordKey) : name ?? '')
  const title = ({ kind, code, before, after }: HistoryEntry) => {
    if (kind === 'status') return t(before ? 'history.status_from' : 'history.status', { before: status(before), after: status(after) })
    if (kind === 'value' || (kind === 'amendment' && code)) return <>{nameOf(code)} {before !== null && <><s>{before}</s> → </>}<b>{after ?? t('entry.nothing')}</b></>
    if (kind === 'signature') return t('history.status', { after: status(after) })
    if (kind === 'file') return <>{t('history.kind.file')} {before !== null && <><s>{before}</s> → </>}<b>{after ?? t('entry.nothing')}</b></>
    return <>{t(`history.kind.${kind}`)} {nameOf(code)} {after ?? ''}</>
  }
  const entries = source.rows.map((entry, id): TimelineEntry => ({ id, at: entry.at, title: title(entry), detail: entry.reason, who: entry.actor.name, ...looks[entry.kind] }))
  if (source.status === 'loading') return <Loader size="sm" />
  if (source.status === 'failed' && source.problem) return <ErrorState problem={source.problem} onRetry={source.retry} />
  if (entries.length === 0) return <EmptyState title={t('history.empty')} />
  return (
    <>
      <Timeline entries={entries} />
      {source.hasMore && <Button variant="default" fullWidth loading={source.isLoadingMore} onClick={source.loadMore}>{t('history.more')}</Button>}
    </>
  )
}
