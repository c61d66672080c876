/** The parts of MS-TDS 7.4 that a small server needs: packets, what a login and a call of sp_executesql say, and answers. */

export interface Message { type: number; data: Buffer }

/** Whole messages out of what the socket gives. */
export function messagesOf(take: (message: Message) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let parts: Buffer[] = []
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 8 && rest.length >= rest.readUInt16BE(2)) {
      const packet = rest.subarray(0, rest.readUInt16BE(2))
      rest = rest.subarray(packet.length)
      parts.push(packet.subarray(8))
      if (((packet[1] ?? 0) & 1) === 0) continue
      take({ type: packet[0] ?? 0, data: Buffer.concat(parts) })
      parts = []
    }
  }
}

/** A message in packets of at most 4096 bytes. */
export function packetsOf(data: Buffer): Buffer {
  const packets: Buffer[] = []
  for (let at = 0; at === 0 || at < data.length; at += 4088) {
    const body = data.subarray(at, at + 4088)
    const head = Buffer.from([4, at + 4088 >= data.length ? 1 : 0, 0, 0, 0, 1, (packets.length + 1) & 0xff, 0])
    head.writeUInt16BE(body.length + 8, 2)
    packets.push(head, body)
  }
  return Buffer.concat(packets)
}

/** Version 15, encryption not supported, no instance, one request at a time. */
export const preloginAnswer = (): Buffer => {
  const values = [Buffer.from([15, 0, 0, 0, 0, 0]), Buffer.from([2]), Buffer.from([0]), Buffer.alloc(0), Buffer.from([0])]
  const heads: Buffer[] = []
  let at = values.length * 5 + 1
  values.forEach((value, token) => {
    const head = Buffer.from([token, 0, 0, 0, 0])
    head.writeUInt16BE(at, 1)
    head.writeUInt16BE(value.length, 3)
    heads.push(head)
    at += value.length
  })
  return Buffer.concat([...heads, Buffer.from([0xff]), ...values])
}

export interface Login { user: string; password: string; database: string; readOnly: boolean }

/** Offsets of LOGIN7: pairs of position and length in characters from byte 36 on; the password is scrambled. */
export function readLogin(data: Buffer): Login {
  const at = (index: number) => data.subarray(data.readUInt16LE(36 + index * 4), data.readUInt16LE(36 + index * 4)
    + data.readUInt16LE(38 + index * 4) * 2)
  const scrambled = Buffer.from(at(2).map((byte) => {
    const mixed = byte ^ 0xa5
    return ((mixed & 0x0f) << 4) | (mixed >> 4)
  }))
  return { user: at(1).toString('utf16le'), password: scrambled.toString('utf16le'), database: at(8).toString('utf16le'),
    readOnly: ((data[26] ?? 0) & 0x20) !== 0 }
}

export interface Call { sql: string; parameters: Record<string, string | number | null> }

/** The text of a batch, behind its headers. */
export const readBatch = (data: Buffer): Call => ({ sql: data.subarray(data.readUInt32LE(0)).toString('utf16le'), parameters: {} })

/** sp_executesql: the statement, the declaration of its parameters, their values. */
export function readCall(data: Buffer): Call {
  let at = data.readUInt32LE(0)
  const nameLength = data.readUInt16LE(at)
  // 0xffff and a number for procedures that everybody has; 10 is sp_executesql.
  at += nameLength === 0xffff ? 4 : 2 + nameLength * 2
  at += 2
  const values: [string, string | number | null][] = []
  while (at < data.length) {
    const length = data[at] ?? 0
    const name = data.subarray(at + 1, at + 1 + length * 2).toString('utf16le')
    at += 2 + length * 2
    const [value, next] = readValue(data, at)
    values.push([name, value])
    at = next
  }
  return { sql: String(values[0]?.[1] ?? ''), parameters: Object.fromEntries(values.slice(2)) }
}

function readValue(data: Buffer, at: number): [string | number | null, number] {
  const type = data[at]
  if (type === 0x26) {
    const size = data[at + 2] ?? 0
    return [size === 0 ? null : data.readIntLE(at + 3, size), at + 3 + size]
  }
  if (type === 0xe7) {
    const most = data.readUInt16LE(at + 1)
    const from = at + 8
    if (most === 0xffff) return readLong(data, from)
    const size = data.readUInt16LE(from)
    return size === 0xffff ? [null, from + 2] : [data.subarray(from + 2, from + 2 + size).toString('utf16le'), from + 2 + size]
  }
  if (type === 0x63) {
    const size = data.readInt32LE(at + 10)
    return [data.subarray(at + 14, at + 14 + size).toString('utf16le'), at + 14 + size]
  }
  throw new Error(`A parameter of type ${type} is not understood`)
}

