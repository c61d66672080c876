import { getDelivery, type Delivery } from '@aliquot/contracts'
import { Alert } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DateTime, Loaded, Page, PageHeader, ToneBadge } from '../../../ui/index.ts'
import { ChannelMark, StateMark } from '../looks.tsx'
import classes from '../messages.module.css'
import { AgainButton, mayGoAgain } from './again-button.tsx'
import { AsSeen } from './as-seen.tsx'

/** One message as its recipient has it, and how it got there. */
export function MessagePage() {
  const deliveryId = Number(useParams({ strict: false }).deliveryId)
  const query = useRouteQuery(getDelivery, { params: { deliveryId } }, { live: [`delivery:${deliveryId}`] })
  return <Loaded query={query}>{(delivery) => <Shown delivery={delivery} />}</Loaded>
}

function Shown({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('communications')
  const { can } = useSession()
  const { state, reason, recipient, channel, subject, body, attachments, driver, segments } = delivery
  return (
    <Page>
      <PageHeader
        title={recipient.name} back={{ to: '/messages', label: t('title') }} mark={<StateMark state={state} />}
        subtitle={<><IconEye size={14} aria-hidden /> {t('message.logged')}</>}
        actions={can('communications.send') && mayGoAgain(delivery) && <AgainButton deliveries={[delivery]} />}
      />
      {reason && <Alert color={state === 'failed' || state === 'dead' ? 'red' : 'yellow'} variant="light">{t(`reason.${reason}`)}</Alert>}
      <Facts delivery={delivery} />
      <div className={classes.columns}>
        <section className={classes.stack} aria-label={t('message.as_seen')}>
          <h2 className={classes.heading}>{t('message.as_seen')} {segments !== null && <span className={classes.quiet}>· {t('message.segments', { count: segments })}</span>}</h2>
          <AsSeen channel={channel} subject={subject} body={body} to={recipient.address} attachments={attachments} />
          {driver === 'mailbox' && <p className={classes.quiet}>{t('message.mailbox')}</p>}
        </section>
        <section className={classes.stack} aria-label={t('message.attempts')}>
          <h2 className={classes.heading}>{t('message.attempts')}</h2>
          {delivery.attempts.length === 0 && <p className={classes.quiet}>{t('message.no_attempts')}</p>}
          <ol className={classes.attempts}>
            {delivery.attempts.map(({ startedAt, driver: by, outcome, answer }, index) => (
              <li key={index}>
                <div className={classes.side}>
                  <span><DateTime at={startedAt} show="full" /> · {t(`driver.${by}`)}</span>
                  <ToneBadge tone={outcome === 'accepted' ? 'green' : outcome === null ? 'blue' : 'red'}>{t(`outcome.${outcome ?? 'running'}`)}</ToneBadge>
                </div>
                {answer && <div className={classes.answer}>{answer}</div>}
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Page>
  )
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('communications')
  const { dayOf, day } = useFormat()
  const { recipient, channel, event, trigger, at, nextAt, by, patient, reports, link, providerMessageId } = delivery
  const facts: [string, ReactNode][] = [
    [t('message.to'), <>{recipient.address ?? t('no_address')} · {t(`recipient.${recipient.kind}`)}</>],
    [t('message.by'), <ChannelMark key="channel" channel={channel} />],
    [t('message.because'), event ? [t(`event.${event}`), trigger?.name].filter(Boolean).join(' · ') : `${t('by_hand')} · ${by.name}`],
    [t('message.when'), <DateTime key="at" at={at} show="full" />],
    [t('message.next'), nextAt && <DateTime key="next" at={nextAt} show="full" />],
    [t('column.patient'), patient && <Link key="patient" className={classes.link} to="/patients/$patientId" params={{ patientId: String(patient.id) }}>{patient.name} · {patient.number}</Link>],
    [t('message.reports'), reports.length > 0 && reports.map(({ id, number, test }) => (
      <div key={id}><Link className={classes.link} to="/reports/$reportId" params={{ reportId: String(id) }}>{test}</Link> <span className={classes.quiet}>{number}</span></div>
    ))],
    [t('message.link'), link && <>{t('message.link_until', { day: day(dayOf(link.expiresAt)) })} · {link.opened === 0 ? t('message.opened_never') : t('message.opened', { count: link.opened })}</>],
    [t('message.provider_id'), providerMessageId],
  ]
  return <dl className={classes.facts}>{facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
}
