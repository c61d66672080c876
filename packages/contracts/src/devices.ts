import { Type } from 'typebox'
import type { Static } from 'typebox'
import { DeviceProfile, DeviceProtocol, TestMapping } from './devices-profile.ts'
import { Flag } from './reports.ts'
import { ReportStatus } from './reports-status.ts'
import { route } from './route.ts'
import { distinct, filledLine, filledList, line, list, nullable, oneOf, partial, record, text } from './schema.ts'
import { ActorRef, Code, Count, DateOnly, DateTime, Id, Page, Reason, Ref, Version, disabledQuery, pageQuery, searchQuery } from './shared.ts'

const instrumentFields = {
  code: Code,
  name: filledLine(80),
  model: line(80),
  serial: line(80),
  departmentId: nullable(Id),
  profileId: Id,
  port: Type.Integer({ minimum: 1024, maximum: 65_535, description: 'where this system listens for it' }),
  peers: list(Type.String({ minLength: 2, maxLength: 45, pattern: '^[0-9a-fA-F.:]+$' }), 20),
  mappings: list(TestMapping, 500),
  autoRelease: Type.Boolean({ description: 'results without a doubt go into their reports by themselves' }),
  autoComplete: Type.Boolean(),
  autoVerify: Type.Boolean({ description: 'when every value is normal, without flags, and near the patient\'s last one' }),
  autoSignBy: nullable(Id),
  deltaPercent: Type.Integer({ minimum: 1, maximum: 1000, description: 'how far from the last value auto-verification goes' }),
  disabled: Type.Boolean(),
}
export const Instrument = record({
  id: Id, version: Version, ...instrumentFields,
  profile: record({ id: Id, name: Type.String(), version: Version, protocol: DeviceProtocol }),
  live: record({
    listening: Type.Boolean(), trouble: nullable(Type.String()), connections: Count, lastMessageAt: nullable(DateTime), lastPeer: nullable(Type.String()),
  }),
  today: record({ messages: Count, results: Count, waiting: Count, held: Count }),
})
export type Instrument = Static<typeof Instrument>

const instrumentParams = record({ instrumentId: Id })
const { code: _code, name: _name, profileId: _profile, port: _port, ...laterFields } = instrumentFields

export const listInstruments = route({
  method: 'GET', path: '/api/devices/instruments', permission: 'devices.view',
  summary: 'Instruments with their live state', tags: ['devices'],
  query: record({ ...pageQuery, ...disabledQuery }), response: Page(Instrument), statements: 4,
})
export const createInstrument = route({
  method: 'POST', path: '/api/devices/instruments', permission: 'devices.manage',
  summary: 'Add an instrument', tags: ['devices'],
  body: record({ code: instrumentFields.code, name: instrumentFields.name, profileId: instrumentFields.profileId, port: instrumentFields.port, ...partial(laterFields).properties }),
  response: Instrument, status: 201, errors: ['platform.already_exists', 'devices.port_taken'], statements: 12,
})
export const updateInstrument = route({
  method: 'PATCH', path: '/api/devices/instruments/:instrumentId', permission: 'devices.manage',
  summary: 'Change an instrument, its mappings or its automation', tags: ['devices'],
  params: instrumentParams, body: record({ version: Version, ...partial(instrumentFields).properties }),
  response: Instrument, errors: ['platform.already_exists', 'platform.stale_version', 'devices.port_taken'], statements: 12,
})
export const sendOrders = route({
  method: 'POST', path: '/api/devices/instruments/:instrumentId/orders', permission: 'devices.release',
  summary: 'Download orders of these specimens to the instrument, when it is connected', tags: ['devices'],
  params: instrumentParams, body: record({ specimenNumbers: distinct(filledLine(40), 200) }),
  response: record({ queued: Count, unknown: Type.Array(Type.String()) }), errors: ['devices.not_possible'], statements: 12,
})

