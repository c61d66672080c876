import { Type } from 'typebox'
import type { Static } from 'typebox'
import { PermissionName } from './permissions.ts'
import { route } from './route.ts'
import { distinct, filledLine, nullable, oneOf, record } from './schema.ts'
import { ActorKind, ActorRef, Count, Currency, DateTime, Id, Nothing, Page, Ref, SignRank, dayRangeQuery, pageQuery, searchQuery } from './shared.ts'

export const Liveness = record({ status: oneOf(['ok']) })

export const getHealth = route({
  method: 'GET', path: '/healthz', permission: 'public',
  summary: 'Is the process alive', tags: ['platform'],
  response: Liveness, statements: 0,
})

export const Readiness = record({ status: oneOf(['ready']) })

export const getReadiness = route({
  method: 'GET', path: '/readyz', permission: 'public',
  summary: 'Can the process serve: database reached, migrations applied', tags: ['platform'],
  response: Readiness, errors: ['platform.not_ready'], statements: 1,
})

/** Permission flags under the names that older clients read. */
export const SessionFlags = record({
  userAddNewPatientFlag: Type.Boolean({ description: 'holds patients.register' }),
  is_doctor: Type.Boolean({ description: 'signed in as a referring doctor' }),
})

export const Session = record({
  user: record({
    id: Id, kind: ActorKind, username: Type.String(), name: Type.String(), title: nullable(Type.String()), email: nullable(Type.String()),
    role: nullable(Ref), signRank: SignRank, departmentIds: Type.Array(Id), doctorId: nullable(Id), organisationId: nullable(Id),
    twoFactor: Type.Boolean(),
  }),
  lab: record({
    id: Id, code: Type.String(), name: Type.String(), timezone: Type.String(), locale: Type.String(), currency: Currency, zone: Type.String(),
  }),
  permissions: Type.Array(PermissionName),
  flags: SessionFlags,
})
export type Session = Static<typeof Session>

export const getSession = route({
  method: 'GET', path: '/api/session', permission: null,
  summary: 'Who is signed in, to which lab, and what they may do', tags: ['platform'],
  response: Session, statements: 5,
})

export const setFirstPassword = route({
  method: 'POST', path: '/api/session/password', permission: null,
  summary: 'Choose a password after a one-time link; other sessions of the account end', tags: ['platform'],
  body: record({ password: Type.String({ minLength: 10, maxLength: 128 }) }),
  response: Nothing, status: 204, errors: ['labs.password_already_set'], statements: 5,
})

/** Kinds of records that hints name. */
export const HintTopic = oneOf([
  'lab', 'account', 'role', 'organisation', 'doctor', 'department', 'domain', 'outsource_lab', 'test', 'panel', 'patient', 'attachment', 'object',
  'accession', 'specimen', 'report', 'bill', 'payment', 'instrument', 'profile', 'message', 'result', 'qc', 'partner', 'partner_event', 'endpoint',
  'insurance_group', 'claim', 'gene', 'antibiotic', 'organism', 'target_mapping', 'missing_detail', 'missing_field', 'isolate', 'template',
  'trigger', 'provider', 'delivery', 'clinic', 'image', '*',
])
export type HintTopic = Static<typeof HintTopic>

/** Something changed: id 0 is any record of the topic, topic `*` is everything. A hint may be lost; a screen that reconnects loads its data again. */
export const Hint = record({ topic: HintTopic, id: Count })
export type Hint = Static<typeof Hint>

export const streamEvents = route({
  method: 'GET', path: '/api/events', permission: null,
  summary: 'What changed, as server-sent events: `hint` with a list of them', tags: ['platform'],
  response: Type.Array(Hint), produces: 'text/event-stream', statements: 0,
})

/** How hints come to a browser: as server-sent events of this server, or through a server that speaks the Pusher protocol. */
export const RealtimeSettings = Type.Union([
  record({ driver: oneOf(['events']) }),
  record({
    driver: oneOf(['pusher']), channel: Type.String(), key: Type.String(), cluster: Type.String(),
    url: nullable(Type.String({ description: 'where the server is; null: Pusher, by cluster' })),
  }),
])
export type RealtimeSettings = Static<typeof RealtimeSettings>

export const getRealtime = route({
  method: 'GET', path: '/api/realtime', permission: null,
  summary: 'How live hints reach this browser', tags: ['platform'],
  response: RealtimeSettings, statements: 0,
})

