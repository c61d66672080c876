import type { ObjectState, StorageSummary as Summary } from '@aliquot/contracts'
import { Skeleton, Tooltip } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat, type ApiProblem } from '../../platform/index.ts'
import { ErrorState, ToneBadge, toneStyle } from '../../ui/index.ts'
import { stateLooks } from './object-state.tsx'
import classes from './storage.module.css'

interface StorageSummaryProps {
  query: UseQueryResult<Summary, ApiProblem>
  onState: (state: ObjectState) => void
}

/** The narrowest that a part of the bar gets, in percent: what is there can be seen and clicked. */
const least = 1.5

/** How much is stored in which states, and whether store and scanner work. */
export function StorageSummary({ query, onState }: StorageSummaryProps) {
  const { t } = useTranslation('storage')
  const format = useFormat()
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton height={86} />
  const { states, store, scanner, beingChecked, refused, unused } = query.data
  // Of a reserved file only the size is known that was announced.
  const stored = states.filter(({ state, bytes }) => state !== 'reserved' && bytes > 0)
  const bytes = stored.reduce((sum, each) => sum + each.bytes, 0)
  const count = stored.reduce((sum, each) => sum + each.count, 0)
  const parts = stored.map((each) => `${t(`state.${each.state}`)} ${format.bytes(each.bytes)}`).join(', ')
  return (
    <section className={classes.summary} aria-label={t('summary')}>
      <div className={classes.totals}>
        <strong className={classes.total}>{format.bytes(bytes)}</strong>
        <span>{t('files', { count, shown: format.number(count) })}</span>
        <span className={classes.where} title={store.place}>{t(`store.${store.kind}`)} <code>{store.place}</code></span>
        <ToneBadge tone={scannerTones[scanner]} note={t(`scanner_note.${scanner}`)}>{t(`scanner.${scanner}`)}</ToneBadge>
        {beingChecked > 0 && <ToneBadge tone="blue">{t('being_checked', { count: beingChecked })}</ToneBadge>}
        {refused > 0 && <ToneBadge tone="red">{t('refused_count', { count: refused })}</ToneBadge>}
        {unused.count > 0 && <ToneBadge tone="amber" note={t('unused_note')}>{t('unused_count', { count: unused.count, size: format.bytes(unused.bytes) })}</ToneBadge>}
      </div>
      <div className={classes.stack} role="img" aria-label={parts}>
        {stored.map((each) => (
          <Tooltip key={each.state} label={`${t(`state.${each.state}`)}: ${format.bytes(each.bytes)}`}>
            <span style={{ ...toneStyle(stateLooks[each.state].tone), flexGrow: Math.max(least, (each.bytes / Math.max(1, bytes)) * 100) }} />
          </Tooltip>
        ))}
      </div>
      <ul className={classes.legend}>
        {states.map((each) => (
          <li key={each.state}>
            <button type="button" onClick={() => onState(each.state)} title={t(`state_note.${each.state}`)}>
              <span className={classes.dot} style={toneStyle(stateLooks[each.state].tone)} aria-hidden />
              {t(`state.${each.state}`)} <b>{format.number(each.count)}</b>
              {each.state !== 'reserved' && each.bytes > 0 && <span className={classes.quiet}>{format.bytes(each.bytes)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const scannerTones = { off: 'neutral', up: 'green', down: 'red' } as const