export const ProfileSummary = record({ id: Id, name: Type.String(), version: Version, protocol: DeviceProtocol, instruments: Count, changedAt: DateTime, changedBy: ActorRef })
export const Profile = record({
  id: Id, name: filledLine(80), version: Version, definition: DeviceProfile, note: Type.String(), changedAt: DateTime, changedBy: ActorRef,
  versions: Type.Array(record({ version: Version, note: Type.String(), at: DateTime, by: ActorRef })),
})
export type Profile = Static<typeof Profile>
const profileParams = record({ profileId: Id })

export const listProfiles = route({
  method: 'GET', path: '/api/devices/profiles', permission: 'devices.view',
  summary: 'Profiles: how models of instruments speak', tags: ['devices'],
  query: record({ ...pageQuery }), response: Page(ProfileSummary), statements: 4,
})
export const getProfile = route({
  method: 'GET', path: '/api/devices/profiles/:profileId', permission: 'devices.view',
  summary: 'One profile as it is now, or in an earlier version', tags: ['devices'],
  params: profileParams, query: record({ version: Type.Optional(Version) }), response: Profile, statements: 5,
})
export const createProfile = route({
  method: 'POST', path: '/api/devices/profiles', permission: 'devices.manage',
  summary: 'Write a profile', tags: ['devices'],
  body: record({ name: filledLine(80), definition: DeviceProfile, note: Type.Optional(line(300)) }),
  response: Profile, status: 201, errors: ['platform.already_exists'], statements: 10,
})
export const installProfiles = route({
  method: 'POST', path: '/api/devices/profiles/shipped', permission: 'devices.manage',
  summary: 'Take over the profiles that come with Aliquot, of which the lab has none of that name; starting points that the lab must validate', tags: ['devices'],
  body: record({}), response: record({ installed: Type.Array(Type.String()) }), statements: 60,
})
export const updateProfile = route({
  method: 'PUT', path: '/api/devices/profiles/:profileId', permission: 'devices.manage',
  summary: 'Write the next version of a profile; instruments that use it follow', tags: ['devices'],
  params: profileParams, body: record({ version: Version, name: filledLine(80), definition: DeviceProfile, note: line(300) }),
  response: Profile, errors: ['platform.already_exists', 'platform.stale_version'], statements: 10,
})

/** stored: not read yet. processed: all of it was understood. held: some of it waits for a person. rejected: no message of the protocol. */
export const MessageState = oneOf(['stored', 'processed', 'held', 'rejected', 'incomplete', 'dismissed'])
export const MessageKind = oneOf(['results', 'query', 'qc', 'other'])

export const ResultState = oneOf(['waiting', 'held', 'released', 'dismissed', 'qc'])
export type ResultState = Static<typeof ResultState>
/** Why a person must look. */
export const HoldReason = oneOf([
  'unknown_instrument', 'unknown_sample', 'no_sample_id', 'unmapped_test', 'unwanted_test', 'no_open_report', 'several_reports', 'not_received', 'unit_differs', 'no_value', 'not_a_number', 'not_a_choice',
  'flagged', 'implausible', 'report_closed', 'value_exists', 'correction', 'qc_out_of_control', 'not_read', 'control_unknown',
])
export type HoldReason = Static<typeof HoldReason>

/** One result as it was sent, and what is to become of it. */
export const DeviceResult = record({
  id: Id,
  version: Version,
  messageId: Id,
  instrument: nullable(Ref),
  sampleId: Type.String(),
  testCode: Type.String(),
  value: Type.String({ description: 'as sent' }),
  unit: Type.String(),
  flags: Type.Array(Type.String()),
  status: Type.String(),
  measuredAt: nullable(DateTime),
  comments: Type.Array(Type.String()),
  state: ResultState,
  reason: nullable(HoldReason),
  detail: nullable(Type.String()),
  report: nullable(record({ id: Id, number: Type.String(), status: ReportStatus, patient: Type.String(), patientNumber: Type.String(), test: Type.String() })),
  parameter: nullable(record({ code: Type.String({ description: 'of a parameter, or in lower case the key of a gene, organism or control' }), name: Type.String() })),
  result: nullable(Type.String({ description: 'in the unit of the report' })),
  resultUnit: nullable(Type.String()),
  resultFlag: nullable(Flag),
  previous: nullable(record({ value: Type.String(), at: DateTime })),
  receivedAt: DateTime,
  decidedAt: nullable(DateTime),
  decidedBy: nullable(ActorRef),
})
export type DeviceResult = Static<typeof DeviceResult>

