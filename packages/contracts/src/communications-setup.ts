import { Type } from 'typebox'
import type { Static } from 'typebox'
import { route } from './route.ts'
import { filledLine, filledList, line, list, nullable, oneOf, partial, record, setOf, text } from './schema.ts'
import { Count, DateTime, Email, Id, Nothing, Page, Phone, TimeOfDay, Version, disabledQuery, pageQuery } from './shared.ts'

export const MessageChannel = oneOf(['sms', 'whatsapp', 'email'])
export type MessageChannel = Static<typeof MessageChannel>

/** What a message can be about; it decides which placeholders its template has. */
export const MessageScope = oneOf(['patient', 'order', 'report', 'bill'])
export type MessageScope = Static<typeof MessageScope>

export const MessageEvent = oneOf([
  'patient_registered', 'specimen_collected', 'specimen_rejected', 'critical_found', 'report_signed', 'report_amended', 'report_withdrawn',
  'bill_created', 'bill_due', 'bill_paid', 'bill_cancelled',
])
export type MessageEvent = Static<typeof MessageEvent>

export const RecipientKind = oneOf(['patient', 'doctor', 'organisation', 'fixed'])
export type RecipientKind = Static<typeof RecipientKind>

/** Which placeholders a template of each scope may use. */
export const messagePlaceholders = {
  patient: ['lab.name', 'lab.phone', 'lab.address', 'recipient.name', 'patient.name', 'patient.number', 'patient.age'],
  order: ['order.number', 'order.tests', 'order.collected_at', 'order.reason'],
  report: ['report.tests', 'report.numbers', 'report.signed_at', 'report.critical', 'report.link', 'report.link_days'],
  bill: ['bill.number', 'bill.total', 'bill.paid', 'bill.due', 'bill.date'],
} as const
export const placeholdersOf = (scope: MessageScope): readonly string[] => [
  ...messagePlaceholders.patient,
  ...(scope === 'order' || scope === 'report' ? messagePlaceholders.order : []),
  ...(scope === 'report' ? messagePlaceholders.report : []),
  ...(scope === 'bill' ? messagePlaceholders.bill : []),
]

export const scopeOfEvent: Record<MessageEvent, MessageScope> = {
  patient_registered: 'patient', specimen_collected: 'order', specimen_rejected: 'order', critical_found: 'report', report_signed: 'report',
  report_amended: 'report', report_withdrawn: 'report', bill_created: 'bill', bill_due: 'bill', bill_paid: 'bill', bill_cancelled: 'bill',
}
/** A template of a wider scope serves a narrower event: one about patients suits every event. */
export const suitsEvent = (scope: MessageScope, event: MessageEvent): boolean =>
  placeholdersOf(scope).every((name) => placeholdersOf(scopeOfEvent[event]).includes(name))

export const Language = Type.String({ pattern: '^[a-z]{2,3}$', description: 'ISO 639' })
const templateText = record({
  language: Language,
  subject: Type.Optional(line(200)),
  body: text(10_000),
  /** The template that the provider approved, and what fills its numbered places. */
  whatsapp: Type.Optional(record({ name: filledLine(120), language: line(15), parameters: list(filledLine(60), 20) })),
})
export type TemplateText = Static<typeof templateText>
const templateFields = {
  name: filledLine(80), channel: MessageChannel, scope: MessageScope, texts: filledList(templateText, 12), disabled: Type.Boolean(),
}
export const MessageTemplate = record({ id: Id, version: Version, ...templateFields, triggers: Count })
export type MessageTemplate = Static<typeof MessageTemplate>

const tags = ['communications']
const base = '/api/communications' as const
const errors = ['platform.already_exists', 'communications.template_wrong'] as const

