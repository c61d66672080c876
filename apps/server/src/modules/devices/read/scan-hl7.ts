import type { DeviceProfile } from '@aliquot/contracts'
import { embeddedData, oruGroups, parseMessage, splitBatch } from '@aliquot/hl7'
import type { Message, ObservationGroup, OrderGroup, PatientGroup, Segment } from '@aliquot/hl7'
import type { Level } from './evaluate.ts'
import { partOfSegment } from './place.ts'
import type { Part } from './place.ts'
import { aloneAt, commentsOn, mostComments, siblingsAt } from './scan.ts'
import type { Scanned, ScannedOrder, ScannedResult } from './scan.ts'

/** The messages of a batch, or the one message. Throws Hl7Error for what is none. */
export const parseHl7 = (definition: DeviceProfile, bytes: Uint8Array): Message[] => {
  const options = definition.charset === null ? {} : { charset: definition.charset }
  const isBatch = /^\s*[FB]HS/.test(String.fromCharCode(...bytes.subarray(0, 16)))
  return (isBatch ? splitBatch(bytes) : [bytes]).map((piece) => parseMessage(piece, options))
}

/** Reads segments; what follows a line that is no segment is not taken to belong to the order or patient before it. */
export const scanHl7 = (definition: DeviceProfile, bytes: Uint8Array): Scanned => {
  const messages = parseHl7(definition, bytes)
  const scans = messages.map((message) => scanMessage(definition, message))
  return {
    header: aloneAt([messages.slice(0, 1).map(({ header }) => partOfSegment(header))]),
    controlId: messages[0]?.header.get('10')?.trim() || null,
    lossy: messages.some(({ lossy }) => lossy),
    orders: scans.flatMap(({ orders }) => orders),
    asking: scans.flatMap(({ asking }) => asking),
    problems: [...new Set(scans.flatMap(({ problems }) => problems))],
  }
}

type ScannedMessage = Pick<Scanned, 'orders' | 'asking' | 'problems'>

const scanMessage = (definition: DeviceProfile, message: Message): ScannedMessage => {
  const lost = afterNoise(message)
  const problems: string[] = message.problem === null || (message.problem === 'undeclared' && !message.lossy) ? [] : [textProblems[message.problem]]
  if (lost.noise > 0) problems.push('lines that are no segments')
  if (asks(definition, message)) return { orders: [], asking: message.segments().map(partOfSegment), problems }

  const groups = oruGroups(message)
  if (groups.some(({ orders }) => orders.some(({ obr, observations }) => !obr && observations.length > 0))) problems.push('result without order')
  const top = topOf(message)
  const orders = groups.flatMap((patient) => readPatient(patient, top, lost))
  if (orders.some(({ results }) => results.some(({ files }) => files === null))) problems.push('a file that is damaged')
  return { orders: orders.flatMap(splitDoubtful), asking: [], problems }
}

const textProblems = {
  unknown_set: 'unknown character set',
  undecodable: 'characters that are not of the character set',
  undeclared: 'a character set that is not declared',
}

const asks = ({ query }: DeviceProfile, { type }: Message): boolean =>
  type.code === 'QRY' || type.code === 'QBP' || (type.code === 'ORM' && query?.dialect === 'hl7_orm')

interface Lost {
  readonly noise: number
  readonly patient: ReadonlySet<Segment>
  readonly order: ReadonlySet<Segment>
}

const known = new Set((
  'MSH SFT UAC MSA ERR EVN PID PD1 PV1 PV2 NTE ORC OBR OBX SPM SAC TQ1 TQ2 DG1 FT1 CTI CTD TCD SID INV EQU ISD ECD ECR DSP DSC BLG PRT ROL AL1 ' +
  'ARV NK1 GT1 IN1 IN2 IN3 ACC MRG QAK QPD QRD QRF RCP QID ADD BTS FTS CSR CSP CSS IPC DRG OVR PR1 DEV OH1 OH2 OH3 OH4 BHS FHS'
).split(' '))

