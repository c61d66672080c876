import { connect, type Socket } from 'node:net'

/** The other end of a line, by hand. */
export interface TestSocket {
  socket: Socket
  write(bytes: string | Uint8Array): void
  /** Everything heard so far, as Latin-1. */
  heard(): string
  /** Waits until what was heard matches, or has the text. */
  hears(what: RegExp | string, ms?: number): Promise<string>
  /** Waits until the other side closes. */
  closed(): Promise<void>
  close(): void
}

export async function aSocket(port: number): Promise<TestSocket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let heard = ''
  let over = false
  const waiting = new Set<() => void>()
  const wake = (): void => waiting.forEach((each) => each())
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
    wake()
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    over = true
    wake()
  })
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const until = (done: () => boolean, ms: number, what: string): Promise<void> => new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error(`${what}: heard ${JSON.stringify(heard)}`)), ms)
    const finish = (error?: Error): void => {
      clearTimeout(timer)
      waiting.delete(check)
      if (error) reject(error)
      else resolve()
    }
    const check = (): void => { if (done()) finish() }
    waiting.add(check)
    check()
  })
  return {
    socket,
    write: (bytes) => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    heard: () => heard,
    async hears(what, ms = 30_000) {
      await until(() => (typeof what === 'string' ? heard.includes(what) : what.test(heard)), ms, `never heard ${JSON.stringify(String(what))}`)
      return heard
    },
    closed: () => until(() => over, 30_000, 'the connection stays open'),
    close: () => socket.destroy(),
  }
}
