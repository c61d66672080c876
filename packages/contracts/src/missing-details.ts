import { Type } from 'typebox'
import type { Static, TProperties, TSchema } from 'typebox'
import { route } from './route.ts'
import { distinct, filledLine, filledList, nullable, oneOf, partial, record } from './schema.ts'
import { ActorRef, Count, DateOnly, DateTime, Id, Page, Ref, Version, dayRangeQuery, pageQuery } from './shared.ts'

type Snake<S extends string> = S extends `${infer A}${infer B}` ? `${A extends Lowercase<A> ? A : `_${Lowercase<A>}`}${Snake<B>}` : S
export type BothSpellings<P extends object> = P & { [K in keyof P & string as Snake<K>]: P[K] }

export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Members under our name and under the one of the seed: fieldName and field_name. */
const bothSpellings = <P extends TProperties>(properties: P): BothSpellings<P> =>
  ({ ...properties, ...Object.fromEntries(Object.entries<TSchema>(properties).map(([name, schema]) => [snake(name), schema])) }) as BothSpellings<P>

const mayBeLeftOut = <P extends TProperties>(properties: P) => partial(properties).properties

export const MissingFieldModule = oneOf(['patients', 'billing'])
export type MissingFieldModule = Static<typeof MissingFieldModule>
export const MissingFieldCategory = oneOf(['identity', 'contact', 'referral', 'visit', 'order', 'payment'])
export type MissingFieldCategory = Static<typeof MissingFieldCategory>
/** The kinds of directory entries that a placeholder can name. */
export const MissingEntity = oneOf(['organisation', 'doctor', 'insurance_group'])
export type MissingEntity = Static<typeof MissingEntity>

const FieldName = Type.String({ maxLength: 60, pattern: '^[A-Za-z][A-Za-z0-9_]*$', examples: ['phone'] })
const field = { fieldName: FieldName, fieldModule: MissingFieldModule, fieldCategory: MissingFieldCategory }

/** A field that may be watched. `input` says what a placeholder of it looks like. */
export const MissingDetailsTemplate = record({
  id: Id,
  ...bothSpellings(field),
  label: Type.String(),
  input: oneOf(['text', 'choice', 'date', 'entity']),
  options: Type.Array(Type.String(), { description: 'what a choice offers' }),
  entity: nullable(MissingEntity),
})
export type MissingDetailsTemplate = Static<typeof MissingDetailsTemplate>

export const listMissingDetailsTemplates = route({
  method: 'GET', path: '/api-v3/registration/patients/missing-details-templates', permission: 'missing_details.view',
  summary: 'The fields that can hold a placeholder, by module and category', tags: ['missing-details'],
  response: record({ items: Type.Array(MissingDetailsTemplate) }), statements: 3,
})

const configured = { fieldValue: filledLine(160), isDisabled: Type.Boolean(), blocksRelease: Type.Boolean() }

export const EntityCreation = record({
  id: Id, entity: MissingEntity, entityName: Type.String(), objectId: nullable(Type.String()), state: oneOf(['created', 'queued', 'failed']),
  trouble: nullable(Type.String()), createdAt: DateTime,
})
export type EntityCreation = Static<typeof EntityCreation>

export const MissingDetailsConfig = record({
  id: Id, version: Version, ...bothSpellings({ ...field, ...configured }), label: Type.String(),
  entity: nullable(MissingEntity),
  entityId: nullable(Id),
  openIncidents: Count,
  creation: nullable(EntityCreation),
  updatedAt: DateTime, updatedBy: ActorRef,
})
export type MissingDetailsConfig = Static<typeof MissingDetailsConfig>

const Configurations = record({ items: Type.Array(MissingDetailsConfig) })

export const listMissingDetailsConfig = route({
  method: 'GET', path: '/api-v3/registration/patients/lab-missing-details-config', permission: 'missing_details.view',
  summary: 'The fields that the lab watches, with their placeholders', tags: ['missing-details'],
  query: record(mayBeLeftOut(bothSpellings({ isDisabled: Type.Boolean({ description: 'absent: only those that are not' }) }))),
  response: Configurations, statements: 3,
})

const { fieldCategory: _, ...named } = field

/** One field of the lab. What is left out of a configured field stays; a new one needs its placeholder. */
export const MissingDetailsConfigInput = record({ ...mayBeLeftOut(bothSpellings({ ...named, ...configured })), version: Type.Optional(Version) })
export type MissingDetailsConfigInput = Static<typeof MissingDetailsConfigInput>

export const saveMissingDetailsConfig = route({
  method: 'POST', path: '/api-v3/registration/patients/lab-missing-details-config', permission: 'missing_details.configure',
  summary: 'Watch fields, change their placeholders, or disable them; answers all of them', tags: ['missing-details'],
  body: record({ configs: filledList(MissingDetailsConfigInput, 60) }),
  response: Configurations, errors: ['platform.stale_version'], statements: 20,
})

export const MissingDetailState = oneOf(['open', 'confirmed', 'edited', 'withdrawn'])
export type MissingDetailState = Static<typeof MissingDetailState>

/**
 * `state` says why an incident is resolved: `confirmed` by hand (the placeholder is the truth), `edited` since, or `withdrawn` with its bill.
 * `url` is the screen where the field is mended.
 */
