import type { DeviceProfile } from '@aliquot/contracts'
import { parseRecords, treesOf } from '@aliquot/astm'
import type { AstmRecord, MessageTree, RecordNode } from '@aliquot/astm'
import { charsetLabel, decodeBytes } from '@aliquot/hl7'
import type { Level } from './evaluate.ts'
import { partOfRecord } from './place.ts'
import type { Part } from './place.ts'
import { aloneAt, commentsOn, mostComments, siblingsAt } from './scan.ts'
import type { Scanned, ScannedOrder } from './scan.ts'

/** The profile's character set, or ASCII, UTF-8 or Windows-1252, whichever first has all of the bytes. */
export const decodeAstm = (bytes: Uint8Array, charset: string | null): { charset: string; text: string; lossy: boolean; problem: string | null } => {
  const label = charset === null ? 'ascii' : charsetLabel(charset)
  const known = label !== null && !label.startsWith('utf-16')
  const decoded = decodeBytes(bytes, known ? label : 'ascii')
  const problem = !known ? `unknown character set ${charset}` : decoded.lossy ? 'characters that are not of the character set' : null
  return { charset: decoded.charset === 'ascii' ? 'latin1' : decoded.charset, text: decoded.text, lossy: decoded.lossy, problem }
}

/** Reads records; what follows a line that is no record is not taken to belong to the order or patient before it. */
export const scanAstm = (definition: DeviceProfile, bytes: Uint8Array): Scanned => {
  const { charset, lossy, problem } = decodeAstm(bytes, definition.charset)
  const records = parseRecords(bytes, charset)
  const problems = new Set(problem === null ? [] : [problem])
  const trees = treesOf(records)
  const lost = afterNoise(records)
  if (lost.noise > 0) problems.add('lines that are no records')
  for (const tree of trees) for (const found of tree.problems) problems.add(found)
  const readable = trees.filter(({ header }) => header !== null)
  const [first] = readable
  const headers = first?.header ? [partOfRecord(first.header.record)] : []
  return {
    header: aloneAt([headers]),
    controlId: first?.header?.record.get('3').trim() || null,
    lossy,
    orders: readable.flatMap((tree) => ordersOf(tree, lost)),
    asking: readable.flatMap(({ children }) => children.filter(isQuery).map(({ record }) => partOfRecord(record))),
    problems: [...problems],
  }
}

/** Q-13 A withdraws an earlier query. */
const isQuery = ({ record }: RecordNode): boolean => record.type === 'Q' && record.get('13').trim().toUpperCase() !== 'A'

interface Lost {
  readonly noise: number
  /** Orders and results of which it is not certain whose they are. */
  readonly patient: ReadonlySet<AstmRecord>
  readonly order: ReadonlySet<AstmRecord>
}

/** One letter and nothing else before the first delimiter: not even a repeat, as a letter that was set before another would make. */
const isRecord = ({ raw, delimiters }: AstmRecord): boolean => /^[HPOQRCMSLZ]$/i.test(raw.split(delimiters.field, 1)[0] ?? '')

const afterNoise = (records: readonly AstmRecord[]): Lost => {
  const patient = new Set<AstmRecord>()
  const order = new Set<AstmRecord>()
  let noise = 0
  let [lostPatient, lostOrder] = [false, false]
  for (const record of records) {
    if (record.raw.trim() === '') continue
    if (!isRecord(record)) {
      noise += 1
      lostPatient = true
      lostOrder = true
      order.add(record)
      continue
    }
    if (record.type === 'H' || record.type === 'P') lostPatient = false
    if (record.type === 'H' || record.type === 'P' || record.type === 'O') lostOrder = false
    if (lostPatient) patient.add(record)
    if (lostOrder) order.add(record)
  }
  return { noise, patient, order }
}

const ordersOf = (tree: MessageTree, lost: Lost): ScannedOrder[] => {
  const header = partsOf(tree.header)
  const orders: ScannedOrder[] = []
  const read = (nodes: readonly RecordNode[], patient: RecordNode | null): void => {
    const loose: RecordNode[] = []
    for (const node of nodes) {
      if (node.record.type === 'P') read(node.children, node)
      if (node.record.type === 'O' && isRecord(node.record)) orders.push(...orderOf(node, patient, header, lost))
      if (node.record.type === 'R') loose.push(node)
    }
    if (loose.length > 0) orders.push(resultsOf(loose, null, patient, header, lost))
  }
  read(tree.children, null)
  return orders
}

/** The results of an order, and apart from them those that may not be its own. */
const orderOf = (order: RecordNode, patient: RecordNode | null, header: readonly Part[], lost: Lost): ScannedOrder[] => {
  const sure = order.children.filter(({ record }) => !lost.order.has(record))
  const unsure = order.children.filter(({ record }) => lost.order.has(record))
  const own = resultsOf(sure, order, lost.patient.has(order.record) ? null : patient, header, lost)
  return unsure.length === 0 ? [own] : [own, resultsOf(unsure, null, null, header, lost)]
}

const resultsOf = (
  nodes: readonly RecordNode[], order: RecordNode | null, patient: RecordNode | null, header: readonly Part[], lost: Lost,
): ScannedOrder => {
  const results = nodes.filter(({ record }) => record.type === 'R' && isRecord(record))
  const [own, whose, said] = [partsOf(order), partsOf(patient), commentsOf(order)]
  const above = (record: AstmRecord | null): Level[] => [own, record && lost.patient.has(record) ? [] : whose, header]
  const scopes = siblingsAt(results.map((node) => [partsOf(node), ...above(node.record)]))
  return {
    scope: aloneAt([[], ...above(null)]),
    results: scopes.map((scope, index) => ({
      scope,
      comments: commentsOn(commentsOf(results[index]), said),
      files: [],
    })),
  }
}

const partsOf = (node: RecordNode | null): Part[] => (node ? [node.record, ...node.attached].filter(isRecord).map(partOfRecord) : [])

const commentsOf = (node: RecordNode | null | undefined): string[] => {
  const comments = (node?.attached ?? []).filter(({ type }) => type === 'C').slice(0, mostComments)
  return comments.map((comment) => comment.all('4').join(' ').trim()).filter((text) => text !== '')
}
