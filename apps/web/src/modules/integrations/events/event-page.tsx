import { getPartnerEvent, type PartnerEvent, type PartnerExchange } from '@aliquot/contracts'
import { IconEye } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat, useRouteQuery, useSession } from '../../../platform/index.ts'
import { DateTime, EmptyState, Loaded, Page, PageHeader } from '../../../ui/index.ts'
import classes from '../integrations.module.css'
import { DeliveryMark } from '../marks.tsx'
import { Said } from '../said.tsx'
import { EventActions } from './event-actions.tsx'

/** One event: what was sent, and what was answered, each time. */
export function EventPage() {
  const { deliveryId } = useParams({ strict: false }) as { deliveryId?: string }
  // Each reading is logged: coming back to the window is none.
  const query = useRouteQuery(getPartnerEvent, { params: { deliveryId: Number(deliveryId) } }, { live: [`partner_event:${deliveryId}`], staleTime: Number.POSITIVE_INFINITY })
  return <Loaded query={query}>{({ delivery, exchanges }) => <Event delivery={delivery} exchanges={exchanges} />}</Loaded>
}

const screens: Record<string, string> = { patient: '/patients', report: '/reports', bill: '/bills', accession: '/accessions' }

function Event({ delivery, exchanges }: { delivery: PartnerEvent; exchanges: readonly PartnerExchange[] }) {
  const { t } = useTranslation('integrations')
  const { can } = useSession()
  const { number } = useFormat()
  const { subject, partner } = delivery
  return (
    <Page>
      <PageHeader
        title={delivery.message} back={{ to: '/integrations/events', label: t('events.title') }} mark={<DeliveryMark state={delivery.state} />}
        subtitle={<span className={classes.quiet}><IconEye size={14} aria-hidden /> {t('events.logged')}</span>}
        actions={can('integrations.replay') && <EventActions ids={[delivery.id]} />}
      />
      <dl className={classes.facts}>
        <Fact name={t('partner.one')}><Link className={classes.link} to="/integrations/$recordId" params={{ recordId: String(partner.id) }}>{partner.name}</Link></Fact>
        <Fact name={t('events.event')}><span className={classes.code}>{delivery.action}</span></Fact>
        <Fact name={t('events.about_record')}><Link className={classes.link} to={`${screens[subject.type] ?? ''}/${subject.id}`}>{t(`subject.${subject.type as 'report'}`)} {subject.id}</Link></Fact>
        <Fact name={t('events.id')}><span className={classes.code}>{delivery.eventId}</span></Fact>
        <Fact name={t('events.happened')}><DateTime at={delivery.happenedAt} show="full" /></Fact>
        {delivery.dueAt && <Fact name={t('events.next')}><DateTime at={delivery.dueAt} show="full" /></Fact>}
        {delivery.deliveredAt && <Fact name={t('events.sent')}><DateTime at={delivery.deliveredAt} show="full" /></Fact>}
      </dl>
      {exchanges.length === 0 && <EmptyState title={t('exchange.none')} text={t('exchange.none_text')} />}
      <div>
        {exchanges.map((exchange) => (
          <section key={exchange.id} className={classes.exchange} aria-label={t('exchange.title')}>
            <div className={classes.row}>
              <b>{exchange.trouble ?? t('exchange.answered', { status: exchange.status })}</b>
              <span className={classes.quiet}><DateTime at={exchange.at} show="full" /> · {t('exchange.took', { milliseconds: number(exchange.milliseconds) })}</span>
            </div>
            <div className={classes.sides}>
              <Said title={t('exchange.sent')} headers={exchange.requestHeaders} body={exchange.requestBody} />
              <Said title={t('exchange.answer')} headers={exchange.answerHeaders} body={exchange.answerBody} />
            </div>
          </section>
        ))}
      </div>
    </Page>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}
