import type { DeviceProfile } from '@aliquot/contracts'
import { buildMessage, parseRecords, treesOf, usualDelimiters } from '@aliquot/astm'
import type { AstmRecord, Delimiters, FieldValue, RecordDraft } from '@aliquot/astm'
import { encodeText } from '@aliquot/hl7'
import { hostName, wordsOf } from './host-order.ts'
import type { Clock, Dialect, HostOrder } from './host-order.ts'
import { localTime } from './measured-at.ts'
import { partOfRecord, readPlace } from './place.ts'
import { askedIn } from './queried.ts'
import { decodeAstm, scanAstm } from './scan-astm.ts'
import { fillTemplate } from './template.ts'
import type { Source, Words } from './template.ts'

interface Setting {
  readonly query: Dialect
  readonly clock: Clock
  readonly charset: string
  /** `Q` in an answer, `O` in orders of the host's own accord. */
  readonly reportType: string
}

const nothing: Source = { parts: [], place: null }

/** H, then P and O for each sample asked for, then L: in the delimiters and character set of the query. */
export const answerAstm = (
  definition: DeviceProfile, query: Dialect, bytes: Uint8Array, orders: readonly HostOrder[], clock: Clock,
): Uint8Array[] => {
  const { asking } = scanAstm(definition, bytes)
  const asked = askedIn(definition, asking)
  const decoded = decodeAstm(bytes, definition.charset)
  const header = treesOf(parseRecords(bytes, decoded.charset))[0]?.header?.record ?? null
  const charset = definition.charset ?? (decoded.charset === 'latin1' ? 'ascii' : decoded.charset)
  const setting: Setting = { query, clock, charset, reportType: 'Q' }
  const parts = header ? [partOfRecord(header)] : []
  const bodies = asked.map(({ sampleId, part, place }) => {
    const source = { parts: [part, ...parts], place }
    const order = orders.find((one) => one.sampleId === sampleId && one.codes.length > 0)
    return order ? orderRecords(order, setting, source) : noOrderRecords(sampleId, setting, source)
  })
  const [first] = asked
  const source = { parts: first ? [first.part, ...parts] : parts, place: first?.place ?? null }
  return [print([headerDraft(header, setting, source), ...bodies.flat(), terminator(bodies.flat().length === 0 && query.noOrder === 'terminator')],
    completed(header?.delimiters), charset)]
}

/** One message with all orders, for an instrument that did not ask. */
export const ordersAstm = (definition: DeviceProfile, query: Dialect, orders: readonly HostOrder[], clock: Clock): Uint8Array[] => {
  const ordered = orders.filter(({ codes }) => codes.length > 0)
  if (ordered.length === 0) return []
  const charset = definition.charset ?? 'ascii'
  const setting: Setting = { query, clock, charset, reportType: 'O' }
  const bodies = ordered.flatMap((order) => orderRecords(order, setting, nothing))
  const [field = '|', repeat = '\\', component = '^', escape = '&'] = query.delimiters ?? ''
  return [print([headerDraft(null, setting, nothing), ...bodies, terminator(false)], { field, repeat, component, escape }, charset)]
}

/** An answer needs all four delimiters, to escape what it says. */
const completed = (delimiters: Delimiters | undefined): Delimiters =>
  delimiters && Object.values(delimiters).every((sign) => sign !== '') ? delimiters : usualDelimiters

const print = (drafts: readonly RecordDraft[], delimiters: Delimiters, charset: string): Uint8Array => {
  const text = new TextDecoder().decode(buildMessage(drafts, { delimiters, charset: 'utf-8' }))
  return encodeText(text, charset)
}

const terminator = (nothingAvailable: boolean): RecordDraft => ({ type: 'L', fields: { 3: nothingAvailable ? 'I' : 'N' } })

const headerDraft = (header: AstmRecord | null, setting: Setting, source: Source): RecordDraft => {
  const theirs = header ? fieldOf(partOfRecord(header).structure(5)) : ''
  const fields = { 5: hostName, 10: theirs, 12: 'P', 13: header?.get('13') || 'LIS2-A2', 14: localTime(setting.clock) }
  return { type: 'H', fields: withPuts('H', fields, {}, setting, source) }
}

const orderRecords = (order: HostOrder, setting: Setting, source: Source): RecordDraft[] => {
  const words = wordsOf(order, setting.clock, setting.charset)
  const patient = { 3: words.number, 6: words.name, 8: words.birth, 9: words.sex }
  const { query } = setting
  const groups = query.perTest ? order.codes.map((code) => [code]) : [order.codes]
  return [
    { type: 'P', fields: withPuts('P', patient, words, setting, source) },
    ...groups.map((codes): RecordDraft => {
      const tests = { repeats: codes.flatMap((code) => fillTemplate(query.testCode, { ...words, code }, source)) }
      const fields = { 3: words.sample, 5: tests, 6: 'R', 7: words.time, 12: query.actionCode, 16: words.specimen, 26: setting.reportType }
      return { type: 'O', fields: withPuts('O', fields, { ...words, code: codes.join(' ') }, setting, source) }
    }),
  ]
}

const noOrderRecords = (sampleId: string, setting: Setting, source: Source): RecordDraft[] => {
  const { noOrder } = setting.query
  if (noOrder !== 'order_y' && noOrder !== 'order_z') return []
  const fields = withPuts('O', { 3: sampleId }, { sample: sampleId, time: localTime(setting.clock) }, setting, source)
  return [{ type: 'P' }, { type: 'O', fields: { ...fields, 26: noOrder === 'order_y' ? 'Y' : 'Z' } }]
}

const withPuts = (
  type: string, fields: Record<number, FieldValue>, words: Partial<Words>, { query }: Setting, source: Source,
): Record<number, FieldValue> => {
  const puts = (query.put ?? []).flatMap(({ at, text }) => {
    const place = readPlace(at)
    return place?.type === type ? [[place.field, fieldOf(fillTemplate(text, words, source))] as const] : []
  })
  return { ...fields, ...Object.fromEntries(puts.filter(([field]) => field > 1)) }
}

const fieldOf = (repeats: readonly (readonly string[])[]): FieldValue => ({ repeats })