export const listTemplates = route({
  method: 'GET', path: `${base}/templates`, permission: ['communications.view', 'communications.manage'],
  summary: 'Templates of messages by name', tags,
  query: record({ ...pageQuery, ...disabledQuery, channel: Type.Optional(MessageChannel), scope: Type.Optional(MessageScope) }),
  response: Page(MessageTemplate), statements: 4,
})
const { disabled: _disabled, ...newTemplate } = templateFields
export const createTemplate = route({
  method: 'POST', path: `${base}/templates`, permission: 'communications.manage',
  summary: 'Add a template; a placeholder that is not known is refused with its position', tags,
  body: record(newTemplate), response: MessageTemplate, status: 201, errors, statements: 8,
})
export const updateTemplate = route({
  method: 'PATCH', path: `${base}/templates/:templateId`, permission: 'communications.manage',
  summary: 'Change a template; messages that wait keep their words', tags,
  params: record({ templateId: Id }), body: record({ version: Version, ...partial(templateFields).properties }), response: MessageTemplate,
  errors: [...errors, 'platform.stale_version'],
  statements: 10,
})
export const installTemplates = route({
  method: 'POST', path: `${base}/templates/install`, permission: 'communications.manage',
  summary: 'The templates that come with the system, where none has their name, and triggers for them that are off', tags,
  body: record({}), response: record({ templates: Count, triggers: Count }), statements: 10,
})

export const Rendered = record({
  subject: nullable(Type.String()), body: Type.String(), parameters: nullable(Type.Array(Type.String())),
  length: Count, segments: nullable(Count), encoding: nullable(oneOf(['GSM-7', 'UCS-2'])),
})
export type Rendered = Static<typeof Rendered>
export const TemplateFault = record({ field: oneOf(['subject', 'body', 'parameters']), at: Count, length: Count, text: Type.String(), message: Type.String() })
export type TemplateFault = Static<typeof TemplateFault>
export const previewTemplate = route({
  method: 'POST', path: `${base}/templates/preview`, permission: 'communications.manage',
  summary: 'How a text reads with the lab\'s newest data, and what is wrong with it', tags,
  body: record({ channel: MessageChannel, scope: MessageScope, text: templateText }),
  response: record({ rendered: Rendered, faults: Type.Array(TemplateFault), example: nullable(Type.String()) }), statements: 20,
})

export const TriggerRecipient = record({
  kind: RecipientKind, name: Type.Optional(filledLine(120)), phone: Type.Optional(Phone), email: Type.Optional(Email),
})
export type TriggerRecipient = Static<typeof TriggerRecipient>
const triggerFields = {
  name: filledLine(80), event: MessageEvent, recipients: filledList(TriggerRecipient, 10), templateIds: setOf(Id, 6), attachReport: Type.Boolean(),
  delayMinutes: Type.Integer({ minimum: 0, maximum: 43_200 }), breaksQuietHours: Type.Boolean(), disabled: Type.Boolean(),
}
export const MessageTrigger = record({
  id: Id, version: Version, ...triggerFields,
  templates: Type.Array(record({ id: Id, name: Type.String(), channel: MessageChannel, disabled: Type.Boolean() })),
})
export type MessageTrigger = Static<typeof MessageTrigger>

export const listTriggers = route({
  method: 'GET', path: `${base}/triggers`, permission: ['communications.view', 'communications.manage'],
  summary: 'When messages are sent, to whom, by which templates', tags,
  query: record({ ...pageQuery, ...disabledQuery }), response: Page(MessageTrigger), statements: 4,
})
export const createTrigger = route({
  method: 'POST', path: `${base}/triggers`, permission: 'communications.manage',
  summary: 'Add a trigger', tags, body: record(triggerFields), response: MessageTrigger, status: 201, errors: ['platform.already_exists'], statements: 8,
})
export const updateTrigger = route({
  method: 'PATCH', path: `${base}/triggers/:triggerId`, permission: 'communications.manage',
  summary: 'Change a trigger, or turn it on or off', tags,
  params: record({ triggerId: Id }), body: record({ version: Version, ...partial(triggerFields).properties }), response: MessageTrigger,
  errors: ['platform.already_exists', 'platform.stale_version'], statements: 10,
})
export const TriedMessage = record({
  channel: MessageChannel, recipient: record({ kind: RecipientKind, name: Type.String(), address: nullable(Type.String()) }),
  subject: nullable(Type.String()), body: Type.String(), segments: nullable(Count), attachments: Type.Array(Type.String()),
  withheld: nullable(Type.String({ description: 'why it would not go out' })), sendsAt: DateTime,
})
export type TriedMessage = Static<typeof TriedMessage>
export const tryTrigger = route({
  method: 'POST', path: `${base}/triggers/try`, permission: 'communications.manage',
  summary: 'What a trigger would have sent for a past event, the newest unless one is named; nothing goes out', tags,
  body: record({
    event: MessageEvent, recipients: triggerFields.recipients, templateIds: triggerFields.templateIds, attachReport: Type.Boolean(),
    delayMinutes: triggerFields.delayMinutes, breaksQuietHours: Type.Boolean(), subjectId: Type.Optional(Id),
  }),
  response: record({ about: nullable(Type.String()), messages: Type.Array(TriedMessage) }), statements: 24,
})