const messageFields = {
  id: Id, receivedAt: DateTime, instrument: nullable(Ref), port: Type.Integer(), peer: Type.String(),
  protocol: oneOf(['hl7', 'astm', 'astm_unframed', 'json']), kind: MessageKind,
  state: MessageState, reason: nullable(HoldReason), detail: nullable(Type.String()), size: Count, controlId: nullable(Type.String()), copies: Count,
  results: Count, held: Count, sampleIds: Type.Array(Type.String()),
}
export const MessageEntry = record(messageFields)
export type MessageEntry = Static<typeof MessageEntry>
export const DeviceMessage = record({
  ...messageFields, sha256: Type.String(),
  text: Type.String({ description: 'decoded, control characters shown as ␂ and the like' }), lossy: Type.Boolean(),
  answer: nullable(Type.String()), entries: Type.Array(DeviceResult),
})
export type DeviceMessage = Static<typeof DeviceMessage>

export const listMessages = route({
  method: 'GET', path: '/api/devices/messages', permission: 'devices.view',
  summary: 'The inbox: everything that instruments sent, newest first', tags: ['devices'],
  query: record({
    ...pageQuery, ...searchQuery, state: Type.Optional(distinct(MessageState, 6)), kind: Type.Optional(distinct(MessageKind, 4)), instrumentId: Type.Optional(Id),
    from: Type.Optional(DateOnly), to: Type.Optional(DateOnly),
  }),
  response: Page(MessageEntry), statements: 4,
})
export const getMessage = route({
  method: 'GET', path: '/api/devices/messages/:messageId', permission: 'devices.view',
  summary: 'One message, raw and read; the reading is logged', tags: ['devices'],
  params: record({ messageId: Id }), response: DeviceMessage, statements: 12,
})

const Outcome = record({ messageId: Id, sampleId: Type.String(), testCode: Type.String(), value: Type.String(), state: ResultState, reason: nullable(HoldReason), parameter: nullable(Type.String()) })
export const replayMessages = route({
  method: 'POST', path: '/api/devices/messages/replay', permission: 'devices.manage',
  summary: 'Read messages again with the profile as it is now; a dry run shows what would differ', tags: ['devices'],
  body: record({ messageIds: Type.Optional(distinct(Id, 500)), reason: Type.Optional(HoldReason), instrumentId: Type.Optional(Id), dryRun: Type.Boolean() }),
  response: record({ done: Type.Boolean(), messages: Count, before: Type.Array(Outcome), after: Type.Array(Outcome) }), statements: 4000,
})
export const dismissMessages = route({
  method: 'POST', path: '/api/devices/messages/dismiss', permission: 'devices.manage',
  summary: 'These messages need nothing; they stay in the inbox with the reason', tags: ['devices'],
  body: record({ messageIds: distinct(Id, 500), reason: Reason }), response: record({ dismissed: Count }), statements: 10,
})
/** Reads a message with a definition that is being written; nothing is stored. */
export const tryProfile = route({
  method: 'POST', path: '/api/devices/profiles/try', permission: 'devices.manage',
  summary: 'What a definition would make of a message: one of the inbox, or a text', tags: ['devices'],
  body: record({ definition: DeviceProfile, messageId: Type.Optional(Id), text: Type.Optional(text(1_000_000)) }),
  response: record({
    kind: MessageKind, sender: Type.String(),
    samples: Type.Array(record({
      sampleId: Type.String(), qc: Type.Boolean(), control: nullable(Type.String()), level: nullable(Type.String()), lot: nullable(Type.String()),
      results: Type.Array(record({
        testCode: Type.String(), value: Type.String(), unit: Type.String(), flags: Type.Array(Type.String()), status: Type.String(), measuredAt: nullable(DateTime),
        comments: Type.Array(Type.String()), parameter: nullable(Type.String()), skipped: Type.Boolean(),
      })),
    })),
    queried: Type.Array(Type.String()), problems: Type.Array(Type.String()),
  }),
  errors: ['devices.unreadable'], statements: 5,
})

