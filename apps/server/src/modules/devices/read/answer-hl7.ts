import type { DeviceProfile } from '@aliquot/contracts'
import { buildMessage, encodeText, standardSeparators } from '@aliquot/hl7'
import type { Message, SegmentValue, Separators } from '@aliquot/hl7'
import { hostName, wordsOf } from './host-order.ts'
import type { Clock, Dialect, HostOrder } from './host-order.ts'
import { displayLines } from './display-lines.ts'
import { drafted, fieldOf, orderDrafts } from './hl7-drafts.ts'
import type { Draft, Drafting } from './hl7-drafts.ts'
import { localTime } from './measured-at.ts'
import { partOfSegment } from './place.ts'
import { askedIn } from './queried.ts'
import type { Asked } from './queried.ts'
import { parseHl7 } from './scan-hl7.ts'

/** The kinds of answer that a query can have, told by the query itself. */
interface Answering {
  readonly query: Dialect
  readonly theirs: Message
  readonly clock: Clock
}

/**
 * The answers to a query, in its separators and character set; they take the place of a plain acknowledgement. ORM^O01 has ORR^O02;
 * QRY^Q02 has QCK^Q02 and a DSR^Q03 for each sample; other QRY have ORF^R04; QBP has RSP with the orders, or, as IHE LAW wants it, an RSP and an
 * OML^O33 for each sample.
 */
export const answerHl7 = (
  definition: DeviceProfile, query: Dialect, bytes: Uint8Array, orders: readonly HostOrder[], clock: Clock,
): Uint8Array[] => parseHl7(definition, bytes).flatMap((theirs) => {
  const asked = askedIn(definition, theirs.segments().map(partOfSegment))
  const found = asked.map((one) => ({ one, order: orders.find(({ sampleId, codes }) => sampleId === one.sampleId && codes.length > 0) ?? null }))
  const [first] = asked
  return answersTo({ query, theirs, clock }, found).map((drafts, index) => print(drafts, theirs, controlId(clock.at, first?.sampleId ?? '', index)))
})

/** A message for each order, for an instrument that did not ask: OML^O33 where it speaks QBP, else ORM^O01. */
export const ordersHl7 = (definition: DeviceProfile, query: Dialect, orders: readonly HostOrder[], clock: Clock): Uint8Array[] =>
  orders.filter(({ codes }) => codes.length > 0).map((order, index) => {
    const charset = definition.charset ?? 'utf-8'
    const law = query.dialect === 'hl7_qbp'
    const drafting: Drafting = { query, words: wordsOf(order, clock, charset), source: { parts: [], place: null } }
    const header: Draft = { name: 'MSH', fields: {
      3: hostName, 7: localTime(clock), 9: law ? ['OML', 'O33', 'OML_O33'] : ['ORM', 'O01'], 10: controlId(clock.at, order.sampleId, index),
      11: 'P', 12: law ? '2.5.1' : '2.3.1', 18: charsetName(charset),
    } }
    const drafts = [drafted(header, drafting), ...orderDrafts(order, drafting, law ? 'OML' : 'ORM')]
    return encodeText(buildMessage(drafts, standardSeparators), charset)
  })

const charsetName = (charset: string): string => (charset.toLowerCase() === 'utf-8' ? 'UNICODE UTF-8' : charset)

/** Different for each message, and at most 20 characters: the time, and a hash (FNV-1a) of the sample. */
const controlId = (at: Date, sampleId: string, index: number): string => {
  const hash = Array.from(sampleId).reduce((sum, sign) => Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 0x0100_0193) >>> 0, 0x811c_9dc5)
  return `A${at.getTime().toString(36)}${hash.toString(36)}${index}`.toUpperCase().slice(0, 20)
}

interface Found { one: Asked; order: HostOrder | null }
type Built = readonly SegmentValue[]

const answersTo = (answering: Answering, found: readonly Found[]): Built[] => {
  const { code, trigger } = answering.theirs.type
  if (code === 'QBP') return answersToQbp(answering, found)
  if (code === 'ORM') {
    const [first] = found
    return [[...opening(answering, ['ORR', 'O02'], first, known(found) ? 'AA' : 'AR'), ...found.flatMap((one) => orderOf(answering, one, 'ORR'))]]
  }
  const echo = echoed(answering, ['QRD', 'QRF'])
  if (trigger === 'Q02') {
    const check = [...opening(answering, ['QCK', 'Q02'], found[0]), ...queryState(answering, found)]
    return [check, ...found.filter(({ order }) => order).map((one) =>
      [...opening(answering, ['DSR', 'Q03'], one), ...queryState(answering, [one]), ...echo, ...displayed(answering, one)])]
  }
  return [[...opening(answering, ['ORF', 'R04'], found[0]), ...echo, ...found.flatMap((one) => orderOf(answering, one, 'ORF'))]]
}

