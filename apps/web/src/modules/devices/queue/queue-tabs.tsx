import { HoldReason, type ResponseOf, type ResultState, type countDeviceResults } from '@aliquot/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { doubts } from './hold-help.ts'
import classes from './queue.module.css'

const tabs = ['waiting', 'held', 'released', 'dismissed'] as const satisfies readonly ResultState[]

interface QueueTabsProps {
  counts: ResponseOf<typeof countDeviceResults> | undefined
  state: ResultState
  reason: HoldReason | undefined
  onChange: (change: { state?: ResultState | null; reason?: HoldReason | null }) => void
}

/** What waits, what is held and, within that, what speaks against it. */
export function QueueTabs({ counts, state, reason, onChange }: QueueTabsProps) {
  const { t } = useTranslation('devices')
  const { number } = useFormat()
  const countOf = (tab: (typeof tabs)[number]) => (tab === 'waiting' || tab === 'held' ? counts?.[tab] : undefined)
  const reasons = HoldReason.enum.flatMap((each) => {
    const count = counts?.reasons.find((of) => of.reason === each)?.count ?? 0
    return doubts.has(each) === (state === 'waiting') && (count > 0 || each === reason) ? [{ reason: each, count }] : []
  })
  return (
    <div>
      <div className={classes.tabs} role="group" aria-label={t('queue.states')}>
        {tabs.map((tab) => (
          <button
            key={tab} type="button" className={classes.tab} aria-pressed={state === tab}
            onClick={() => onChange({ state: tab === 'waiting' ? null : tab, reason: null })}
          >
            {t(`result_state.${tab}`)} {countOf(tab) !== undefined && <span className={classes.count}>{number(countOf(tab) ?? 0)}</span>}
          </button>
        ))}
      </div>
      {(state === 'held' || state === 'waiting') && reasons.length > 0 && (
        <div className={classes.reasons} role="group" aria-label={t('queue.reasons')}>
          <button type="button" className={classes.reason} aria-pressed={reason === undefined} onClick={() => onChange({ reason: null })}>
            {t('queue.all_reasons')}
          </button>
          {reasons.map((each) => (
            <button
              key={each.reason} type="button" className={classes.reason} aria-pressed={reason === each.reason}
              onClick={() => onChange({ reason: reason === each.reason ? null : each.reason })}
            >
              {t(`reason.${each.reason}`)} <b>{number(each.count)}</b>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
