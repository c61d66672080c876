import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig, useConfig, type ScannerAddress } from '../config/index.ts'
import { scan, scannerState, ScannerUnavailable } from './index.ts'

const read = (CLAMD?: string) => readConfig({ ALIQUOT_SECRET: 'only to read the scanner address', ...(CLAMD ? { CLAMD } : {}) })
const use = (clamd: ScannerAddress | null) => useConfig({ ...read(), clamd })
const bytes = randomBytes(200_001)

const running = new Set<{ server: Server; sockets: Set<Socket> }>()
afterEach(async () => {
  for (const { server, sockets } of running) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  running.clear()
})

/** A server on a real socket; `talk` is given each connection. */
async function listen(talk: (socket: Socket) => void, where: { path: string } | { port: 0; host: string } = { port: 0,
  host: '127.0.0.1' }): Promise<void> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    talk(socket)
  })
  running.add({ server, sockets })
  await new Promise<void>((resolve) => server.listen(where, resolve))
  use('path' in where ? where : { host: '127.0.0.1', port: (server.address() as AddressInfo).port })
}

/** Speaks as clamd(8) says: reads a whole command, then answers what `judge` makes of the stream. */
const clamd = (judge: (stream: Buffer) => string) => (socket: Socket) => {
  let received = Buffer.alloc(0)
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    if (received.equals(Buffer.from('zPING\0'))) return socket.end('PONG\0')
    const stream = streamIn(received)
    if (stream) socket.end(`${judge(stream)}\0`)
  })
}

function streamIn(received: Buffer): Buffer | null {
  const command = Buffer.from('zINSTREAM\0')
  if (!received.subarray(0, command.length).equals(command)) return null
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

describe('the scanner', () => {
  it('is off where none is configured, and files are taken as they are', async () => {
    use(null)
    expect(await scannerState()).toBe('off')
    expect(await scan(bytes)).toEqual({ clean: true })
  })

  it('is sent every byte, and its verdict is given on', async () => {
    let seen: Buffer = Buffer.alloc(0)
    await listen(clamd((stream) => {
      seen = stream
      return stream.includes('bad') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'
    }))
    expect(await scannerState()).toBe('up')
    expect(await scan(bytes)).toEqual({ clean: true })
    expect(seen.equals(bytes)).toBe(true)
    expect(await scan(Buffer.concat([bytes, Buffer.from('bad')]))).toEqual({ clean: false, found: 'Eicar-Test-Signature' })
    expect(await scan(new Uint8Array())).toEqual({ clean: true })
    expect(seen).toHaveLength(0)
  })

  it('answers in pieces, on a Unix socket, to several at a time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aliquot-clamd-'))
    await listen((socket) => {
      const end = socket.end.bind(socket)
      const letterByLetter = (text: string) => {
        if (text.length > 1) socket.write(text.slice(0, 1), () => setTimeout(letterByLetter, 1, text.slice(1)))
        else end(text)
        return socket
      }
      socket.end = letterByLetter as never
      clamd((stream) => (stream.includes('bad') ? 'stream: Win.Test FOUND' : 'stream: OK'))(socket)
    }, { path: join(folder, 'clamd.sock') })
    const verdicts = await Promise.all([scan(bytes), scan(Buffer.from('bad')), scan(bytes)])
    expect(verdicts).toEqual([{ clean: true }, { clean: false, found: 'Win.Test' }, { clean: true }])
    rmSync(folder, { recursive: true })
  })

  const large = Buffer.alloc(20_000_000)
  const noVerdicts: [string, RegExp, (socket: Socket) => void, Buffer?][] = [
    ['refuses the size, before everything is sent', /size limit|ECONNRESET|EPIPE/, (socket) => socket.once('data',
    () => socket.end('INSTREAM size limit exceeded. ERROR\0')), large],
    ['has an error of its own', /allocate/, clamd(() => "stream: Can't allocate memory ERROR")],
    ['says OK before it has seen everything', /before it had seen/, (socket) => socket.once('data', () => socket.write('stream: OK\0')), large],
    ['says OK at once', /before it had seen/, (socket) => socket.write('stream: OK\0'), large],
    ['closes midway', /closed|ECONNRESET|EPIPE/, (socket) => socket.once('data', () => socket.destroy()), large],
    ['closes at once', /closed|ECONNRESET|EPIPE/, (socket) => socket.destroy()],
    ['hangs up without an answer', /closed/, (socket) => socket.resume().setTimeout(50, () => socket.end())],
    ['says only half of OK', /closed/, (socket) => socket.resume().setTimeout(50, () => socket.end('stream: OK'))],
    ['hangs', /no answer within/, (socket) => socket.resume()],
    ['hangs and reads nothing', /no answer within/, (socket) => socket.pause(), large],
    ['never ends its answer', /does not end/, (socket) => socket.resume().write('x'.repeat(5000))],
    ...['', 'OK', 'stream: ', 'stream: FOUND', 'stream:  FOUND', 'stream: OK FOUND?', 'nonsense', 'UNKNOWN COMMAND', 'stream: ok',
      'stream: OK\nstream: X FOUND', 'HTTP/1.1 200 OK']
      .map((answer): [string, RegExp, (socket: Socket) => void] => [`answers ${JSON.stringify(answer)}`, /it answered "/, clamd(() => answer)]),
  ]

  it.each(noVerdicts)('that %s has given no verdict', async (_, because, talk, body = bytes) => {
    await listen(talk)
    const refused = await scan(body, 1500).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ScannerUnavailable)
    expect((refused as Error).message).toMatch(because)
  })

  it('that is down has given no verdict, and is said to be down', async () => {
    use({ host: '127.0.0.1', port: 1 })
    expect(await scannerState()).toBe('down')
    await expect(scan(bytes)).rejects.toBeInstanceOf(ScannerUnavailable)
    use({ path: '/nowhere/clamd.sock' })
    expect(await scannerState()).toBe('down')
    await expect(scan(bytes)).rejects.toThrow('ENOENT')
  })

  it.each([['hangs', (socket: Socket) => socket.resume()], ['answers something else', (socket: Socket) => socket.end('PING?\0')]])(
    'that %s when asked whether it is there is down', async (_, talk) => {
      await listen(talk)
      expect(await scannerState()).toBe('down')
    })
})

const address = process.env.CLAMD
describe.skipIf(!address)(`a real clamd${address ? '' : ' (left out: CLAMD is not set)'}`, () => {
  // The EICAR test file, in two halves so that no scanner takes this source for it.
  const eicar = Buffer.from(String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR` + '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*')

  it('finds the test virus and lets other bytes pass', async () => {
    useConfig(read(address))
    expect(await scannerState()).toBe('up')
    expect(await scan(eicar)).toMatchObject({ clean: false, found: expect.stringMatching(/eicar/i) })
    expect(await scan(bytes)).toEqual({ clean: true })
    expect(await scan(new Uint8Array())).toEqual({ clean: true })
  })

  it('gives no verdict on what is longer than its limit', async () => {
    useConfig(read(address))
    await expect(scan(Buffer.alloc(Number(process.env.CLAMD_TOO_LONG ?? 2 ** 30)))).rejects.toThrow(/size limit/)
  })
})
