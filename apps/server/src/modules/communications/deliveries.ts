import type { BodyOf, Delivery, DeliveryEntry, DeliveryState, Page, QueryOf, ResponseOf, chartDeliveries as chartContract,
  countDeliveries as countContract, listDeliveries as listContract, sendAgain as againContract } from '@aliquot/contracts'
import { sql } from 'kysely'
import { labProfile } from '#modules/labs'
import { reportFacts } from '#modules/reports'
import { containing } from '#platform/db'
import { platformErrors } from '#platform/errors'
import { decodeCursor, pageOf } from '#platform/http'
import { now, type Reader, type Tx } from '#platform/unit-of-work'
import { enqueueSend } from './add-messages.ts'
import { messageErrors } from './errors.ts'
import { attachmentName } from './hand-over.ts'
import { linkUrl } from './link-token.ts'
import { linkPlace } from './message-facts.ts'
import { smsSize } from './sms-size.ts'

const entryColumns = sql`
  d.id, d.at, d.channel, d.state, d.reason, d.event, jsonb_build_object('kind', d.recipient_kind, 'name', d.recipient_name, 'address', d.address) as recipient,
  case when p.id is null then null else jsonb_build_object('id', p.id, 'name', p.full_name, 'number', p.number) end as patient,
  left(coalesce(nullif(d.subject, ''), replace(d.body, '{report.link}', '…')), 140) as beginning, d.tries,
  case when d.state = 'pending' then d.next_at end as "nextAt", d.sent_at as "sentAt", d.delivered_at as "deliveredAt", d.driver`

export async function listDeliveries(db: Reader, labId: number, query: QueryOf<typeof listContract>): Promise<Page<DeliveryEntry>> {
  const { cursor, limit = 50, q, from, to, state, channel, event, patientId, reportId, billId } = query
  const { timezone } = await labProfile(labId)
  const after = decodeCursor(cursor, 'id')
  const words = q?.trim() ? containing(q) : null
  const { rows } = await sql<DeliveryEntry>`
    select ${entryColumns} from communications.delivery d left join patients.pub_patient p on p.id = d.patient_id
    where d.lab_id = ${labId} ${after ? sql`and d.id < ${after[0]}` : sql``}
      ${state ? sql`and d.state = any (${state}::text[])` : sql``} ${channel ? sql`and d.channel = any (${channel}::text[])` : sql``}
      ${event ? sql`and d.event = any (${event}::text[])` : sql``} ${patientId ? sql`and d.patient_id = ${patientId}` : sql``}
      ${reportId ? sql`and d.report_ids @> array[${reportId}::bigint]` : sql``} ${billId ? sql`and d.bill_id = ${billId}` : sql``}
      ${from ? sql`and d.at >= ${from}::date::timestamp at time zone ${timezone}` : sql``}
      ${to ? sql`and d.at < (${to}::date + 1)::timestamp at time zone ${timezone}` : sql``}
      ${words ? sql`and (d.recipient_name ilike ${words} or d.address ilike ${words} or p.full_name ilike ${words} or p.number ilike ${words}
        or d.subject ilike ${words} or d.body ilike ${words})` : sql``}
    order by d.id desc limit ${limit + 1}`.execute(db as never)
  return pageOf(rows, limit, ({ id }) => [id])
}

type Row = DeliveryEntry & Omit<Delivery, keyof DeliveryEntry | 'reports' | 'attachments' | 'segments'> & { reportIds: number[]; attachReport: boolean }

