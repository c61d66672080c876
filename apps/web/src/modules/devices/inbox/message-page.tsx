import { getMessage, type DeviceMessage } from '@aliquot/contracts'
import { Alert, Tooltip } from '@mantine/core'
import { IconEye, IconLanguageOff } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DateTime, Loaded, Page, PageHeader, ToneBadge } from '../../../ui/index.ts'
import { MessageMark } from '../state-marks.tsx'
import { MessageActions } from './message-actions.tsx'
import { MessageResults } from './message-results.tsx'
import classes from './message.module.css'
import { RawMessage } from './raw-message.tsx'

/** One message: as it came, what was read, what became of each result, and what was answered. */
export function MessagePage() {
  const { messageId } = useParams({ strict: false }) as { messageId?: string }
  // Each reading is logged: coming back to the window is none.
  const query = useRouteQuery(getMessage, { params: { messageId: Number(messageId) } }, { live: [`message:${messageId}`], staleTime: Number.POSITIVE_INFINITY })
  return <Loaded query={query}>{(message) => <Message message={message} />}</Loaded>
}

function Message({ message }: { message: DeviceMessage }) {
  const { t } = useTranslation('devices')
  const { can } = useSession()
  const { bytes } = useFormat()
  const { instrument, receivedAt, peer, port, protocol, kind, size, copies, controlId, sha256, lossy, answer, reason, detail, entries } = message
  return (
    <Page>
      <PageHeader
        title={t('message.title', { id: message.id })} back={{ to: '/instruments/messages', label: t('inbox.title') }}
        mark={<MessageMark state={message.state} />}
        subtitle={<span className={classes.logged}><IconEye size={14} aria-hidden /> {t('message.logged')}</span>}
        actions={can('devices.manage') && <MessageActions messages={[message]} />}
      />
      {(reason ?? detail) && (
        <Alert color={message.state === 'rejected' ? 'red' : 'yellow'} variant="light" title={reason ? t(`reason.${reason}`) : undefined}>
          {detail ?? (reason && t(`reason_about.${reason}`))}
        </Alert>
      )}
      <dl className={classes.facts}>
        <Fact name={t('instrument.one')}>
          {instrument ? <Link to="/instruments/$instrumentId" params={{ instrumentId: String(instrument.id) }} className={classes.link}>{instrument.name}</Link> : t('inbox.unknown_instrument')}
        </Fact>
        <Fact name={t('inbox.received')}><DateTime at={receivedAt} show="full" /></Fact>
        <Fact name={t('message.from')}>{peer} → {port}</Fact>
        <Fact name={t('inbox.kind')}>{t(`message_kind.${kind}`)} · {t(`protocol_short.${protocol}`)}</Fact>
        <Fact name={t('inbox.size')}>{bytes(size)}{copies > 1 && ` · ${t('inbox.copies', { count: copies })}`}</Fact>
        <Fact name={t('message.control')}>{controlId ?? '–'}</Fact>
        <Fact name={t('message.hash')}><Tooltip label={sha256}><code>{sha256.slice(0, 12)}…</code></Tooltip></Fact>
      </dl>
      <div className={classes.columns}>
        <section aria-label={t('raw.title')}>
          <h2 className={classes.heading}>{t('raw.title')} {lossy && <ToneBadge tone="orange" icon={<IconLanguageOff size={13} aria-hidden />} note={t('message.lossy_about')}>{t('message.lossy')}</ToneBadge>}</h2>
          <RawMessage text={message.text} />
          {answer !== null && (
            <>
              <h2 className={classes.heading}>{t('message.answer')}</h2>
              <RawMessage text={answer} label={t('message.answer')} />
            </>
          )}
          {answer === null && <p className={classes.quiet}>{t('message.no_answer')}</p>}
        </section>
        <section aria-label={t('message.read')}>
          <h2 className={classes.heading}>{t('message.read')} <span className={classes.quiet}>{entries.length}</span></h2>
          {entries.length > 0 ? <MessageResults entries={entries} /> : <p className={classes.quiet}>{t(kind === 'query' ? 'message.asked_only' : 'message.nothing_read')}</p>}
        </section>
      </div>
    </Page>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}