const answersToQbp = (answering: Answering, found: readonly Found[]): Built[] => {
  const { theirs } = answering
  const qpd = theirs.segments('QPD')[0]
  const trigger = theirs.type.trigger === 'Q11' ? 'K11' : theirs.type.trigger.replace('Q', 'K')
  const state = { name: 'QAK', fields: {
    1: qpd?.get('2') ?? '', 2: known(found) ? 'OK' : 'NF', 3: fieldOf(qpd ? partOfSegment(qpd).structure(1) : []),
  } }
  const open = [...opening(answering, ['RSP', trigger, `RSP_${trigger}`], found[0]), plain(state, answering), ...echoed(answering, ['QPD'])]
  const law = /^WOS/i.test(qpd?.get('1') ?? '')
  if (!law) return [[...open, ...found.flatMap((one) => orderOf(answering, one, 'RSP'))]]
  const messages = found.filter(({ order }) => order).map((one) => {
    const [header] = opening(answering, ['OML', 'O33', 'OML_O33'], one)
    return [...(header ? [header] : []), ...orderOf(answering, one, 'OML')]
  })
  return [open, ...messages]
}

const known = (found: readonly Found[]): boolean => found.some(({ order }) => order !== null)

const draftingOf = ({ query, theirs, clock }: Answering, { one, order }: Partial<Found>): Drafting => ({
  query,
  words: order ? wordsOf(order, clock, theirs.charset) : { sample: one?.sampleId ?? '', time: localTime(clock) },
  source: { parts: [...(one ? [one.part] : []), ...theirs.segments().map(partOfSegment)], place: one?.place ?? null },
})

const plain = (draft: Draft, answering: Answering): SegmentValue => drafted(draft, draftingOf(answering, {}))

/** MSH with sender and receiver turned round, and MSA. */
const opening = (answering: Answering, type: string[], found: Found | undefined, ack = 'AA'): Built => {
  const { theirs: { header }, clock } = answering
  const field = (number: number) => ({ raw: header.field(number).raw })
  const ours = header.get('5') ? field(5) : hostName
  const msh = {
    3: ours, 4: field(6), 5: field(3), 6: field(4), 7: localTime(clock), 9: type,
    11: header.get('11') ? field(11) : 'P', 12: field(12), 18: field(18),
  }
  const msa = { name: 'MSA', fields: { 1: ack, 2: field(10) } }
  return [drafted({ name: 'MSH', fields: msh }, draftingOf(answering, found ?? {})), plain(msa, answering)]
}

const queryState = (answering: Answering, found: readonly Found[]): Built => [
  plain({ name: 'ERR', fields: { 1: '0' } }, answering),
  plain({ name: 'QAK', fields: { 1: 'SR', 2: known(found) ? 'OK' : 'NF' } }, answering),
]

const echoed = (answering: Answering, names: readonly string[]): Built =>
  answering.theirs.segments().filter(({ name }) => names.includes(name)).map((segment) => {
    const raws = segment.fields.map(({ raw }, index): [number, { raw: string | undefined }] => [index + 1, { raw }])
    return plain({ name: segment.name, fields: Object.fromEntries(raws) }, answering)
  })

const displayed = (answering: Answering, found: Found): Built => {
  const { words, source } = draftingOf(answering, found)
  return found.order ? displayLines(found.order, words, source, answering.query).map((draft) => plain(draft, answering)) : []
}

const orderOf = (answering: Answering, found: Found, style: 'ORR' | 'ORF' | 'RSP' | 'OML'): Built =>
  found.order ? orderDrafts(found.order, draftingOf(answering, found), style) : []

const print = (drafts: Built, theirs: Message, id: string): Uint8Array => {
  const named = drafts.map(([name, ...fields]): SegmentValue => [name, ...(name === 'MSH' ? fields.with(controlIdAt, id) : fields)])
  return encodeText(buildMessage(named, completed(theirs.separators)), theirs.charset)
}

/** MSH-10, counted from MSH-3. */
const controlIdAt = 7

/** An answer needs all of them, to escape what it says. */
const completed = (theirs: Separators): Separators => {
  const { field, component, repetition, escape, subcomponent } = theirs
  const declared = [field, component, repetition, escape, subcomponent]
  if (declared.every((sign) => sign !== '')) return theirs
  const filled = { ...standardSeparators, ...Object.fromEntries(Object.entries(theirs).filter(([, sign]) => sign !== '')) }
  return new Set(Object.values(filled)).size < 6 ? standardSeparators : filled
}
