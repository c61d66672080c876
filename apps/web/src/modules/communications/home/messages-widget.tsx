import { countDeliveries } from '@aliquot/contracts'
import { IconAlertTriangle, IconHourglassEmpty, IconSend, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery } from '../../../platform/index.ts'
import type { Tone } from '../../../theme/tones.ts'
import { ErrorState, toneStyle } from '../../../ui/index.ts'
import classes from './messages-widget.module.css'

/** Messages at a glance: what nobody received, what waits, what went out today. */
export function MessagesWidget() {
  const { t } = useTranslation('communications')
  const { data, isError, error, refetch } = useRouteQuery(countDeliveries, {}, { live: ['delivery'] })
  if (isError && !data) return <ErrorState problem={error} onRetry={() => void refetch()} />
  if (data && data.undelivered + data.waiting + data.sentToday === 0) return null
  return (
    <section className={classes.board} aria-label={t('title')}>
      <Tile tone="red" icon={IconAlertTriangle} to="/messages/undelivered" count={data?.undelivered} title={t('home.undelivered')} text={t('home.undelivered_text')} calm={t('home.calm')} />
      <Tile tone="blue" icon={IconHourglassEmpty} to="/messages" count={data?.waiting} title={t('home.waiting')} text={t('home.waiting_text')} calm={t('home.waiting_calm')} />
      <Tile tone="teal" icon={IconSend} to="/messages" count={data?.sentToday} title={t('home.sent')} text={t('home.sent_text')} calm={t('home.sent_calm')} />
    </section>
  )
}

function Tile({ tone, icon: TileIcon, to, count, title, text, calm }: { tone: Tone; icon: Icon; to: string; count: number | undefined; title: string; text: string; calm: string }) {
  const { number } = useFormat()
  const some = count !== undefined && count > 0
  return (
    <Link to={to} className={classes.tile} data-some={some || undefined} style={toneStyle(tone)}>
      <span className={classes.title}><TileIcon size={17} stroke={1.8} aria-hidden /> {title}</span>
      <span className={classes.count}>{count === undefined ? '–' : number(count)}</span>
      <span className={classes.text}>{some ? text : calm}</span>
    </Link>
  )
}
