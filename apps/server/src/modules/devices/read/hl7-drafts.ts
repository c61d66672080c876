import type { FieldValue, SegmentValue } from '@aliquot/hl7'
import type { Dialect, HostOrder } from './host-order.ts'
import { readPlace } from './place.ts'
import { fillTemplate } from './template.ts'
import type { Source, Words } from './template.ts'

/** A segment by the numbers of its fields. */
export interface Draft {
  readonly name: string
  readonly fields: Readonly<Record<number, FieldValue>>
}

/** What fills a message: the profile's dialect, the order's words, and the query that it answers. */
export interface Drafting {
  readonly query: Dialect
  readonly words: Partial<Words>
  readonly source: Source
}

export const fieldOf = (repeats: readonly (readonly string[])[]): FieldValue => ({ repetitions: repeats })

/** A segment with the fields that the profile puts otherwise. */
export const drafted = ({ name, fields }: Draft, { query, words, source }: Drafting): SegmentValue => {
  const all: Record<number, FieldValue> = { ...fields }
  for (const { at, text } of query.put ?? []) {
    const place = readPlace(at)
    if (place?.type === name) all[place.field] = fieldOf(fillTemplate(text, words, source))
  }
  const first = name === 'MSH' ? 3 : 1
  const last = Math.max(first, ...Object.keys(all).map(Number))
  return [name, ...Array.from({ length: last - first + 1 }, (_, index) => all[index + first] ?? '')]
}

export type OrderStyle = 'ORM' | 'ORR' | 'ORF' | 'RSP' | 'OML'

/** ORC-1: a new order, the answer to a refill request, none where results would stand. */
const controls: Readonly<Record<OrderStyle, string>> = { ORM: 'NW', ORR: 'AF', ORF: '', RSP: 'NW', OML: 'NW' }

/** PID, the specimen where the message has one, and for each test ORC and OBR. */
export const orderDrafts = (order: HostOrder, drafting: Drafting, style: OrderStyle): SegmentValue[] => {
  const { query, words, source } = drafting
  const patient: Draft = { name: 'PID', fields: { 1: '1', 3: words.number, 5: words.name, 7: words.birth, 8: words.sex } }
  const specimen: Draft[] = style === 'OML'
    ? [{ name: 'SPM', fields: { 1: '1', 2: order.sampleId, 4: words.specimen } }, { name: 'SAC', fields: { 3: order.sampleId } }]
    : []
  const tests = order.codes.flatMap((code, index): SegmentValue[] => {
    const own: Drafting = { ...drafting, words: { ...words, code } }
    const request: Draft = { name: 'OBR', fields: {
      1: String(index + 1), 2: order.sampleId, 4: fieldOf(fillTemplate(query.testCode, { ...words, code }, source)),
      15: style === 'OML' ? '' : words.specimen,
    } }
    const control: Draft = { name: 'ORC', fields: { 1: query.actionCode || controls[style], 2: order.sampleId, 9: words.time } }
    return (style === 'ORF' ? [request] : [control, request]).map((draft) => drafted(draft, own))
  })
  return [...[...(order.patient ? [patient] : []), ...specimen].map((draft) => drafted(draft, drafting)), ...tests]
}
