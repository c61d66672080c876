// A process that listens, for tests that kill it. With DIE_BEFORE_ANSWER=n it kills itself when its n-th answer would be written: stored, and not acknowledged.
import { Socket } from 'node:net'
import { openPool } from '#platform/db'
import { startListeners } from '../start-listeners.ts'
import { noTasks, registerReceiving } from './test-tasks.ts'

// It ends with the test run, however that ends.
process.stdin.on('end', () => process.exit()).resume()
const url = process.env.DATABASE_URL ?? ''
openPool(url, { databasePool: 4, preparedStatements: true })
registerReceiving()
const last = Number(process.env.DIE_BEFORE_ANSWER ?? Infinity)
let answers = 0
const { write } = Socket.prototype
Socket.prototype.write = function (this: Socket, ...args: unknown[]) {
  const [bytes] = args
  if (bytes instanceof Uint8Array && bytes[0] === 0x0b && ++answers === last) process.kill(process.pid, 'SIGKILL')
  return (write as (...all: unknown[]) => boolean).apply(this, args)
} as typeof write
await startListeners(url, noTasks, { host: '127.0.0.1', everyMs: 100, beatMs: 500 })
process.stdout.write('ready\n')