export const listDeviceResults = route({
  method: 'GET', path: '/api/devices/results', permission: 'devices.view',
  summary: 'The validation queue: results that wait to be released, and those held', tags: ['devices'],
  query: record({
    ...pageQuery, ...searchQuery, state: Type.Optional(distinct(ResultState, 5)), reason: Type.Optional(distinct(HoldReason, 20)), instrumentId: Type.Optional(Id),
  }),
  response: Page(DeviceResult), statements: 6,
})
export const countDeviceResults = route({
  method: 'GET', path: '/api/devices/results/counts', permission: 'devices.view',
  summary: 'How much waits, and why', tags: ['devices'],
  response: record({ waiting: Count, held: Count, reasons: Type.Array(record({ reason: HoldReason, count: Count })) }), statements: 4,
})

/** What an integration that read the instrument itself hands over; the same queue, rules and holds. */
export const saveDeviceResults = route({
  method: 'POST', path: '/api/devices/save_device_results', permission: 'devices.send',
  summary: 'Hand results over for validation', tags: ['devices'],
  body: record({
    device_id: Id,
    results: filledList(record({
      sample_id: filledLine(80), code: filledLine(80), value: line(2000), unit: Type.Optional(line(40)), flags: Type.Optional(list(line(40), 20)), measured_at: Type.Optional(DateTime),
    }), 500),
  }),
  response: record({ messageId: Id, results: Type.Array(DeviceResult) }), status: 201, statements: 60,
})
export const releaseParameters = route({
  method: 'POST', path: '/api/devices/release_parameters', permission: 'devices.release',
  summary: 'Let results into their reports; each succeeds or says why not', tags: ['devices'],
  body: record({ results: filledList(record({ id: Id, version: Version, confirmed: Type.Optional(Type.Boolean()) }), 200) }),
  response: record({ outcomes: Type.Array(record({ id: Id, ok: Type.Boolean(), code: nullable(Type.String()), detail: nullable(Type.String()) })) }), statements: 2000,
})
export const matchResults = route({
  method: 'POST', path: '/api/devices/results/match', permission: 'devices.release',
  summary: 'Say to which specimen held results belong', tags: ['devices'],
  body: record({ resultIds: distinct(Id, 200), specimenNumber: filledLine(40), reason: Reason }),
  response: record({ results: Type.Array(DeviceResult) }), errors: ['devices.not_possible'], statements: 40,
})
export const dismissResults = route({
  method: 'POST', path: '/api/devices/results/dismiss', permission: 'devices.release',
  summary: 'These results are not wanted; they stay on record with the reason', tags: ['devices'],
  body: record({ resultIds: distinct(Id, 200), reason: Reason }), response: record({ dismissed: Count }), statements: 10,
})

export const UnmappedCode = record({ instrument: Ref, testCode: Type.String(), count: Count, lastAt: DateTime, examples: Type.Array(Type.String()), unit: Type.String() })
export type UnmappedCode = Static<typeof UnmappedCode>
export const listUnmappedCodes = route({
  method: 'GET', path: '/api/devices/unmapped', permission: 'devices.view',
  summary: 'Codes that instruments sent and no mapping knows', tags: ['devices'],
  query: record({ ...pageQuery, instrumentId: Type.Optional(Id) }), response: Page(UnmappedCode), statements: 4,
})
