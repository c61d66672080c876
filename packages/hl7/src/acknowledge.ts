import { buildMessage, timestamp } from './build.ts'
import type { FieldValue, SegmentValue } from './build.ts'
import { encodeText } from './encode.ts'
import { parseMessage } from './message.ts'
import type { Message } from './message.ts'
import { encodingCharacters, standardSeparators } from './separators.ts'

/** Application accept, error, reject; commit accept, error, reject. */
export type AckCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR'

export interface AckError {
  /** of HL7 table 0357: '101' required field missing, '204' unknown key identifier, '207' application internal error, … */
  code: string
  text: string
  severity?: 'E' | 'W' | 'I'
  /** where in their message */
  at?: { segment: string; occurrence: number; field: number }
}

export interface AckOptions {
  code: AckCode
  /** MSH-10 of the answer */
  controlId: string
  /** MSH-7; text is sent as it is, for instruments that want the local time */
  at: Date | string
  /** MSA-3 */
  text?: string
  error?: AckError
}

const letterM = 0x4d

/**
 * The bytes of an acknowledgement, in the sender's separators and character set: sender and receiver swapped, MSH-11, MSH-12 and
 * MSH-18 as they sent them, MSA-2 their MSH-10, all copied as they are. Where the message says too little of separators, the
 * standard ones are used. `null` stands for bytes that are no HL7 message. Never throws; characters that their set lacks become '?'.
 */
export const acknowledge = (message: Message | null, options: AckOptions): Uint8Array => {
  const theirs = message && readableHeader(message)
  const complete = theirs !== null && encodingCharacters(theirs.separators).length >= 4
  const separators = complete ? theirs.separators : standardSeparators
  const copied = (field: number): FieldValue => {
    const found = theirs?.header.field(field)
    return complete ? { raw: found?.raw } : found?.value
  }
  const trigger = theirs?.type.trigger ?? ''
  const version = theirs?.header.field(12).component(1).value ?? ''
  const structure = theirs?.header.field(9).component(3).value ? 'ACK' : ''
  const at = typeof options.at === 'string' ? options.at : timestamp(options.at)
  const noText: FieldValue[] = Array.from({ length: 5 }, () => '')
  const text = buildMessage([
    [
      'MSH', copied(5), copied(6), copied(3), copied(4), at, '', ['ACK', trigger, structure], options.controlId,
      theirs ? copied(11) : 'P', theirs ? copied(12) : '2.5', ...noText, copied(18),
    ],
    ['MSA', options.code, copied(10), options.text],
    ...(options.error ? [errorSegment(options.error, version)] : []),
  ], separators)
  return encodeText(theirs?.lead.startsWith('\ufeff') ? `\ufeff${text}` : text, theirs?.charset ?? 'ascii', '?')
}

/** With every byte as one character, the sender's own names and number come back unchanged even where they cannot be decoded. */
const readableHeader = (message: Message): Message => {
  if (!message.lossy || /^utf-16|^iso-2022/.test(message.charset)) return message
  const header = message.raw.subarray(message.raw.indexOf(letterM))
  const end = header.findIndex((byte) => byte === 0x0d || byte === 0x0a)
  return parseMessage(end < 0 ? header : header.subarray(0, end), { charset: 'windows-1252' })
}

/** ERR has had its present form since 2.5. */
const errorSegment = ({ code, text, severity = 'E', at }: AckError, version: string): SegmentValue => {
  const place = at ? [at.segment, at.occurrence, at.field] : ['', '', '']
  if (/^2\.[0-4]/.test(version)) return ['ERR', [...place, [code, text, 'HL70357']]]
  return ['ERR', '', place, [code, text, 'HL70357'], severity, '', '', '', text]
}

/** When an acknowledgement is wanted: always, never, on errors only, on success only. */
export type AckCondition = 'AL' | 'NE' | 'ER' | 'SU'

/**
 * What MSH-15 and MSH-16 ask for. Without either, the original mode: one application acknowledgement (AA, AE, AR), always.
 * Else the enhanced mode: a commit acknowledgement (CA, CE, CR) as `accept` says, an application acknowledgement later as
 * `application` says. Other codes are no wish: some instruments put the kind of result there.
 */
export const ackWanted = (message: Message): { enhanced: boolean; accept: AckCondition; application: AckCondition } => {
  const accept = conditionOf(message.header.field(15).value)
  const application = conditionOf(message.header.field(16).value)
  if (!accept && !application) return { enhanced: false, accept: 'NE', application: 'AL' }
  return { enhanced: true, accept: accept ?? 'NE', application: application ?? 'NE' }
}

const conditionOf = (value: string | null | undefined): AckCondition | null =>
  value === 'AL' || value === 'NE' || value === 'ER' || value === 'SU' ? value : null
