import type { DeviceResult } from '@aliquot/contracts'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSource } from '../../../platform/index.ts'
import { ErrorState, type useSelection } from '../../../ui/index.ts'
import { usePageKeys, useRowCursor } from '../../../ui/table/use-row-cursor.ts'
import { useLoadOnSight } from '../../../ui/table/use-load-on-sight.ts'
import { GroupHead, type GroupHeadProps } from './group-head.tsx'
import classes from './queue.module.css'
import type { ResultGroup } from './result-groups.ts'
import { ResultRow } from './result-row.tsx'

interface QueueListProps extends Pick<GroupHeadProps, 'onMatch'> {
  groups: readonly ResultGroup[]
  source: RowSource<DeviceResult>
  gone: ReadonlySet<number>
  byReason: boolean
  selection: ReturnType<typeof useSelection> | undefined
  onEnter: () => void
  /** Told which row is current, so that the page's keys act on it. */
  onCurrent: (id: number | null) => void
  /** Asked to be current: the row after the ones just done. */
  wanted: number | null
}

/** Results under their headings, one cursor over all of them: j k move, Space selects, Enter releases. */
export function QueueList({ groups, source, gone, byReason, selection, onEnter, onCurrent, wanted, onMatch }: QueueListProps) {
  const { t } = useTranslation('devices')
  const grid = useRef<HTMLDivElement>(null)
  const base = useId()
  const rows = groups.flatMap(({ results }) => results)
  const cursor = useRowCursor({
    keys: rows.map(({ id }) => id), selection, startAt: null,
    page: () => Math.max(1, Math.floor((grid.current?.clientHeight ?? 600) / 46) - 2),
    open: onEnter,
    reveal: (index) => document.getElementById(`${base}-${rows[index]?.id}`)?.scrollIntoView({ block: 'nearest' }),
  })
  usePageKeys(true, grid, cursor.onKeyDown)
  const sentinel = useLoadOnSight(source, grid)
  const current = rows[cursor.active]?.id ?? null
  useEffect(() => onCurrent(current), [current, onCurrent])
  const { setActiveKey } = cursor
  useEffect(() => {
    if (wanted !== null) setActiveKey(wanted)
  }, [wanted, setActiveKey])

  if (source.status === 'failed' && source.problem) return <ErrorState problem={source.problem} onRetry={source.retry} />
  return (
    <div
      ref={grid} role="grid" tabIndex={0} className={classes.grid} aria-label={t('queue.title')} aria-rowcount={source.hasMore ? -1 : rows.length}
      aria-multiselectable={selection ? true : undefined}
      aria-busy={source.status === 'loading'} aria-activedescendant={current === null ? undefined : `${base}-${current}`} data-scroller
      onKeyDown={(event) => event.target instanceof HTMLElement && (event.target === event.currentTarget || event.target.role === 'row') && cursor.onKeyDown(event)}
      onFocus={(event) => event.target === event.currentTarget && cursor.begin()}
    >
      {groups.map((group) => (
        <div key={group.key} role="rowgroup" className={classes.group}>
          <GroupHead group={group} gone={gone} byReason={byReason} onMatch={onMatch} />
          {group.results.map((result) => (
            <ResultRow
              key={result.id} id={`${base}-${result.id}`} result={result} active={result.id === current}
              selected={selection?.keys.has(result.id) ?? false} gone={gone.has(result.id)} withSample={byReason}
              onActivate={() => cursor.setActiveKey(result.id)}
              onSelect={selection && ((range) => (range ? selection.extend(rows.map(({ id }) => id), result.id) : selection.toggle(result.id)))}
            />
          ))}
        </div>
      ))}
      <div ref={sentinel} className={classes.more}>{source.isLoadingMore && t('loading')}</div>
    </div>
  )
}
