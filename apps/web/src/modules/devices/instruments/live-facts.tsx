import type { Instrument } from '@aliquot/contracts'
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../platform/index.ts'
import { DateTime } from '../../../ui/index.ts'
import classes from './instruments.module.css'
import { liveStateOf } from './live-state.ts'
import { useTroubleWords } from './use-trouble-words.ts'

/** What the instrument does now and did today; the counts lead to what they count. */
export function LiveFacts({ instrument }: { instrument: Instrument }) {
  const { t } = useTranslation('devices')
  const { number } = useFormat()
  const { id, live, today, port } = instrument
  const state = liveStateOf(instrument)
  const say = useTroubleWords()
  return (
    <>
      {(state === 'trouble' || state === 'deaf') && (
        <Alert color={state === 'trouble' ? 'red' : 'orange'} variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
          {say(instrument) ?? t('live_about.deaf', { port })}
        </Alert>
      )}
      <div className={classes.facts} role="group" aria-label={t('instruments.state')}>
        <div className={classes.fact}><span>{t('instruments.connections')}</span><b>{number(live.connections)}</b></div>
        <div className={classes.fact}>
          <span>{t('instruments.last')}</span>
          {live.lastMessageAt ? <><DateTime at={live.lastMessageAt} show="relative" /><span className={classes.second}>{live.lastPeer}</span></> : t('instruments.never')}
        </div>
        <Link className={classes.fact} to="/instruments/messages" search={{ instrumentId: id }}>
          <span>{t('instruments.messages_today')}</span><b>{number(today.messages)}</b>
        </Link>
        <div className={classes.fact}><span>{t('instruments.results_today')}</span><b>{number(today.results)}</b></div>
        <Link className={classes.fact} to="/instruments/results" search={{ instrumentId: id, state: 'waiting' }}>
          <span>{t('instruments.waiting')}</span><b>{number(today.waiting)}</b>
        </Link>
        <Link className={classes.fact} to="/instruments/results" search={{ instrumentId: id, state: 'held' }}>
          <span>{t('instruments.held')}</span><b>{number(today.held)}</b>
        </Link>
      </div>
    </>
  )
}