/** 0: nothing was written yet. */
const SeenVersion = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
const settingFields = {
  quietFrom: nullable(TimeOfDay), quietTo: nullable(TimeOfDay),
  withoutConsent: oneOf(['send', 'withhold']),
  countryCode: Type.String({ pattern: '^\\+[1-9][0-9]{0,2}$' }),
  mostPerHour: Type.Integer({ minimum: 1, maximum: 1000 }),
  linkDays: Type.Integer({ minimum: 1, maximum: 365 }),
  linkAsksBirthDate: Type.Boolean(),
}
export const MessageSettings = record({ version: SeenVersion, ...settingFields })
export type MessageSettings = Static<typeof MessageSettings>
export const getMessageSettings = route({
  method: 'GET', path: `${base}/settings`, permission: ['communications.view', 'communications.manage'],
  summary: 'Quiet hours, consent, limits and links', tags, response: MessageSettings, statements: 4,
})
export const updateMessageSettings = route({
  method: 'PATCH', path: `${base}/settings`, permission: 'communications.manage',
  summary: 'Change the rules of messages', tags, body: record({ version: SeenVersion, ...partial(settingFields).properties }), response: MessageSettings,
  errors: ['platform.stale_version'], statements: 8,
})

export const Consent = record({
  patientId: Id, version: SeenVersion, sms: nullable(Type.Boolean()), whatsapp: nullable(Type.Boolean()), email: nullable(Type.Boolean()),
  language: nullable(Language), at: nullable(DateTime), by: nullable(Type.String()), withoutConsent: settingFields.withoutConsent,
})
export type Consent = Static<typeof Consent>
const ofPatient = { path: `${base}/patients/:patientId/consent` as const, tags, params: record({ patientId: Id }) }
export const getConsent = route({
  ...ofPatient, method: 'GET', permission: ['communications.view', 'communications.consent'],
  summary: 'By which ways a patient agreed to be reached', response: Consent, statements: 6,
})
export const setConsent = route({
  ...ofPatient, method: 'PUT', permission: 'communications.consent',
  summary: 'Record what the patient said', errors: ['platform.stale_version'],
  body: record({
    version: SeenVersion, sms: nullable(Type.Boolean()), whatsapp: nullable(Type.Boolean()), email: nullable(Type.Boolean()), language: nullable(Language),
  }),
  response: Consent, statements: 10,
})

