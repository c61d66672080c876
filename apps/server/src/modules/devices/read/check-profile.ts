import type { DeviceProfile, Extract, Predicate } from '@aliquot/contracts'
import { charsetLabel } from '@aliquot/hl7'
import { expressionProblem } from './expression.ts'
import { readPlace } from './place.ts'
import { templateProblem } from './template.ts'

export interface ProfileProblem {
  /** A JSON pointer into the definition. */
  path: string
  message: string
}

type Note = (path: string, message: string | null) => void

/** Everything that a schema cannot say is wrong with a profile, all at once. None: it can be used. */
export const profileProblems = (definition: DeviceProfile): ProfileProblem[] => {
  const problems: ProfileProblem[] = []
  const note: Note = (path, message) => {
    if (message !== null) problems.push({ path, message })
  }
  const { protocol, qc, sender, query, also = [], alarms = [] } = definition
  note('/charset', charsetProblem(definition))
  const extracts: [string, Extract | null][] = [
    ...(['sample', 'testCode', 'value', 'unit', 'flags', 'status', 'measuredAt'] as const)
      .map((key): [string, Extract | null] => [`/${key}`, definition[key]]),
    ['/qc/control', qc.control], ['/qc/level', qc.level], ['/qc/lot', qc.lot],
    ...also.flatMap(({ value, unit }, index): [string, Extract | null][] => [[`/also/${index}/value`, value], [`/also/${index}/unit`, unit]]),
  ]
  alarms.forEach(({ when, flag }, index) => {
    checkPredicate(when, `/alarms/${index}/when`, recordsOf(protocol).result, note)
    checkExtract(flag, `/alarms/${index}/flag`, recordsOf(protocol).result, note)
  })
  for (const [path, extract] of extracts) if (extract) checkExtract(extract, path, recordsOf(protocol).result, note)
  definition.skip.forEach((predicate, index) => checkPredicate(predicate, `/skip/${index}`, recordsOf(protocol).result, note))
  qc.when.forEach((predicate, index) => checkPredicate(predicate, `/qc/when/${index}`, recordsOf(protocol).result, note))
  if (sender) {
    checkExtract(sender.at, '/sender/at', recordsOf(protocol).header, note)
    note('/sender/matches', expressionProblem(sender.matches))
  }
  checkLists(definition, note)
  if (query) checkQuery(definition, query, note)
  return problems
}

interface Allowed {
  readonly types: RegExp
  readonly say: string
  readonly protocol: DeviceProfile['protocol']
}

/** Where in messages of a protocol what may stand. */
const recordsOf = (protocol: DeviceProfile['protocol']): { result: Allowed; header: Allowed; query: Allowed; sent: Allowed } => protocol === 'hl7'
  ? {
      result: { protocol, types: /^[A-Z][A-Z0-9]{2}$/, say: 'HL7 has segments of three characters, such as OBX' },
      header: { protocol, types: /^MSH$/, say: 'an instrument is told by MSH' },
      query: { protocol, types: /^(?:[A-Z][A-Z0-9]{2})$/, say: 'a query is made of segments, such as QRD, QPD or ORC' },
      sent: { protocol, types: /^(?:MSH|PID|PV1|ORC|OBR|SPM|SAC)$/, say: 'what the host sends has MSH, PID, PV1, ORC, OBR, SPM and SAC' },
    }
  : {
      result: { protocol, types: /^[HPORCMSZ]$/, say: 'a result stands in R, O, P or H, with C, M or S' },
      header: { protocol, types: /^H$/, say: 'an instrument is told by H' },
      query: { protocol, types: /^Q$/, say: 'an ASTM query stands in Q' },
      sent: { protocol, types: /^[HPOL]$/, say: 'what the host sends has H, P, O and L' },
    }

const placeProblem = (path: string, { types, say, protocol }: Allowed): string | null => {
  const place = readPlace(path)
  if (!place) return `${path} is no path: write ${protocol === 'hl7' ? 'OBX-3.1 or PID-3[2].1' : 'R-3.4 or O-5[2].4'}, counted from 1`
  if (!types.test(place.type)) return `${path}: ${say}`
  return protocol !== 'hl7' && place.subcomponent !== null ? `${path}: ASTM has no subcomponents` : null
}

const checkExtract = ({ from, match, where }: Extract, path: string, allowed: Allowed, note: Note): void => {
  from.forEach((place, index) => note(`${path}/from/${index}`, placeProblem(place, allowed)))
  if (match !== undefined) note(`${path}/match`, expressionProblem(match))
  if (where) checkPredicate(where, `${path}/where`, allowed, note)
}

const checkPredicate = ({ path: place, equals, matches, empty, where, and = [] }: Predicate, path: string, allowed: Allowed, note: Note): void => {
  note(`${path}/path`, placeProblem(place, allowed))
  if (matches !== undefined) note(`${path}/matches`, expressionProblem(matches))
  if (equals === undefined && matches === undefined && empty === undefined) note(path, 'says nothing of the place: give equals, matches or empty')
  if (where) checkPredicate(where, `${path}/where`, allowed, note)
  and.forEach((other, index) => checkPredicate(other, `${path}/and/${index}`, allowed, note))
}

const charsetProblem = ({ charset, protocol }: DeviceProfile): string | null => {
  if (charset === null) return null
  const label = charsetLabel(charset)
  if (label === null) return `unknown character set ${charset}`
  return protocol !== 'hl7' && label.startsWith('utf-16') ? 'ASTM has characters of one byte for its delimiters, which UTF-16 has not' : null
}

/** A code may come once for each test: of a fasting and a random glucose, say, the one that is ordered. */
const checkLists = ({ tests, words }: DeviceProfile, note: Note): void => {
  const codes = new Set<string>()
  tests.forEach(({ code, test }, index) => {
    const key = JSON.stringify([code, test ?? null])
    note(`/tests/${index}/code`, codes.has(key) ? `${code} is mapped twice` : null)
    codes.add(key)
  })
  const from = new Set<string>()
  words.forEach((word, index) => {
    note(`/words/${index}/from`, from.has(word.from) ? `${word.from} is translated twice` : null)
    from.add(word.from)
  })
}

const checkQuery = (definition: DeviceProfile, query: NonNullable<DeviceProfile['query']>, note: Note): void => {
  const { protocol } = definition
  const { query: asking, sent } = recordsOf(protocol)
  if ((query.dialect === 'astm') === (protocol === 'hl7')) note('/query/dialect', `${query.dialect} is no dialect of ${protocol}`)
  if (protocol === 'astm_unframed') note('/query', 'an instrument without frames cannot be answered')
  checkExtract(query.sample, '/query/sample', asking, note)
  note('/query/testCode', query.testCode.includes('{code}') ? templateProblem(query.testCode) : 'has no {code}, so every order would be the same')
  if (query.delimiters !== undefined && new Set(query.delimiters).size < 4) note('/query/delimiters', 'delimiters must differ')
  query.put?.forEach(({ at, text }, index) => {
    const place = readPlace(at)
    const whole = place?.repeat === null && place.component === null
    note(`/query/put/${index}/at`, placeProblem(at, sent) ?? (whole ? null : `${at}: name the whole field, and write its components in the text`))
    note(`/query/put/${index}/text`, templateProblem(text))
  })
}