export const allowChannel = route({
  method: 'POST', path: '/api/realtime/channel', permission: null,
  summary: 'The signature with which a connection may listen to its own lab', tags: ['platform'],
  body: record({ socketId: Type.String({ pattern: '^\\d{1,20}\\.\\d{1,20}$' }), channel: Type.String({ pattern: '^[\\w-]{1,100}$' }) }),
  response: record({ auth: Type.String() }), errors: ['platform.forbidden', 'platform.not_found'], statements: 0,
})

export const SearchKind = oneOf(['patient', 'report', 'bill', 'accession', 'staff', 'test', 'object', 'instrument', 'activity'])
export type SearchKind = Static<typeof SearchKind>

export const SearchHit = record({
  kind: SearchKind, id: Id, title: Type.String(), subtitle: Type.String(),
  url: Type.String({ description: 'path of the screen in the web application' }),
})
export type SearchHit = Static<typeof SearchHit>

export const searchEverything = route({
  method: 'GET', path: '/api/search', permission: 'platform.search',
  summary: 'Search across kinds, forgiving typing errors; only what the caller may see', tags: ['platform'],
  query: record({
    q: filledLine(100),
    kinds: Type.Optional(distinct(SearchKind, 9)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
  }),
  response: record({ hits: Type.Array(SearchHit) }), statements: 4,
})

export const ActivityEntry = record({
  id: Id,
  at: DateTime,
  actor: ActorRef,
  action: Type.String({ examples: ['patients.patient_registered'] }),
  category: Type.Integer({ description: 'numeric category of the action' }),
  subject: record({ type: Type.String(), id: Id }),
  patientId: nullable(Id),
  message: Type.String(),
  detail: nullable(Type.Record(Type.String(), Type.Unknown())),
  requestId: nullable(Type.String()),
  sealed: Type.Boolean({ description: 'already part of the hash chain' }),
})
export type ActivityEntry = Static<typeof ActivityEntry>

const activityQuery = {
  ...searchQuery, ...dayRangeQuery,
  patientId: Type.Optional(Id),
  reportId: Type.Optional(Id),
  subjectType: Type.Optional(Type.String({ pattern: '^[a-z_]{1,40}$', description: 'kind of the record, such as report' })),
  subjectId: Type.Optional(Id),
  accountId: Type.Optional(Id),
  category: Type.Optional(Type.Integer({ minimum: 0, maximum: 32_767 })),
  action: Type.Optional(Type.String({ pattern: '^[a-z_-]+\\.[a-z_]+$', maxLength: 80 })),
}

export const listActivity = route({
  method: 'GET', path: '/api/activity', permission: 'platform.view_activity',
  summary: 'Who did what, newest first', tags: ['platform'],
  query: record({ ...pageQuery, ...activityQuery }),
  response: Page(ActivityEntry), statements: 4,
})

export const exportActivity = route({
  method: 'GET', path: '/api/activity/export', permission: 'platform.view_activity',
  summary: 'The entries that pass the filter, newest first, as CSV; that somebody took them is logged', tags: ['platform'],
  query: record(activityQuery), response: Type.String(), produces: 'text/csv', statements: 5,
})

export const ActivityAction = record({
  action: Type.String(), category: Type.Integer(), subject: Type.String(),
  says: Type.String({ description: 'the sentence of the log, with {names} where values come' }),
})
export type ActivityAction = Static<typeof ActivityAction>

export const listActivityActions = route({
  method: 'GET', path: '/api/activity/actions', permission: 'platform.view_activity',
  summary: 'Everything that the log can tell of, with its numeric category', tags: ['platform'],
  response: record({ items: Type.Array(ActivityAction) }), statements: 0,
})

export const LogStretch = record({
  links: Count, rows: Count, unsealed: Type.Integer({ minimum: 0, description: 'known at the end of the chain only' }),
  problems: Type.Array(record({ sequence: Count, activityId: nullable(Id), message: Type.String() })),
  goOnAt: nullable(Type.Integer({ description: 'the link with which to go on; null: this was the last' })),
})
export type LogStretch = Static<typeof LogStretch>

export const verifyActivity = route({
  method: 'GET', path: '/api/activity/verification', permission: 'platform.view_activity',
  summary: "Recomputes a stretch of the log's hash chain and names what was changed, removed or put in", tags: ['platform'],
  query: record({ from: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1 })) }),
  response: LogStretch, statements: 4,
})