/** Accounts with those who deliver; `mailbox` needs none and keeps messages here. */
export const MessageDriver = oneOf(['mailbox', 'smtp', 'sendgrid', 'twilio', 'pinnacle', 'interakt', 'http'])
export type MessageDriver = Static<typeof MessageDriver>
const config = {
  from: line(254), fromName: line(120), replyTo: line(254), host: line(253), port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  security: oneOf(['starttls', 'tls', 'none']), username: line(254), accountSid: line(60), messagingServiceSid: line(60), phoneNumberId: line(60),
  baseUrl: line(300), method: oneOf(['GET', 'POST', 'PUT']), url: line(1000), contentType: line(100), body: text(4000),
  headers: list(record({ name: Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }), value: line(500) }), 10), successText: line(200), idPath: line(100),
}
export const ProviderConfig = partial(config)
export type ProviderConfig = Static<typeof ProviderConfig>
const secret = text(4000)
const secrets = partial({ password: secret, apiKey: secret, authToken: secret, webhookKey: secret })
export type ProviderSecrets = Static<typeof secrets>
interface DriverFields {
  channels: readonly MessageChannel[]
  needs: readonly (keyof ProviderConfig)[]
  takes: readonly (keyof ProviderConfig)[]
  secrets: readonly (keyof ProviderSecrets)[]
  mayHave: readonly (keyof ProviderSecrets)[]
}
/** What each driver is told: fields it needs, others it takes, credentials it needs and may have. */
export const driverFields: Record<Exclude<MessageDriver, 'mailbox'>, DriverFields> = {
  smtp: { channels: ['email'], needs: ['host', 'port', 'security', 'from'], takes: ['fromName', 'replyTo', 'username'], secrets: [], mayHave: ['password'] },
  sendgrid: { channels: ['email'], needs: ['from'], takes: ['fromName', 'replyTo', 'baseUrl'], secrets: ['apiKey'], mayHave: ['webhookKey'] },
  twilio: { channels: ['sms', 'whatsapp'], needs: ['accountSid'], takes: ['from', 'messagingServiceSid', 'baseUrl'], secrets: ['authToken'], mayHave: [] },
  pinnacle: { channels: ['whatsapp'], needs: ['phoneNumberId'], takes: ['baseUrl'], secrets: ['apiKey'], mayHave: ['webhookKey'] },
  interakt: { channels: ['whatsapp'], needs: [], takes: ['baseUrl'], secrets: ['apiKey'], mayHave: ['webhookKey'] },
  http: {
    channels: ['sms'], needs: ['method', 'url'], takes: ['from', 'contentType', 'body', 'headers', 'successText', 'idPath'], secrets: [],
    mayHave: ['apiKey', 'webhookKey'],
  },
}
const AccountDriver = oneOf(['smtp', 'sendgrid', 'twilio', 'pinnacle', 'interakt', 'http'])
export const MessageProvider = record({
  id: Id, version: Version, name: Type.String(), channel: MessageChannel, driver: AccountDriver, config: ProviderConfig, inUse: Type.Boolean(),
  secretsSet: Type.Array(oneOf(['password', 'apiKey', 'authToken', 'webhookKey'])), callbackUrl: Type.String(),
})
export type MessageProvider = Static<typeof MessageProvider>
export const listProviders = route({
  method: 'GET', path: `${base}/providers`, permission: 'communications.manage',
  summary: 'Accounts with those who deliver messages; credentials are never answered', tags, query: record({ ...pageQuery }), response: Page(MessageProvider),
  statements: 4,
})
export const createProvider = route({
  method: 'POST', path: `${base}/providers`, permission: 'communications.manage',
  summary: 'Add an account; in use, it takes the place of the channel\'s other one', tags,
  body: record({ name: filledLine(80), channel: MessageChannel, driver: AccountDriver, config: ProviderConfig, secrets, inUse: Type.Boolean() }),
  response: MessageProvider, status: 201, errors: ['platform.already_exists'], statements: 10,
})
export const updateProvider = route({
  method: 'PATCH', path: `${base}/providers/:providerId`, permission: 'communications.manage',
  summary: 'Change an account; credentials that are left out stay', tags, params: record({ providerId: Id }),
  body: record({ version: Version, ...partial({ name: filledLine(80), config: ProviderConfig, secrets, inUse: Type.Boolean() }).properties }),
  response: MessageProvider, errors: ['platform.already_exists', 'platform.stale_version'], statements: 12,
})
export const testProvider = route({
  method: 'POST', path: `${base}/providers/:providerId/test`, permission: 'communications.manage',
  summary: 'Send one message to an address of yours by this account, and see what the provider answers', tags, params: record({ providerId: Id }),
  body: record({ to: filledLine(254) }), response: record({ ok: Type.Boolean(), answer: Type.String() }), statements: 10,
})
/** Providers report here what became of a message. The key is the account's; the provider's own signature is checked besides. */
export const takeCallback = route({
  method: 'POST', path: '/api/message-callbacks/:callbackKey', permission: 'public', raw: true,
  summary: 'A provider reports what became of messages', tags, params: record({ callbackKey: Type.String({ pattern: '^[0-9a-f]{36}$' }) }),
  response: Nothing, status: 204, errors: ['communications.callback_refused'], statements: 60,
})
