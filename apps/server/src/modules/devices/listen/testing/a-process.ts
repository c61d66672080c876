import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('listeners-process.ts', import.meta.url))

export interface ListenersProcess {
  pid: number
  kill(): Promise<void>
  ended: Promise<void>
}

/** A process of its own that listens on the ports of this database, or stands by for them. */
export async function listenersProcess(url: string, { dieBeforeAnswer }: { dieBeforeAnswer?: number } = {}): Promise<ListenersProcess> {
  const child: ChildProcess = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'silent', ...(dieBeforeAnswer ? { DIE_BEFORE_ANSWER: String(dieBeforeAnswer) } : {}) },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await Promise.race([new Promise<void>((resolve) => child.stdout?.once('data', () => resolve())), ended])
  return {
    pid: child.pid ?? 0,
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
