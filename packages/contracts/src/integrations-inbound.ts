import { Type } from 'typebox'
import type { Static } from 'typebox'
import { RegisterPatientBody } from './patients.ts'
import { route } from './route.ts'
import { distinct, filledLine, filledList, list, nullable, oneOf, partial, record, text } from './schema.ts'
import { Count, DateTime, IcdCodes, Id, Page, Priority, Ref, Version, dayRangeQuery, pageQuery } from './shared.ts'

const { userDetailsId: _id, version: _version, organisationId: _organisation, doctorId: _doctor, allowedTests: _tests, idProofs: _proofs, source: _source,
  ...details } = RegisterPatientBody.properties

const theirCode = filledLine(80)
const Parties = { organisation: Type.Optional(nullable(theirCode)), doctor: Type.Optional(nullable(theirCode)) }
const PatientDetails = record({ ...details, ...Parties })
/** Who it is about: our GUID, or our number. */
const Known = { guid: Type.Optional(Type.String({ format: 'uuid' })), number: Type.Optional(filledLine(20)) }

/** What a partner may send, by `operation`. Tests, organisations and doctors are named by the partner's codes where they are mapped, else by ours. */
export const inboundOperations = {
  register_patient: record({ operation: Type.Literal('register_patient'), patient: PatientDetails }),
  update_patient: record({ operation: Type.Literal('update_patient'), ...Known, patient: PatientDetails }),
  order_tests: record({
    operation: Type.Literal('order_tests'), ...Known, patient: Type.Optional(PatientDetails), tests: filledList(theirCode, 100), ...Parties,
    priority: Type.Optional(Priority), icd: Type.Optional(IcdCodes), notes: Type.Optional(nullable(text(2000))),
  }),
} as const
export type InboundOperation = keyof typeof inboundOperations
export const InboundOperation = oneOf(Object.keys(inboundOperations) as InboundOperation[])
export type InboundBody<O extends InboundOperation> = Static<(typeof inboundOperations)[O]>

export const InboundAnswer = record({
  patient: record({ id: Id, guid: Type.String(), number: Type.String(), created: Type.Boolean() }),
  bill: nullable(record({ id: Id, number: Type.String(), accessionNumber: Type.String(), reports: Type.Array(record({ id: Id, number: Type.String(), code: Type.String() })) })),
})
export type InboundAnswer = Static<typeof InboundAnswer>

export const receiveHook = route({
  method: 'POST', path: '/hooks/:token', permission: 'public', raw: true,
  summary: 'What a partner tells us; verified, and done once for each Idempotency-Key', tags: ['integrations'],
  params: record({ token: Type.String({ minLength: 20, maxLength: 100 }) }), response: InboundAnswer, maxBody: 256 * 1024,
  errors: [
    'integrations.not_verified', 'integrations.not_json', 'integrations.key_reused', 'integrations.unknown_operation', 'patients.possible_duplicate',
    'patients.national_id_taken', 'patients.identity_locked',
  ],
  statements: 60,
})

export const Verification = oneOf(['signature', 'token', 'basic'])
const CodeKind = oneOf(['test', 'panel', 'organisation', 'doctor'])
export const CodeMapping = record({ kind: CodeKind, theirs: theirCode, ours: Id })
export const Endpoint = record({
  id: Id, version: Version, name: filledLine(80), verification: Verification, account: Ref, operations: Type.Array(InboundOperation), disabled: Type.Boolean(),
  lastAt: nullable(DateTime), today: record({ done: Count, refused: Count }),
  codes: Type.Array(record({ kind: CodeKind, theirs: theirCode, ours: Ref })),
})
export type Endpoint = Static<typeof Endpoint>
/** Address and secret are shown when they are made, and never again. */
export const EndpointWithSecret = record({ endpoint: Endpoint, url: Type.String(), secret: Type.String() })

const endpointFields = {
  name: filledLine(80), verification: Verification, accountId: Id, operations: distinct(InboundOperation, Object.keys(inboundOperations).length),
}
const endpointParams = record({ endpointId: Id })

export const listEndpoints = route({
  method: 'GET', path: '/api/integrations/endpoints', permission: 'integrations.view',
  summary: 'Addresses where partners tell us', tags: ['integrations'], query: record({ ...pageQuery }), response: Page(Endpoint), statements: 4,
})
export const createEndpoint = route({
  method: 'POST', path: '/api/integrations/endpoints', permission: 'integrations.manage',
  summary: 'Open an address for a partner; the answer has it and its secret, this once', tags: ['integrations'],
  body: record(endpointFields), response: EndpointWithSecret, status: 201, errors: ['platform.already_exists'], statements: 12,
})
export const updateEndpoint = route({
  method: 'PATCH', path: '/api/integrations/endpoints/:endpointId', permission: 'integrations.manage',
  summary: 'Change an address, or what the partner\'s codes mean', tags: ['integrations'], params: endpointParams,
  body: record({ version: Version, disabled: Type.Optional(Type.Boolean()), codes: Type.Optional(list(CodeMapping, 2000)), ...partial(endpointFields).properties }),
  response: Endpoint, errors: ['platform.already_exists', 'platform.stale_version'], statements: 16,
})

export const InboundRequest = record({
  id: Id, endpoint: Ref, at: DateTime, key: nullable(Type.String()), operation: nullable(Type.String()), status: Type.Integer(), patientId: nullable(Id),
  headers: Type.Record(Type.String(), Type.String()), body: Type.String(), answer: Type.Unknown(),
})
export type InboundRequest = Static<typeof InboundRequest>
export const listRequests = route({
  method: 'GET', path: '/api/integrations/requests', permission: 'integrations.view',
  summary: 'What partners told us, newest first', tags: ['integrations'],
  query: record({ ...pageQuery, ...dayRangeQuery, endpointId: Type.Optional(Id), refused: Type.Optional(Type.Boolean()) }),
  response: Page(InboundRequest), statements: 6,
})