/** One message as its recipient has it. */
export async function getDelivery(db: Reader, id: number): Promise<Delivery> {
  const { rows: [row] } = await sql<Row>`
    select ${entryColumns}, d.subject, d.body, d.language, d.by, d.provider_message_id as "providerMessageId", d.report_ids as "reportIds",
      d.attach_report as "attachReport",
      (select jsonb_build_object('id', g.id, 'name', g.name) from communications.trigger g where g.id = d.trigger_id) as trigger,
      (select jsonb_build_object('expiresAt', l.expires_at, 'opened', l.opened, 'lastOpenedAt', l.last_opened_at, 'lockedUntil', l.locked_until)
        from communications.report_link l where l.delivery_id = d.id) as link,
      (select coalesce(jsonb_agg(jsonb_build_object('startedAt', a.started_at, 'endedAt', a.ended_at, 'driver', a.driver, 'outcome', a.outcome,
        'answer', a.answer) order by a.id), '[]') from communications.attempt a where a.delivery_id = d.id) as attempts
    from communications.delivery d left join patients.pub_patient p on p.id = d.patient_id where d.id = ${id}`.execute(db as never)
  if (!row) throw platformErrors.not_found({ thing: 'message' })
  const { reportIds, attachReport, ...delivery } = row
  const reports = reportIds.length > 0 ? await reportFacts(db, { reportIds }) : []
  const body = row.body.replaceAll(linkPlace, () => linkUrl(id))
  return {
    ...delivery, body, segments: row.channel === 'sms' ? smsSize(body).segments : null,
    reports: reports.map(({ id: reportId, number, test }) => ({ id: reportId, number, test })),
    attachments: attachReport ? [attachmentName(reports.map(({ number }) => number))] : [],
  }
}

export async function countDeliveries(db: Reader, labId: number): Promise<ResponseOf<typeof countContract>> {
  const { timezone } = await labProfile(labId)
  const { rows: [row] } = await sql<ResponseOf<typeof countContract>>`
    select (select count(*) from communications.delivery where lab_id = ${labId} and state in ('pending', 'sending')) as waiting,
      (select count(*) from communications.delivery where lab_id = ${labId} and state in ('failed', 'dead')
        and at > ${now()}::timestamptz - interval '30 days') as undelivered,
      (select count(*) from communications.delivery where lab_id = ${labId} and state in ('sent', 'delivered')
        and at >= (${now()}::timestamptz at time zone ${timezone})::date::timestamp at time zone ${timezone}) as "sentToday"`.execute(db as never)
  return row ?? { waiting: 0, undelivered: 0, sentToday: 0 }
}

/** Every day of the range, also those without messages; the last thirty unless others are asked for, and a year at most. */
export async function chartDeliveries(db: Reader, labId: number, { from, to }: QueryOf<typeof chartContract>): Promise<ResponseOf<typeof chartContract>> {
  const { timezone } = await labProfile(labId)
  const { rows } = await sql<ResponseOf<typeof chartContract>['days'][number]>`
    with range as (
      select coalesce(${to ?? null}::date, (${now()}::timestamptz at time zone ${timezone})::date) as last
    ), days as materialized (
      select day::date, day::timestamp at time zone ${timezone} as begins, (day::date + 1)::timestamp at time zone ${timezone} as ends
      from range, generate_series(greatest(coalesce(${from ?? null}::date, last - 29), last - 365), last, interval '1 day') as day
    )
    select to_char(day, 'YYYY-MM-DD') as day, count(d.id) filter (where d.state in ('sent', 'delivered')) as sent,
      count(d.id) filter (where d.state in ('failed', 'dead')) as failed, count(d.id) filter (where d.state = 'skipped') as skipped
    from days left join communications.delivery d on d.lab_id = ${labId} and d.at >= begins and d.at < ends
    group by day order by day`.execute(db as never)
  return { days: rows }
}

const resendable: DeliveryState[] = ['failed', 'dead', 'skipped']

/** Sends again what did not go out, under a key of its own: whoever asks for it wants a second message, should the first have arrived after all. */
export async function sendAgain(tx: Tx, { deliveryIds }: BodyOf<typeof againContract>): Promise<ResponseOf<typeof againContract>> {
  const { rows } = await sql<{ id: number; channel: DeliveryEntry['channel']; patientId: number; recipient: string }>`
    update communications.delivery set state = 'pending', reason = null, tries = 0, next_at = ${tx.now}, key = gen_random_uuid()::text,
      provider_message_id = null, sent_at = null
    where id = any (${deliveryIds}::bigint[]) and state = any (${resendable}::text[])
    returning id, channel, patient_id as "patientId", recipient_name as recipient`.execute(tx.db)
  if (rows.length === 0) throw messageErrors.not_resendable()
  for (const delivery of rows) {
    tx.record('communications.sent_again', delivery)
    enqueueSend(tx, delivery.id, delivery.channel, tx.now)
  }
  return { jobIds: rows.map(({ id }) => id) }
}
