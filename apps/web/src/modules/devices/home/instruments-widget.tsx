import { countDeviceResults, listInstruments, listQcLots } from '@aliquot/contracts'
import { IconAlertTriangle, IconHandStop, IconHourglassEmpty, IconTargetOff, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery } from '../../../platform/index.ts'
import type { Tone } from '../../../theme/tones.ts'
import { ErrorState, toneStyle } from '../../../ui/index.ts'
import { liveStateOf } from '../instruments/live-state.ts'
import { useAllPages } from '../use-all-pages.ts'
import classes from './instruments-widget.module.css'

/** Instruments at a glance: what waits, what is held, who cannot be heard, which control is out. */
export function InstrumentsWidget() {
  const { t } = useTranslation('devices')
  const counts = useRouteQuery(countDeviceResults, {}, { live: ['result'] })
  const instruments = useAllPages(listInstruments, { query: { limit: 200, disabled: false } }, { live: ['instrument'] })
  const lots = useAllPages(listQcLots, { query: { limit: 200, disabled: false } }, { live: ['qc'] })
  if (counts.isError && !counts.data) return <ErrorState problem={counts.error} onRetry={() => void counts.refetch()} />
  if (instruments.status === 'ready' && instruments.rows.length === 0) return null
  const inTrouble = instruments.rows.filter((each) => ['trouble', 'deaf'].includes(liveStateOf(each)))
  const out = lots.rows.filter(({ state }) => state === 'out_of_control')
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ')
  return (
    <section className={classes.board} aria-label={t('title')}>
      <Tile
        tone="blue" icon={IconHourglassEmpty} to="/instruments/results" count={counts.data?.waiting} title={t('home.waiting')}
        text={t('home.waiting_text')} calm={t('home.waiting_none')}
      />
      <Tile
        tone="amber" icon={IconHandStop} to="/instruments/results" search={{ state: 'held' }} count={counts.data?.held} title={t('home.held')}
        text={t('home.held_text')} calm={t('home.held_none')}
      />
      <Tile
        tone="red" icon={IconAlertTriangle} to="/instruments" count={instruments.status === 'ready' ? inTrouble.length : undefined}
        title={t('home.trouble')} text={names(inTrouble)} calm={t('home.trouble_none', { count: instruments.rows.length })}
      />
      <Tile
        tone="red" icon={IconTargetOff} to="/instruments/qc" count={lots.status === 'ready' ? out.length : undefined} title={t('home.controls')}
        text={names(out.map(({ control, level }) => ({ name: `${control} ${level}`.trim() })))} calm={t('home.controls_none')}
      />
    </section>
  )
}

interface TileProps {
  tone: Tone
  icon: Icon
  to: string
  search?: Record<string, string>
  count: number | undefined
  title: string
  text: string
  /** Said instead of the text when there is nothing. */
  calm: string
}

function Tile({ tone, icon: TileIcon, to, search = {}, count, title, text, calm }: TileProps) {
  const { number } = useFormat()
  const some = count !== undefined && count > 0
  return (
    <Link to={to} search={search as never} className={classes.tile} data-some={some || undefined} style={toneStyle(tone)}>
      <span className={classes.title}><TileIcon size={17} stroke={1.8} aria-hidden /> {title}</span>
      <span className={classes.count}>{count === undefined ? '–' : number(count)}</span>
      <span className={classes.text}>{some ? text : calm}</span>
    </Link>
  )
}
