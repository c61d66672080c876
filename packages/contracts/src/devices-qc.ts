import { Type } from 'typebox'
import type { Static } from 'typebox'
import { ParameterCode } from './catalog-definition.ts'
import { route } from './route.ts'
import { filledLine, line, nullable, oneOf, partial, record } from './schema.ts'
import { ActorRef, DateOnly, DateTime, Id, Page, Ref, Version, disabledQuery, pageQuery } from './shared.ts'

/** James Westgard's multirule: 1-2s warns, the others reject. */
export const WestgardRule = oneOf(['1-2s', '1-3s', '2-2s', 'R-4s', '4-1s', '10-x'])
export type WestgardRule = Static<typeof WestgardRule>

const lotFields = {
  instrumentId: Id,
  parameter: ParameterCode,
  control: filledLine(80),
  level: line(40),
  lot: line(40),
  unit: line(40),
  mean: Type.Number({ minimum: -1e12, maximum: 1e12 }),
  sd: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
  validFrom: DateOnly,
  validTo: nullable(DateOnly),
  disabled: Type.Boolean(),
}
/** What a control is expected to measure on one instrument. */
export const QcLot = record({ id: Id, version: Version, ...lotFields, instrument: Ref, state: oneOf(['in_control', 'warning', 'out_of_control', 'no_results']), lastAt: nullable(DateTime) })
export type QcLot = Static<typeof QcLot>

export const listQcLots = route({
  method: 'GET', path: '/api/devices/qc/lots', permission: 'devices.view',
  summary: 'Controls with their expected values and present state', tags: ['devices'],
  query: record({ ...pageQuery, ...disabledQuery, instrumentId: Type.Optional(Id) }), response: Page(QcLot), statements: 4,
})
const { disabled: _disabled, validTo: _validTo, ...neededFields } = lotFields
export const createQcLot = route({
  method: 'POST', path: '/api/devices/qc/lots', permission: 'devices.manage',
  summary: 'Add a control lot', tags: ['devices'],
  body: record({ ...neededFields, validTo: Type.Optional(lotFields.validTo) }), response: QcLot, status: 201, errors: ['platform.already_exists'], statements: 10,
})
const lotParams = record({ lotId: Id })
export const updateQcLot = route({
  method: 'PATCH', path: '/api/devices/qc/lots/:lotId', permission: 'devices.manage',
  summary: 'Change or end a control lot', tags: ['devices'],
  params: lotParams, body: record({ version: Version, ...partial(lotFields).properties }), response: QcLot,
  errors: ['platform.already_exists', 'platform.stale_version'], statements: 10,
})

export const QcPoint = record({
  id: Id, at: DateTime, value: Type.Number(), z: Type.Number({ description: 'standard deviations from the mean' }),
  verdict: oneOf(['ok', 'warning', 'reject']), rules: Type.Array(WestgardRule), messageId: nullable(Id),
  comment: nullable(Type.String()), commentedBy: nullable(ActorRef),
})
export type QcPoint = Static<typeof QcPoint>
export const getQcChart = route({
  method: 'GET', path: '/api/devices/qc/lots/:lotId/chart', permission: 'devices.view',
  summary: 'The Levey-Jennings chart of a control lot', tags: ['devices'],
  params: lotParams, query: record({ from: Type.Optional(DateOnly), to: Type.Optional(DateOnly) }),
  response: record({ lot: QcLot, points: Type.Array(QcPoint) }), statements: 5,
})
export const commentQcResult = route({
  method: 'POST', path: '/api/devices/qc/results/:qcResultId/comment', permission: 'devices.release',
  summary: 'What was done about a control result', tags: ['devices'],
  params: record({ qcResultId: Id }), body: record({ comment: filledLine(500) }), response: QcPoint, statements: 10,
})
