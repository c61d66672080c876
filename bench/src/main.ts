// `npm run bench`: each figure is a ratio, measured side by side in this run. Absolute numbers are this machine's at this moment.
import './quiet.ts'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../apps/server/src/platform/db/index.ts'
import { decodeAstm } from './astm-decode.ts'
import { measure } from './load.ts'
import { compareAgent } from './imaging-agent.ts'
import { compareMllp } from './mllp.ts'
import { findPgbench, runPgbench } from './pgbench.ts'
import { prepare } from './prepare.ts'
import { bodyOf, oneOrder } from './rounds.ts'

const seconds = Number(process.env.BENCH_SECONDS ?? 8)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const clients = 16

const folder = mkdtempSync(join(tmpdir(), 'aliquot-bench-'))
const postgres = await startEmbedded(folder, ['max_connections=100', 'shared_buffers=512MB', 'max_wal_size=4GB'])
process.env.DATABASE_URL = postgres.url
process.env.ALIQUOT_DATA = folder
const port = 20_000 + Math.floor(Math.random() * 20_000)

try {
  const bench = await prepare(port + 1)
  console.log(`Statements, begin and commit included: register ${bench.statements.register}; order ${bench.statements.order} + results ${bench.statements.results} + sign ${bench.statements.sign}`)
  const { file } = bench
  console.log(`P7 a file of ${file.fileBytes} bytes finalised: ${file.bytesMoved} of them through this server (goal 0; the request has ${file.bodyBytes}), ${file.statements} statements (goal ≤ 8)`)
  for (const line of bench.antibiogram) console.log(line)
  const server = spawn(process.execPath, [new URL('../../apps/server/src/main.ts', import.meta.url).pathname, 'start', '--roles', 'web', '--no-demo'],
    { env: { ...process.env, PORT: String(port), PUBLIC_URL: `http://localhost:${port}`, DATABASE_POOL: String(clients) }, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Aliquot is up') && resolve())
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
  })
  const pgbench = findPgbench()
  if (!pgbench) console.log('pgbench is not on this machine: the other side of the ratios cannot be measured. Debian: postgresql-contrib / postgresql-client.')

  const register = (n: number) => measure(port, bench.key, clients, n, async (connection, round) => {
    const answer = await connection.send('POST', '/api-v3/registration/patients/new', bodyOf(round))
    if (answer.status !== 200) throw new Error(`registration answered ${answer.status}: ${answer.body}`)
  })
  const order = (n: number) => measure(port, bench.key, clients, n, (connection) => oneOrder(connection, bench))
  const compare = async (name: string, goal: number, ours: (n: number) => Promise<number>, script: string) => {
    await ours(2)
    const pairs: [number, number][] = []
    for (let i = 0; i < rounds; i++) {
      await settle()
      const theirs = pgbench ? await runPgbench(pgbench, postgres.url, folder, script, seconds) : Number.NaN
      await settle()
      pairs.push([await ours(seconds), theirs])
    }
    const ratios = pairs.map(([us, them]) => us / them).sort((a, b) => a - b)
    const ratio = ratios[Math.floor(ratios.length / 2)] ?? Number.NaN
    console.log(`${name}: ${ratio.toFixed(2)} (goal ≥ ${goal}) – ours ${pairs.map(([us]) => us.toFixed(0)).join(', ')} per second, pgbench ${pairs.map(([, them]) => them.toFixed(0)).join(', ')}`)
  }
  await compare('P1 register a patient over HTTP', 0.85, register, bench.scripts.register)
  await compare('P2 order, three results, signed', 0.75, order, bench.scripts.order)
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  console.log(await compareMllp({ port: port + 1, seconds, rounds, settle }))
  console.log(`P4 ASTM sessions decoded, from the line to records: ${[240, 63_993].map((limit) => `${(decodeAstm(2, limit) / 1e6).toFixed(0)} MB/s in frames of ${limit}`).join(', ')} (goal ≥ 50)`)
  console.log(await compareAgent(Number(process.env.BENCH_IMAGES ?? 1000), rounds))
  for (const other of ['jobs', 'at-scale']) spawnSync(process.execPath, [new URL(`${other}.ts`, import.meta.url).pathname], { stdio: 'inherit' })
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** Both sides start from a checkpointed, vacuumed database. */
async function settle(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query('truncate graphile_worker._private_jobs')
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await client.end()
}