export const MissingDetail = record({
  id: Id,
  ...bothSpellings({
    ...field, fieldValue: Type.String(), isResolved: Type.Boolean(), createdAt: DateTime, updatedAt: DateTime, resolvedAt: nullable(DateTime),
    resolvedByLabUser: nullable(ActorRef), resolvedByDoctor: nullable(ActorRef), userDetailsId: Id, billId: nullable(Id),
  }),
  label: Type.String(),
  state: MissingDetailState,
  openedAt: DateTime,
  openedBy: ActorRef,
  patient: record({ id: Id, number: Type.String(), fullName: Type.String() }),
  bill: nullable(record({ id: Id, number: Type.String() })),
  organisation: nullable(Ref),
  blocksRelease: Type.Boolean(),
  url: Type.String(),
})
export type MissingDetail = Static<typeof MissingDetail>

export const missingDetailsQuery = {
  ...dayRangeQuery,
  ...mayBeLeftOut(bothSpellings({ isResolved: Type.Boolean(), userDetailsId: Id, billId: Id, fieldName: FieldName, orgId: Id })),
  module: Type.Optional(MissingFieldModule),
  field: Type.Optional(FieldName),
  patientId: Type.Optional(Id),
  organisationId: Type.Optional(Id),
  state: Type.Optional(MissingDetailState),
}

export const listMissingDetails = route({
  method: 'GET', path: '/api-v3/account/missing-details/lab-fields', permission: 'missing_details.view',
  summary: 'Details that are missing, or were: newest first', tags: ['missing-details'],
  query: record({ ...pageQuery, ...missingDetailsQuery }), response: Page(MissingDetail), statements: 3,
})

/** What became of one id: `code` says why it was not touched. */
export const MissingDetailOutcome = record({
  id: Id, ok: Type.Boolean(), state: nullable(MissingDetailState), code: nullable(Type.String()), detail: nullable(Type.String()),
})
export type MissingDetailOutcome = Static<typeof MissingDetailOutcome>

export const resolveMissingDetails = route({
  method: 'PATCH', path: '/api-v3/account/missing-details/lab-fields', permission: 'missing_details.resolve',
  summary: 'Confirm by hand that values are true as they are, or take that back; each id succeeds or fails alone', tags: ['missing-details'],
  body: record({ ids: distinct(Id, 500), ...mayBeLeftOut(bothSpellings({ isResolved: Type.Boolean() })) }),
  response: record({ updated: Count, outcomes: Type.Array(MissingDetailOutcome) }),
  errors: ['missing_details.value_changed'], statements: 6,
})

/** `weeks` are the last twelve, each with what was open at its end; `day` is its first. */
export const MissingDetailsSummary = record({
  open: Count, blocking: Count, patients: Count, resolvedThisWeek: Count,
  fields: Type.Array(record({ ...field, label: Type.String(), open: Count, oldest: DateTime })),
  weeks: Type.Array(record({ day: DateOnly, open: Count, opened: Count, resolved: Count })),
})
export type MissingDetailsSummary = Static<typeof MissingDetailsSummary>

export const summariseMissingDetails = route({
  method: 'GET', path: '/api/missing-details/summary', permission: 'missing_details.view',
  summary: 'Open details by field and by week', tags: ['missing-details'],
  response: MissingDetailsSummary, statements: 4,
})

/** A detail that a patient, bill or report lacks; `url` opens the field. */
export const OpenDetail = record({
  id: Id, fieldName: Type.String(), fieldModule: MissingFieldModule, label: Type.String(), value: Type.String(), blocksRelease: Type.Boolean(),
  url: Type.String(),
})
export type OpenDetail = Static<typeof OpenDetail>

const target = { url: Type.String({ maxLength: 500, pattern: '^https?://[^\\u0000-\\u0020]{1,490}$' }), disabled: Type.Boolean() }
/** The other system where a kind of directory entry lives. Its secret is never told. */
export const EntityTarget = record({ entity: MissingEntity, version: Version, ...target })
export type EntityTarget = Static<typeof EntityTarget>

export const listEntityTargets = route({
  method: 'GET', path: '/api/missing-details/entity-targets', permission: 'missing_details.configure',
  summary: 'Other systems that make directory entries', tags: ['missing-details'],
  response: record({ items: Type.Array(EntityTarget) }), statements: 3,
})

export const saveEntityTarget = route({
  method: 'PUT', path: '/api/missing-details/entity-targets', permission: 'missing_details.configure',
  summary: 'Name the system that makes entries of this kind, and the secret that signs what is sent there', tags: ['missing-details'],
  body: record({
    entity: MissingEntity, ...target, disabled: Type.Optional(target.disabled), secret: Type.Optional(filledLine(200)), version: Type.Optional(Version),
  }),
  response: EntityTarget, errors: ['platform.stale_version', 'missing_details.secret_needed'], statements: 6,
})

export const retryEntityCreation = route({
  method: 'POST', path: '/api/missing-details/entity-creations/:creationId/retry', permission: 'missing_details.configure',
  summary: 'Ask the other system again', tags: ['missing-details'],
  params: record({ creationId: Id }), response: EntityCreation, errors: ['missing_details.not_failed'], statements: 6,
})
