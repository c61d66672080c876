import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

export interface RunningSystem {
  address: string
  signInLink: string
  stop(): Promise<void>
}

/** Starts the whole system as `npm start` does, on this database, and waits for what it prints. The demo lab is there, but empty. */
export async function startSystem(databaseUrl: string, dataFolder: string): Promise<RunningSystem> {
  // A bucket lets in only the address that its CORS rules name: a run against one gives the port.
  const port = Number(process.env.TEST_PORT) || await freePort()
  const server = spawn(process.execPath, [main, 'start'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, ALIQUOT_DATA: dataFolder, PORT: String(port), LOG_LEVEL: 'error', ALIQUOT_DEMO_DAYS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = await says(server, /Sign in\s+(http\S+)/)
  return {
    address: `http://localhost:${port}`,
    signInLink: /Sign in\s+(http\S+)/.exec(printed)?.[1] ?? '',
    stop: () => new Promise((resolve) => {
      server.once('exit', () => resolve())
      server.kill('SIGTERM')
    }),
  }
}

function says(child: ChildProcess, expected: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (chunk: Buffer) => {
      text += chunk.toString()
      if (expected.test(text)) resolve(text)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${text}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
