import { listDeliveries } from '@aliquot/contracts'
import { Button, Drawer, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMessages } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInfinitePages, useSession } from '../../../platform/index.ts'
import type { BesideProps } from '../../../platform/manifest.ts'
import { DateTime, ErrorState } from '../../../ui/index.ts'
import { ChannelMark, StateMark } from '../looks.tsx'
import classes from '../messages.module.css'
import { ConsentFields } from './consent-fields.tsx'
import { SendForm } from './send-form.tsx'

/** On the page of a patient or a report: what was sent about it, and sending by hand. */
export function MessagesOf(of: BesideProps) {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const [opened, drawer] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconMessages size={16} />} onClick={drawer.open}>{t('beside.open')}</Button>
      <Drawer opened={opened} onClose={drawer.close} position="right" size={480} title={t('beside.title')}>
        <div className={classes.stack} style={{ gap: 22 }}>
          {can('communications.consent') && <ConsentFields patientId={of.patientId} />}
          {can('communications.send') && (of.reportId === undefined || of.signed) && <SendForm {...of} />}
          {opened && <Sent {...of} />}
        </div>
      </Drawer>
    </>
  )
}

function Sent({ patientId, reportId }: BesideProps) {
  const { t } = useTranslation('communications')
  const source = useInfinitePages(listDeliveries, { query: { limit: 20, ...(reportId === undefined ? { patientId } : { reportId }) } }, { live: ['delivery'] })
  if (source.status === 'loading') return <Loader m="md" aria-label={t('loading')} />
  if (source.status === 'failed' && source.problem) return <ErrorState problem={source.problem} onRetry={source.retry} />
  return (
    <section aria-label={t('title')}>
      {source.rows.length === 0 && <p className={classes.quiet}>{t('beside.none')}</p>}
      <ul className={classes.entries}>
        {source.rows.map(({ id, at, channel, recipient, state, reason, beginning, event }) => (
          <li key={id}>
            <div className={classes.side}>
              <Link className={classes.link} to="/messages/$deliveryId" params={{ deliveryId: String(id) }}>{recipient.name}</Link>
              <StateMark state={state} reason={reason} />
            </div>
            <div>{beginning}</div>
            <div className={classes.quiet}><ChannelMark channel={channel} /> · <DateTime at={at} /> · {event ? t(`event.${event}`) : t('by_hand')}</div>
          </li>
        ))}
      </ul>
      <Link className={classes.link} to="/messages" search={{ patientId }}>{t('beside.all')}</Link>
    </section>
  )
}
