// `npx node bench/src/jobs.ts`: jobs per second by our worker, beside graphile-worker as it comes, on one database in one run.
import './quiet.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger, run, type Runner } from 'graphile-worker'
import { boot } from '../../apps/server/src/boot.ts'
import { createLab } from '../../apps/server/src/modules/labs/index.ts'
import { modules } from '../../apps/server/src/modules.ts'
import { startEmbedded, thePool } from '../../apps/server/src/platform/db/index.ts'
import { startWorker } from '../../apps/server/src/platform/jobs/index.ts'
import { registerModules } from '../../apps/server/src/platform/module/index.ts'

// As its own benchmark (perfTest): twenty thousand jobs that do nothing wait, ten are worked on at a time.
const jobs = 20_000
const concurrency = 10
const rounds = 3

const folder = mkdtempSync(join(tmpdir(), 'aliquot-bench-'))
const postgres = await startEmbedded(folder, ['max_connections=50', 'shared_buffers=256MB'])
process.env.DATABASE_URL = postgres.url
process.env.ALIQUOT_DATA = folder
const system = await boot()
let done = 0
let finished = () => {}
const nothing = async () => {
  done += 1
  if (done === jobs) finished()
}
registerModules([...modules, { name: 'bench', routes: [], actions: {}, jobs: { 'bench.nothing': nothing } }])
try {
  const { labId } = await createLab({ code: 'bench', name: 'Bench' }, { adminUsername: 'admin', adminName: 'Bench' })
  const bare = () => run({ pgPool: thePool(), concurrency, noHandleSignals: true, pollInterval: 1000, taskList: { 'bench.nothing': nothing }, logger: new Logger(() => () => {}) })
  const pairs: [ours: number, bare: number][] = []
  await thePool().query(`select graphile_worker.add_job('bench.nothing', '{}')`)
  for (let round = 0; round <= rounds; round++) {
    const pair: [number, number] = [await perSecond(labId, () => startWorker(concurrency)), await perSecond(labId, bare)]
    if (round > 0) pairs.push(pair)
  }
  const ratio = pairs.map(([ours, theirs]) => ours / theirs).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
  console.log(`Jobs per second: ${ratio.toFixed(2)} of graphile-worker as it comes – ours ${pairs.map(([ours]) => ours.toFixed(0)).join(', ')}, bare ${pairs.map(([, theirs]) => theirs.toFixed(0)).join(', ')}`)
} finally {
  await system.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

async function perSecond(labId: number, start: () => Promise<Runner>): Promise<number> {
  await thePool().query('truncate graphile_worker._private_jobs')
  await thePool().query(`insert into graphile_worker._private_jobs (task_id, payload)
    select id, json_build_object('labId', $1::bigint, 'subjectId', n) from graphile_worker._private_tasks, generate_series(1, $2::int) n where identifier = 'bench.nothing'`, [labId, jobs])
  await thePool().query('vacuum analyze graphile_worker._private_jobs')
  done = 0
  const end = new Promise<void>((resolve) => { finished = resolve })
  const began = performance.now()
  const runner = await start()
  await end
  const seconds = (performance.now() - began) / 1000
  await runner.stop()
  return jobs / seconds
}