/** A line of text that belongs to a long value has no field separators. */
const isNoise = ({ name, raw }: Segment, separator: string): boolean =>
  name === '' ? raw.split(separator).length > 2 : !known.has(name) && !name.startsWith('Z')

const afterNoise = (message: Message): Lost => {
  const patient = new Set<Segment>()
  const order = new Set<Segment>()
  let noise = 0
  let [lostPatient, lostOrder] = [false, false]
  for (const segment of message.lines) {
    if (isNoise(segment, message.separators.field)) {
      noise += 1
      lostPatient = true
      lostOrder = true
    }
    if (segment.name === 'PID') lostPatient = false
    if (['PID', 'SPM', 'ORC', 'OBR'].includes(segment.name)) lostOrder = false
    if (lostPatient) patient.add(segment)
    if (lostOrder) order.add(segment)
  }
  return { noise, patient, order }
}

interface ReadOrder extends ScannedOrder {
  readonly doubtful: readonly ScannedResult[]
}

const readPatient = ({ pid, visit, notes, others, orders }: PatientGroup, top: Level, lost: Lost): ReadOrder[] => {
  const whose = partsOf([pid, visit, ...notes, ...others])
  const containers = new Map<Segment, Segment[]>()
  return orders.map((order) => {
    const [specimen] = order.specimens
    const own = order.others.filter(({ name }) => name === 'SAC')
    // Orders of one specimen, sent below its SPM, share what stands there once: its SAC.
    const shared = specimen ? containers.get(specimen) ?? [] : []
    if (specimen && !containers.has(specimen)) containers.set(specimen, own)
    const doubtful = [order.orc, order.obr, specimen].some((segment) => segment && lost.patient.has(segment))
    const parts = partsOf([order.obr, order.orc, ...order.specimens, ...order.notes, ...order.others, ...shared])
    return readOrder(order, [parts, doubtful ? [] : whose, top], lost)
  })
}

const readOrder = (order: OrderGroup, above: readonly Level[], lost: Lost): ReadOrder => {
  const said = commentsOf(order.notes)
  const read = (observations: readonly ObservationGroup[], levels: readonly Level[]): ScannedResult[] => {
    const scopes = siblingsAt(observations.map(({ obx, notes, others }) => [partsOf([obx, ...notes, ...others]), ...levels]))
    return observations.flatMap(({ obx, notes }, index) => {
      const scope = scopes[index]
      return scope ? [{ scope, comments: commentsOn(commentsOf(notes), said), files: filesOf(obx) }] : []
    })
  }
  return {
    scope: aloneAt([[], ...above]),
    results: read(order.observations.filter(({ obx }) => !lost.order.has(obx)), above),
    doubtful: read(order.observations.filter(({ obx }) => lost.order.has(obx)), [[], [], above[2] ?? []]),
  }
}

const splitDoubtful = ({ scope, results, doubtful }: ReadOrder): ScannedOrder[] => [
  { scope, results },
  ...(doubtful.length === 0 ? [] : [{ scope: aloneAt([[], [], [], scope.levels[3] ?? []]), results: doubtful }]),
]

/** MSH and all that stands before the first patient or order. */
const topOf = (message: Message): Part[] => {
  const segments = message.segments()
  const end = segments.findIndex(({ name }) => ['PID', 'PV1', 'ORC', 'OBR', 'OBX', 'SPM'].includes(name))
  return partsOf(end < 0 ? segments : segments.slice(0, end))
}

const partsOf = (segments: readonly (Segment | undefined)[]): Part[] => segments.filter((segment) => segment !== undefined).map(partOfSegment)

const commentsOf = (notes: readonly Segment[]): string[] =>
  notes.slice(0, mostComments).map((note) => note.get('3')?.trim() ?? '').filter((text) => text !== '')

const filesOf = (obx: Segment): { mime: string; bytes: Uint8Array }[] | null => {
  if (obx.get('2')?.trim() !== 'ED') return []
  try {
    const files = obx.field(5).repetitions.map((repetition) => embeddedData(repetition))
    return files.length > 0 && files.every((file) => file !== null) ? files : null
  } catch {
    return null
  }
}
