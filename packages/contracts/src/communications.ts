import { Type } from 'typebox'
import type { Static } from 'typebox'
import { MessageChannel, MessageDriver, MessageEvent, RecipientKind } from './communications-setup.ts'
import { route } from './route.ts'
import { distinct, filledLine, nullable, oneOf, record, text } from './schema.ts'
import { ActorRef, Count, DateOnly, DateTime, FileBytes, Id, Page, Ref, dayRangeQuery, pageQuery, searchQuery } from './shared.ts'

/** dead: every try failed for a reason that might have passed. failed: refused for good. skipped: there was a reason not to send. */
export const DeliveryState = oneOf(['pending', 'sending', 'sent', 'delivered', 'failed', 'dead', 'skipped'])
export type DeliveryState = Static<typeof DeliveryState>

/** Why a message was put off, skipped or given up. */
export const DeliveryReason = oneOf([
  'no_address', 'no_consent', 'refused_consent', 'quiet_hours', 'too_many', 'report_withdrawn', 'nothing_due', 'retry', 'refused', 'no_answer', 'bounced',
])
export type DeliveryReason = Static<typeof DeliveryReason>

const deliveryFields = {
  id: Id, at: DateTime, channel: MessageChannel, state: DeliveryState, reason: nullable(DeliveryReason), event: nullable(MessageEvent),
  recipient: record({ kind: RecipientKind, name: Type.String(), address: nullable(Type.String()) }),
  patient: Type.Union([record({ id: Id, name: Type.String(), number: Type.String() }), Type.Null()]),
  beginning: Type.String({ description: 'the subject, or the first words' }),
  tries: Count, nextAt: nullable(DateTime), sentAt: nullable(DateTime), deliveredAt: nullable(DateTime), driver: nullable(MessageDriver),
}
export const DeliveryEntry = record(deliveryFields)
export type DeliveryEntry = Static<typeof DeliveryEntry>

export const DeliveryAttempt = record({
  startedAt: DateTime, endedAt: nullable(DateTime), driver: MessageDriver, outcome: nullable(oneOf(['accepted', 'refused', 'no_answer'])), answer: Type.String(),
})
export const Delivery = record({
  ...deliveryFields,
  subject: nullable(Type.String()), body: Type.String(), language: Type.String(), segments: nullable(Count),
  attachments: Type.Array(Type.String()), reports: Type.Array(record({ id: Id, number: Type.String(), test: Type.String() })),
  trigger: Type.Union([Ref, Type.Null()]), by: ActorRef, providerMessageId: nullable(Type.String()), attempts: Type.Array(DeliveryAttempt),
  link: Type.Union([record({ expiresAt: DateTime, opened: Count, lastOpenedAt: nullable(DateTime), lockedUntil: nullable(DateTime) }), Type.Null()]),
})
export type Delivery = Static<typeof Delivery>

const tags = ['communications']
const base = '/api/communications' as const

export const listDeliveries = route({
  method: 'GET', path: `${base}/deliveries`, permission: 'communications.view',
  summary: 'Messages, newest first', tags,
  query: record({
    ...pageQuery, ...searchQuery, ...dayRangeQuery, state: Type.Optional(distinct(DeliveryState, 7)), channel: Type.Optional(distinct(MessageChannel, 3)),
    event: Type.Optional(distinct(MessageEvent, 11)), patientId: Type.Optional(Id), reportId: Type.Optional(Id), billId: Type.Optional(Id),
  }),
  response: Page(DeliveryEntry), statements: 4,
})
export const getDelivery = route({
  method: 'GET', path: `${base}/deliveries/:deliveryId`, permission: 'communications.view',
  summary: 'One message as it was sent, with every attempt; that somebody read it is logged', tags, params: record({ deliveryId: Id }),
  response: Delivery, statements: 10,
})
export const countDeliveries = route({
  method: 'GET', path: `${base}/deliveries/counts`, permission: 'communications.view',
  summary: 'How many messages wait and how many could not be delivered, in the last thirty days', tags,
  response: record({ waiting: Count, undelivered: Count, sentToday: Count }), statements: 4,
})
export const DeliveryDay = record({ day: DateOnly, sent: Count, failed: Count, skipped: Count })
export type DeliveryDay = Static<typeof DeliveryDay>
export const chartDeliveries = route({
  method: 'GET', path: `${base}/deliveries/days`, permission: 'communications.view',
  summary: 'Messages of each day, the last thirty unless others are asked for', tags,
  query: record({ ...dayRangeQuery }), response: record({ days: Type.Array(DeliveryDay) }), statements: 4,
})
export const sendAgain = route({
  method: 'POST', path: `${base}/deliveries/send-again`, permission: 'communications.send',
  summary: 'Send messages again that could not be delivered or were skipped', tags,
  body: record({ deliveryIds: distinct(Id, 500) }), response: record({ jobIds: Type.Array(Id) }), errors: ['communications.not_resendable'], statements: 10,
})
/** Everything that can be sent by hand; one of report, bill and patient says what about. */
export const sendCommunication = route({
  method: 'POST', path: '/api-v3/communications/send', permission: 'communications.send',
  summary: 'Send a message by hand: by a template or with words of one\'s own. A job for each recipient and channel; answers their ids', tags,
  body: record({
    reportIds: Type.Optional(distinct(Id, 30)), billId: Type.Optional(Id), patientId: Type.Optional(Id),
    recipients: distinct(oneOf(['patient', 'doctor', 'organisation']), 3),
    templateIds: Type.Optional(distinct(Id, 6)),
    own: Type.Optional(record({ channels: distinct(MessageChannel, 3), subject: Type.Optional(filledLine(200)), body: text(5000) })),
    attachReport: Type.Optional(Type.Boolean()),
  }),
  response: record({ jobIds: Type.Array(Id) }), errors: ['communications.nothing_to_send', 'communications.template_wrong'], statements: 40,
})

/** A link's name: its number and a signature over it. */
const LinkToken = Type.String({ pattern: '^[0-9A-Za-z_-]{8,60}$' })
export const ReportLink = record({
  labName: Type.String(), labPhone: nullable(Type.String()), asksBirthDate: Type.Boolean(), expiresAt: DateTime,
  state: oneOf(['ready', 'expired', 'locked', 'being_revised']), reports: Count,
})
export type ReportLink = Static<typeof ReportLink>
export const getReportLink = route({
  method: 'GET', path: '/api/report-links/:token', permission: 'public',
  summary: 'What a link in a message leads to; nothing about the patient or the results', tags, params: record({ token: LinkToken }),
  response: ReportLink, errors: ['communications.link_invalid'], statements: 12,
})
export const openReportLink = route({
  method: 'POST', path: '/api/report-links/:token/open', permission: 'public',
  summary: 'The report behind a link, to whoever knows the patient\'s birth date where the lab asks for it', tags, params: record({ token: LinkToken }),
  body: record({ birthDate: Type.Optional(DateOnly) }), response: FileBytes, produces: 'application/pdf',
  errors: ['communications.link_invalid', 'communications.link_expired', 'communications.link_locked', 'communications.birth_date_wrong',
    'communications.being_revised'],
  statements: 40,
})
