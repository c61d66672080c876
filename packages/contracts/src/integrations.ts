import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { distinct, filledLine, line, nullable, oneOf, partial, record, setOf } from './schema.ts'
import { Count, DateTime, Id, Page, Ref, Version, dayRangeQuery, disabledQuery, pageQuery } from './shared.ts'

/**
 * What a partner can be told of: the action of the activity log, the kind of record that the event carries, and its sentence.
 * `report` is GET …/reports/{id}, `patient`, `bill` and `accession` likewise; `specimen` is carried as its accession.
 */
export const integrationEvents = {
  'patients.registered': { subject: 'patient', says: 'A patient was registered' },
  'patients.updated': { subject: 'patient', says: 'Details of a patient were changed' },
  'billing.billed': { subject: 'bill', says: 'Tests were billed' },
  'billing.bill_updated': { subject: 'bill', says: 'A bill was changed' },
  'billing.cancelled': { subject: 'bill', says: 'A bill was cancelled' },
  'billing.paid': { subject: 'bill', says: 'A payment was taken' },
  'billing.refunded': { subject: 'bill', says: 'Money was paid back' },
  'reports.ordered': { subject: 'accession', says: 'Tests were ordered' },
  'reports.order_changed': { subject: 'accession', says: 'An order was changed' },
  'reports.completed': { subject: 'report', says: 'Results are complete' },
  'reports.verified': { subject: 'report', says: 'Results were verified' },
  'reports.signed': { subject: 'report', says: 'A report was signed' },
  'reports.unsigned': { subject: 'report', says: 'A signature was taken back' },
  'reports.amended': { subject: 'report', says: 'A signed report is being amended' },
  'reports.cancelled': { subject: 'report', says: 'An ordered test was cancelled' },
} as const
export type IntegrationEvent = keyof typeof integrationEvents
export const IntegrationEvent = oneOf(Object.keys(integrationEvents) as IntegrationEvent[])

/** The troubles that the seed's directory retries by itself; `x` in a status stands for any digit. */
export const retriedByDefault = ['No response', 'Connection Timeout', 'HTTP 408', 'HTTP 429', 'HTTP 5xx']

const HeaderName = Type.String({ maxLength: 60, pattern: '^[A-Za-z][A-Za-z0-9-]*$' })
const partnerFields = {
  name: filledLine(80),
  url: Type.String({ maxLength: 500, pattern: '^https?://[^\\s@]+$', description: 'http or https, without a password in it' }),
  actions: distinct(IntegrationEvent, Object.keys(integrationEvents).length),
  organisationId: nullable(Id),
  hidePersonal: Type.Boolean({ description: 'names, birth dates, phones and addresses are left out of our log of what was sent' }),
  timeoutSeconds: Type.Integer({ minimum: 1, maximum: 30 }),
  attempts: Type.Integer({ minimum: 1, maximum: 50, description: 'tries in all' }),
  firstDelaySeconds: Type.Integer({ minimum: 1, maximum: 3600, description: 'until the second try; then twice as long each time' }),
  retryOn: setOf(filledLine(80), 20),
  disabled: Type.Boolean(),
}
const headers = Type.Array(record({ name: HeaderName, value: line(1000) }), { maxItems: 10, description: 'sent with each request; values are never shown again' })

export const Circuit = oneOf(['closed', 'open', 'trying'])
export const Partner = record({
  id: Id, version: Version, ...partnerFields, organisation: nullable(Ref),
  headerNames: Type.Array(Type.String()), secretHints: Type.Array(Type.String({ description: 'the last four characters' })),
  health: record({
    circuit: Circuit, openUntil: nullable(DateTime), failingSince: nullable(DateTime), failures: Count, lastSuccessAt: nullable(DateTime), trouble: nullable(Type.String()),
    waiting: Count, failed: Count, deliveredToday: Count,
  }),
})
export type Partner = Static<typeof Partner>
/** The secret is shown when it is made, and never again. */
export const PartnerWithSecret = record({ partner: Partner, secret: Type.String() })

const partnerParams = record({ partnerId: Id })
const { name: _name, url: _url, actions: _actions, ...optionalFields } = partnerFields