function readLong(data: Buffer, from: number): [string, number] {
  const chunks: Buffer[] = []
  let at = from + 8
  for (let size = data.readUInt32LE(at); size > 0; size = data.readUInt32LE(at)) {
    chunks.push(data.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return [Buffer.concat(chunks).toString('utf16le'), at + 4]
}

const text = (value: string, lengthBytes: 1 | 2): Buffer => {
  const bytes = Buffer.from(value, 'utf16le')
  const head = Buffer.alloc(lengthBytes)
  head.writeUIntLE(value.length, 0, lengthBytes)
  return Buffer.concat([head, bytes])
}
const token = (type: number, body: Buffer): Buffer => {
  const head = Buffer.from([type, 0, 0])
  head.writeUInt16LE(body.length, 1)
  return Buffer.concat([head, body])
}
const done = (rows: number, status = 0x10): Buffer => {
  const body = Buffer.alloc(13)
  body[0] = 0xfd
  body.writeUInt16LE(status, 1)
  body.writeUInt32LE(rows, 5)
  return body
}

export const loginAnswer = (database: string): Buffer => Buffer.concat([
  token(0xe3, Buffer.concat([Buffer.from([1]), text(database, 1), text('master', 1)])),
  token(0xad, Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), text('Small server', 1), Buffer.from([15, 0, 0, 0])])), done(0, 0),
])

export const errorAnswer = (number: number, message: string): Buffer => {
  const head = Buffer.alloc(6)
  head.writeInt32LE(number, 0)
  head[4] = 1
  head[5] = 14
  return Buffer.concat([token(0xaa, Buffer.concat([head, text(message, 2), text('small', 1), text('', 1), Buffer.alloc(4)])), done(0, 2)])
}

/** Kinds of columns: INTN of 4, BITN, DATETIMN of 8, NVARCHAR(4000). */
export type ColumnKind = 'int' | 'bit' | 'datetime' | 'nvarchar'
export interface Column { name: string; kind: ColumnKind }

const kinds: Record<ColumnKind, Buffer> = {
  int: Buffer.from([0x26, 4]), bit: Buffer.from([0x68, 1]), datetime: Buffer.from([0x6f, 8]),
    nvarchar: Buffer.from([0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]),
}

export function rowsAnswer(columns: readonly Column[], rows: readonly (readonly unknown[])[]): Buffer {
  const count = Buffer.alloc(3)
  count[0] = 0x81
  count.writeUInt16LE(columns.length, 1)
  const heads = columns.map(({ name, kind }) => Buffer.concat([Buffer.from([0, 0, 0, 0, 9, 0]), kinds[kind], text(name, 1)]))
  const body = rows.map((row) => Buffer.concat([Buffer.from([0xd1]), ...row.map((value, at) => cell(columns[at]?.kind ?? 'nvarchar', value))]))
  return Buffer.concat([count, ...heads, ...body, done(rows.length)])
}

export const nothingAnswer = (): Buffer => done(0, 0)

function cell(kind: ColumnKind, value: unknown): Buffer {
  if (value === null || value === undefined) return kind === 'nvarchar' ? Buffer.from([0xff, 0xff]) : Buffer.from([0])
  if (kind === 'nvarchar') {
    const bytes = Buffer.from(String(value as string | number), 'utf16le')
    const head = Buffer.alloc(2)
    head.writeUInt16LE(bytes.length)
    return Buffer.concat([head, bytes])
  }
  if (kind === 'bit') return Buffer.from([1, Number(value)])
  const body = Buffer.alloc(kind === 'int' ? 5 : 9)
  body[0] = kind === 'int' ? 4 : 8
  if (kind === 'int') body.writeInt32LE(Number(value), 1)
  else body.writeInt32LE(Math.round((Date.parse(`${String(value as string).slice(0, 10)}T00:00:00Z`) - Date.UTC(1900, 0, 1)) / 86_400_000), 1)
  return body
}