export const listPartners = route({
  method: 'GET', path: '/api/integrations/partners', permission: 'integrations.view',
  summary: 'The integration directory, with the health of each partner', tags: ['integrations'],
  query: record({ ...pageQuery, ...disabledQuery }), response: Page(Partner), statements: 4,
})
export const getPartner = route({
  method: 'GET', path: '/api/integrations/partners/:partnerId', permission: 'integrations.view',
  summary: 'One partner', tags: ['integrations'], params: partnerParams, response: Partner, statements: 4,
})
export const createPartner = route({
  method: 'POST', path: '/api/integrations/partners', permission: 'integrations.manage',
  summary: 'Connect a partner; the answer has its secret, this once', tags: ['integrations'],
  body: record({ name: partnerFields.name, url: partnerFields.url, actions: partnerFields.actions, headers: Type.Optional(headers), ...partial(optionalFields).properties }),
  response: PartnerWithSecret, status: 201, errors: ['platform.already_exists', 'integrations.private_address'], statements: 12,
})
export const updatePartner = route({
  method: 'PATCH', path: '/api/integrations/partners/:partnerId', permission: 'integrations.manage',
  summary: 'Change a partner', tags: ['integrations'],
  params: partnerParams, body: record({ version: Version, headers: Type.Optional(headers), ...partial(partnerFields).properties }),
  response: Partner, errors: ['platform.already_exists', 'platform.stale_version', 'integrations.private_address'], statements: 12,
})
export const rotateSecret = route({
  method: 'POST', path: '/api/integrations/partners/:partnerId/secret', permission: 'integrations.manage',
  summary: 'Make a new secret; both are signed with until the old one is dropped', tags: ['integrations'],
  params: partnerParams, body: record({ version: Version, drop: Type.Optional(Type.Boolean({ description: 'drop the old one instead' })) }),
  response: record({ partner: Partner, secret: nullable(Type.String()) }), errors: ['platform.stale_version'], statements: 12,
})
export const testPartner = route({
  method: 'POST', path: '/api/integrations/partners/:partnerId/test', permission: 'integrations.manage',
  summary: 'Send a ping, and show what was said', tags: ['integrations'],
  params: partnerParams, body: record({}), response: record({ exchangeId: Id, status: nullable(Type.Integer()), trouble: nullable(Type.String()), milliseconds: Count }), statements: 12,
})
export const closeCircuit = route({
  method: 'POST', path: '/api/integrations/partners/:partnerId/close-circuit', permission: 'integrations.replay',
  summary: 'Send again now to a partner that we had given a rest', tags: ['integrations'],
  params: partnerParams, body: record({}), response: Partner, statements: 12,
})

/** waiting: for its first or next try, or behind an earlier event of the same record. */
export const PartnerEventState = oneOf(['pending', 'delivered', 'failed', 'dropped'])
export const PartnerEvent = record({
  id: Id, eventId: Type.String(), partner: Ref, action: Type.String(), subject: record({ type: Type.String(), id: Id }), patientId: nullable(Id), message: Type.String(),
  happenedAt: DateTime, state: PartnerEventState, attempts: Count, dueAt: nullable(DateTime), deliveredAt: nullable(DateTime), trouble: nullable(Type.String()),
})
export type PartnerEvent = Static<typeof PartnerEvent>
export const PartnerExchange = record({
  id: Id, at: DateTime, milliseconds: Count, url: Type.String(), requestHeaders: Type.Record(Type.String(), Type.String()), requestBody: Type.String(),
  status: nullable(Type.Integer()), answerHeaders: Type.Record(Type.String(), Type.String()), answerBody: Type.String(), trouble: nullable(Type.String()),
})
export type PartnerExchange = Static<typeof PartnerExchange>

const deliveryParams = record({ deliveryId: Id })
export const listPartnerEvents = route({
  method: 'GET', path: '/api/integrations/deliveries', permission: 'integrations.view',
  summary: 'What partners were told, newest first', tags: ['integrations'],
  query: record({
    ...pageQuery, ...dayRangeQuery, partnerId: Type.Optional(Id), state: Type.Optional(PartnerEventState), action: Type.Optional(IntegrationEvent),
    patientId: Type.Optional(Id), reportId: Type.Optional(Id),
  }),
  response: Page(PartnerEvent), statements: 4,
})
export const getPartnerEvent = route({
  method: 'GET', path: '/api/integrations/deliveries/:deliveryId', permission: 'integrations.view',
  summary: 'One event with each request and answer; opening it is logged', tags: ['integrations'],
  params: deliveryParams, response: record({ delivery: PartnerEvent, exchanges: Type.Array(PartnerExchange) }), statements: 10,
})
export const replayPartnerEvents = route({
  method: 'POST', path: '/api/integrations/deliveries/replay', permission: 'integrations.replay',
  summary: 'Send events again, with the ids that they had', tags: ['integrations'],
  body: record({ ids: distinct(Id, 500) }), response: record({ queued: Count }), statements: 12,
})
export const dropPartnerEvents = route({
  method: 'POST', path: '/api/integrations/deliveries/drop', permission: 'integrations.replay',
  summary: 'Never send these events', tags: ['integrations'],
  body: record({ ids: distinct(Id, 500) }), response: record({ dropped: Count }), statements: 12,
})
